import type { OutputOf } from '#contract/endpoint.ts';
import { listHouseholdNames } from '#contract/statistics-names.ts';
import { surveyResultWords } from '#domain/population/words.ts';
import { surveyPartWords, surveyParts } from '#domain/statistics/work.ts';
import { FilterChoice } from '#web/parts/filters.tsx';
import { List, useListState, type ListColumn } from '#web/parts/list.tsx';
import { Go, useGo } from '#web/ui/go.tsx';
import { Empty, Page } from '#web/ui/page.tsx';
import { toldOf } from './asked.ts';

type Household = OutputOf<typeof listHouseholdNames>['rows'][number];

const resultWords: Readonly<Record<string, string>> = surveyResultWords;
const columns: readonly ListColumn<Household>[] = [
  { key: 'address', title: '住址', phone: true, render: (row) => <strong>{row.address}</strong> },
  { key: 'householdNo', title: '户号', phone: true },
  { key: 'subdistrictName', title: '街道' },
  { key: 'communityName', title: '社区', phone: true },
  {
    key: 'result',
    title: '当时的结果',
    phone: true,
    render: (row) => (row.result === null ? '尚无结果' : (resultWords[row.result] ?? row.result)),
  },
  { key: 'day', title: '入户日期', phone: true },
  { key: 'surveyor', title: '摸底人' },
];
const choices = surveyParts.map((value) => ({ value, label: surveyPartWords[value] }));

/** The households behind 入户摸底覆盖率, as of the same day and as known at the same moment as the number. */
export function CockpitHouseholdsPage() {
  const { state } = useListState();
  const go = useGo();
  const part = surveyParts.find((one) => one === state['part']) ?? 'Households';
  return (
    <Page title={surveyPartWords[part]} extra={<span className="quiet">{toldOf(state)}，与驾驶舱的数字同一口径</span>}>
      <List<Household>
        endpoint={listHouseholdNames}
        columns={columns}
        rowKey="id"
        onOpen={(row) => {
          go(`/households/${row.id}`);
        }}
        filters={<FilterChoice name="part" placeholder="应摸底的住户" options={choices} width={170} />}
        empty={<Empty words="没有这样的住户。" action={<Go to="/cockpit">回到驾驶舱</Go>} />}
      />
    </Page>
  );
}
