import type { OutputOf } from '#contract/endpoint.ts';
import { listDutyNames } from '#contract/statistics-cockpit.ts';
import { dutyPartWords, dutyParts } from '#domain/statistics/work.ts';
import { FilterChoice } from '#web/parts/filters.tsx';
import { List, useListState, type ListColumn } from '#web/parts/list.tsx';
import { Go, useGo } from '#web/ui/go.tsx';
import { Empty, Page } from '#web/ui/page.tsx';
import { Status } from '#web/ui/status.tsx';
import { momentShort } from '#web/ui/words.ts';
import { toldOf } from './asked.ts';

type Duty = OutputOf<typeof listDutyNames>['rows'][number];

const looks = { DutiesInTime: 'ok', DutiesLate: 'warn', DutiesOpen: 'bad' } as const;
const columns: readonly ListColumn<Duty>[] = [
  { key: 'who', title: '学生或班级', phone: true, render: (row) => <strong>{row.who}</strong> },
  { key: 'title', title: '要办的事', phone: true },
  {
    key: 'outcome',
    title: '当时结果',
    phone: true,
    render: (row) => <Status kind={looks[row.outcome]} words={row.outcomeWords.replace('的任务', '')} />,
  },
  { key: 'why', title: '缘由', extra: true },
  { key: 'schoolName', title: '学校', phone: true },
  { key: 'className', title: '班级', extra: true },
  { key: 'ownerWords', title: '责任岗位' },
  { key: 'startedAt', title: '开始', extra: true, render: (row) => momentShort(row.startedAt) },
  { key: 'dueAt', title: '期限', phone: true, render: (row) => momentShort(row.dueAt) },
  {
    key: 'settledAt',
    title: '当时已办结于',
    phone: true,
    render: (row) => (row.settledAt === null ? '未办结' : momentShort(row.settledAt)),
  },
  {
    key: 'climbed',
    title: '当时已上报',
    extra: true,
    render: (row) => (row.climbed === 0 ? '—' : `${String(row.climbed)} 级`),
  },
];
const choices = dutyParts.map((value) => ({ value, label: dutyPartWords[value] }));

/** The duties behind 及时率, as of the same day and as known at the same moment as the number: what was settled later is open here. */
export function CockpitDutiesPage() {
  const { state } = useListState();
  const go = useGo();
  const part = dutyParts.find((one) => one === state['part']) ?? 'DutiesDue';
  return (
    <Page
      title={dutyPartWords[part]}
      extra={<span className="quiet">{toldOf(state)}，与驾驶舱的数字同一口径；姓名按现在所知</span>}
    >
      <List<Duty>
        endpoint={listDutyNames}
        columns={columns}
        rowKey="dutyId"
        onOpen={(row) => {
          go(`/duties/${row.dutyId}`);
        }}
        filters={<FilterChoice name="part" placeholder="到期应办的任务" options={choices} width={170} />}
        empty={<Empty words="没有这样的任务。" action={<Go to="/cockpit">回到驾驶舱</Go>} />}
      />
    </Page>
  );
}
