import { Alert } from 'antd';
import { listReports } from '#contract/statistics-reports.ts';
import { reportStates, reportStateWords } from '#domain/statistics/report.ts';
import { useMay, useMe } from '#web/api/me.ts';
import { useAnswer } from '#web/api/use.ts';
import { FilterChoice } from '#web/parts/filters.tsx';
import { GoButton } from '#web/parts/go-button.tsx';
import { List, useListState, type ListColumn } from '#web/parts/list.tsx';
import { useGo } from '#web/ui/go.tsx';
import { Empty, Page } from '#web/ui/page.tsx';
import { Status } from '#web/ui/status.tsx';
import { momentShort } from '#web/ui/words.ts';
import { AcceptMany } from './accept-many.tsx';
import { PeriodBar } from './period-bar.tsx';
import { periodIn, reportAddress, reportLook, type ReportLine } from './report-words.ts';
import './statistics.css';

const columns: ListColumn<ReportLine>[] = [
  { key: 'name', title: '学校', phone: true, render: (row) => <strong>{row.name}</strong> },
  {
    key: 'state',
    title: '状态',
    phone: true,
    render: (row) => (
      <Status kind={reportLook[row.state]} words={row.nil ? `${row.stateWords}（零报告）` : row.stateWords} />
    ),
  },
  {
    key: 'next',
    title: '下一步',
    phone: true,
    render: (row) => (row.changed && row.state === 'signed' ? `${row.next}；签报后数据有变化，可更正重报` : row.next),
  },
  { key: 'S1', title: '期末在校', align: 'right', render: (row) => row.counts.S1 },
  { key: 'Drop', title: '本期辍学', align: 'right', render: (row) => row.counts.Drop },
  { key: 'Open', title: '累计未复学', phone: true, align: 'right', render: (row) => row.counts.Open },
  { key: 'version', title: '版本', render: (row) => (row.version === 0 ? '—' : `第 ${String(row.version)} 版`) },
  { key: 'signedName', title: '签报人' },
  { key: 'signedAt', title: '签报时间', render: (row) => momentShort(row.signedAt) },
];

/** 统计报送: every school's report of one period, who is missing first; each opens. */
export function ReportsPage() {
  const { state } = useListState();
  const { today, posts } = useMe();
  const maySign = useMay('reports.sign');
  const mayAccept = useMay('reports.accept');
  const go = useGo();
  const period = periodIn(state['period']);
  const day = state['day'] ?? today;
  const head = useAnswer(listReports, { period, day, page: 1, size: 1 });
  const seen = head.data?.period === period ? head.data : undefined;
  const bureau = posts.some((post) => post.unitKind === 'district');
  const overdue = seen?.deadline?.overdue === true;
  const [own] = bureau ? [] : (seen?.missing ?? []);
  return (
    <Page
      title="统计报送"
      extra={bureau ? <GoButton to={`/reports/district?period=${period}&day=${day}`}>全区汇总</GoButton> : undefined}
    >
      <PeriodBar {...(seen ? { from: seen.from, to: seen.to, words: seen.words } : {})} />
      {seen && seen.missing.length > 0 ? (
        <Alert
          type={overdue ? 'error' : 'info'}
          showIcon
          title={`${bureau ? `${String(seen.missing.length)} 所学校未报` : '本校这一期还没有签报'}${
            seen.deadline === null ? '' : `，报送期限 ${momentShort(seen.deadline.dueAt)}`
          }`}
          action={
            own === undefined ? undefined : (
              <GoButton type="primary" to={reportAddress(own.schoolId, period, day)}>
                {maySign ? '去签报' : '看本校报告'}
              </GoButton>
            )
          }
        />
      ) : null}
      <List<ReportLine>
        endpoint={listReports}
        input={{ period, day }}
        columns={columns}
        rowKey="schoolId"
        onOpen={(row) => {
          go(reportAddress(row.schoolId, period, day));
        }}
        {...(mayAccept
          ? { batch: (chosen: ReportLine[], clear: () => void) => <AcceptMany chosen={chosen} clear={clear} /> }
          : {})}
        empty={<Empty words="这一期没有需要报送的学校。有在校生的学校会列在这里。" />}
        filters={
          <FilterChoice
            name="state"
            placeholder="全部状态"
            width={150}
            options={[
              { value: 'missing', label: '未报和退回' },
              ...reportStates.map((value) => ({ value, label: reportStateWords[value] })),
            ]}
          />
        }
      />
    </Page>
  );
}
