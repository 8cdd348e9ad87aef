import type { OutputOf } from '#contract/endpoint.ts';
import { listCohortNames } from '#contract/statistics-cohorts.ts';
import { cohortPartWords, cohortParts } from '#domain/statistics/cohorts.ts';
import { levelWords } from '#domain/statistics/words.ts';
import { FilterChoice } from '#web/parts/filters.tsx';
import { List, useListState, type ListColumn } from '#web/parts/list.tsx';
import { Go, useGo } from '#web/ui/go.tsx';
import { Empty, Page } from '#web/ui/page.tsx';
import { toldOf } from './asked.ts';

type Pupil = OutputOf<typeof listCohortNames>['rows'][number];

const columns: readonly ListColumn<Pupil>[] = [
  { key: 'name', title: '学生', phone: true, render: (row) => <strong>{row.name}</strong> },
  { key: 'sex', title: '性别' },
  { key: 'birthDate', title: '出生日期' },
  { key: 'partWords', title: '变动', phone: true },
  { key: 'schoolName', title: '现在的学校', phone: true },
  { key: 'className', title: '现在的班级', phone: true },
  { key: 'day', title: '变动或起始日期', phone: true },
];
const choices = cohortParts.map((value) => ({ value, label: cohortPartWords[value] }));

/** The names behind a number of 届巩固率, as of the same day and as known at the same moment as the number. */
export function CockpitCohortPage() {
  const { state } = useListState();
  const go = useGo();
  const part = cohortParts.find((one) => one === state['part']) ?? 'entrants';
  const level = state['level'] === 'primary' ? levelWords.primary : levelWords.junior;
  return (
    <Page
      title={`${level}${state['leaves'] ?? ''}届${cohortPartWords[part]}：名单`}
      extra={<span className="quiet">{toldOf(state)}，与驾驶舱的数字同一口径；姓名按现在所知</span>}
    >
      <List<Pupil>
        endpoint={listCohortNames}
        columns={columns}
        rowKey={(row) => `${row.childId}.${row.day}.${row.partWords}`}
        onOpen={(row) => {
          go(`/children/${row.childId}`);
        }}
        filters={<FilterChoice name="part" placeholder={cohortPartWords.entrants} options={choices} width={170} />}
        empty={<Empty words="没有这样的学生。" action={<Go to="/cockpit">回到驾驶舱</Go>} />}
      />
    </Page>
  );
}
