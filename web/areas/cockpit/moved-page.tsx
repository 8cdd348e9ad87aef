import { Segmented } from 'antd';
import type { OutputOf } from '#contract/endpoint.ts';
import { listProgressionNames } from '#contract/statistics-cockpit.ts';
import { wordsOfGrade } from '#domain/basics/grade.ts';
import { List, useListState, type ListColumn } from '#web/parts/list.tsx';
import { Go, useGo } from '#web/ui/go.tsx';
import { Empty, Page } from '#web/ui/page.tsx';
import { toldOf } from './asked.ts';

type Pupil = OutputOf<typeof listProgressionNames>['rows'][number];

function columnsOf(season: '秋季' | '春季'): ListColumn<Pupil>[] {
  return [
    { key: 'name', title: '学生', phone: true, render: (row) => <strong>{row.name}</strong> },
    { key: 'sex', title: '性别' },
    { key: 'birthDate', title: '出生日期' },
    { key: 'stateWords', title: `${season}时的状态`, phone: true },
    { key: 'schoolName', title: `${season}时的学校`, phone: true },
    { key: 'gradeWords', title: `${season}时的年级`, phone: true },
    { key: 'day', title: '自哪天起', phone: true },
  ];
}

/** Who left a grade on its way up, or joined it: names behind the grade progression, as known at the same moment. */
export function CockpitMovedPage() {
  const { state, set } = useListState();
  const go = useGo();
  const grade = Number(state['grade'] ?? '1');
  const left = state['side'] !== 'joined';
  const [from, to] = [wordsOfGrade(grade), wordsOfGrade(grade + 1)];
  return (
    <Page
      title={left ? `去春${from}，今秋不在${to}` : `今秋${to}，去春不在${from}`}
      extra={<span className="quiet">{toldOf(state)}；去春人数－不在的＋新来的＝今秋人数</span>}
    >
      <List<Pupil>
        key={left ? 'left' : 'joined'}
        endpoint={listProgressionNames}
        columns={columnsOf(left ? '秋季' : '春季')}
        rowKey="childId"
        onOpen={(row) => {
          go(`/children/${row.childId}`);
        }}
        filters={
          <Segmented
            aria-label="不在的或新来的"
            value={left ? 'left' : 'joined'}
            options={[
              { value: 'left', label: '不在的' },
              { value: 'joined', label: '新来的' },
            ]}
            onChange={(side) => {
              set({ side });
            }}
          />
        }
        empty={<Empty words="没有这样的学生。" action={<Go to="/cockpit">回到驾驶舱</Go>} />}
      />
    </Page>
  );
}
