import { listCaseNames } from '#contract/statistics-cockpit.ts';
import { listFigureNames } from '#contract/statistics-figures.ts';
import type { OutputOf } from '#contract/endpoint.ts';
import { reasonGroups } from '#domain/dropout/record.ts';
import { reasonGroupWords } from '#domain/dropout/words.ts';
import { courseParts } from '#domain/statistics/record.ts';
import { partWords } from '#domain/statistics/words.ts';
import { caseParts, funnelParts, funnelWords } from '#domain/statistics/work.ts';
import { List, useListState, type ListColumn } from '#web/parts/list.tsx';
import { Go, useGo } from '#web/ui/go.tsx';
import { Empty, Page } from '#web/ui/page.tsx';
import { toldOf } from './asked.ts';

type Pupil = OutputOf<typeof listFigureNames>['rows'][number];
type Case = OutputOf<typeof listCaseNames>['rows'][number];

const pupilColumns: readonly ListColumn<Pupil>[] = [
  { key: 'name', title: '学生', phone: true, render: (row) => <strong>{row.name}</strong> },
  { key: 'sex', title: '性别' },
  { key: 'birthDate', title: '出生日期' },
  { key: 'schoolName', title: '现在的学校', phone: true },
  { key: 'className', title: '现在的班级', phone: true },
  { key: 'day', title: '变动或起始日期', phone: true },
];
const caseColumns: readonly ListColumn<Case>[] = [
  { key: 'name', title: '学生', phone: true, render: (row) => <strong>{row.name}</strong> },
  { key: 'stateWords', title: '当日状态', phone: true },
  { key: 'round', title: '轮次', align: 'right' },
  { key: 'schoolName', title: '当日学校', phone: true },
  { key: 'className', title: '当日班级' },
  { key: 'day', title: '本轮立案', phone: true },
];

/** Words of a part of a figure. */
function wordsOf(part: string): string {
  const course = courseParts.find((one) => one === part);
  if (course !== undefined) return partWords[course];
  if (part === 'Lost') return '辍学和去向未落实';
  const step = funnelParts.find((one) => one === part);
  if (step !== undefined) return funnelWords[step];
  const reason = reasonGroups.find((one) => `reason:${one}` === part);
  if (reason !== undefined) return `确认辍学，原因：${reasonGroupWords[reason]}`;
  if (part === 'Reports') return '写明首次缺课日期的报告';
  return part === 'FoundSelf' ? '学校自查发现' : part === 'FoundOther' ? '他处发现' : '确认辍学，报告未写明原因';
}

/** The names behind a number of the cockpit, as of the same day and as known at the same moment as the number. */
export function CockpitNamesPage() {
  const { state } = useListState();
  const go = useGo();
  const part = state['part'] ?? 'S1';
  const ofCases = caseParts.some((one) => one === part);
  return (
    <Page
      title={`${wordsOf(part)}：名单`}
      extra={<span className="quiet">{toldOf(state)}，与驾驶舱的数字同一口径</span>}
    >
      {ofCases ? (
        <List<Case>
          endpoint={listCaseNames}
          columns={caseColumns}
          rowKey={(row) => `${row.caseId}.${String(row.round)}`}
          onOpen={(row) => {
            go(`/cases/${row.caseId}`);
          }}
          empty={<Empty words="没有这样的个案。" action={<Go to="/cockpit">回到驾驶舱</Go>} />}
        />
      ) : (
        <List<Pupil>
          endpoint={listFigureNames}
          columns={pupilColumns}
          rowKey={(row) => `${row.childId}.${row.day}`}
          onOpen={(row) => {
            go(`/children/${row.childId}`);
          }}
          empty={<Empty words="没有这样的学生。" action={<Go to="/cockpit">回到驾驶舱</Go>} />}
        />
      )}
    </Page>
  );
}
