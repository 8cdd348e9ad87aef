import { Checkbox } from 'antd';
import { listStandings } from '#contract/attendance-views.ts';
import type { OutputOf } from '#contract/endpoint.ts';
import { List, useListState } from '#web/parts/list.tsx';
import { PickSchool } from '#web/parts/pick.tsx';
import { useGo } from '#web/ui/go.tsx';
import { Status } from '#web/ui/status.tsx';
import { schoolDays } from './attendance-words.ts';
import { SpanOrTerm } from './span-or-term.tsx';

type Standing = OutputOf<typeof listStandings>['rows'][number];

/** Pupils absent without reason in the term: the present run, the sum, and whether the days of a suspected dropout are reached. */
export function Standings({ from, to }: { from: string; to: string }) {
  const { state, set } = useListState();
  const go = useGo();
  return (
    <List<Standing>
      endpoint={listStandings}
      rowKey="childId"
      onOpen={(row) => {
        go(`/attendance/child/${row.childId}`);
      }}
      filters={
        <>
          <SpanOrTerm from={from} to={to} span={false} />
          <PickSchool
            value={state['schoolId']}
            onChange={(id) => {
              set({ schoolId: id, classId: undefined });
            }}
          />
          <Checkbox
            checked={state['crossed'] === 'yes'}
            onChange={(event) => {
              set({ crossed: event.target.checked ? 'yes' : undefined });
            }}
          >
            已达疑似辍学天数
          </Checkbox>
        </>
      }
      columns={[
        { key: 'name', title: '姓名', phone: true, render: (row) => <strong>{row.name}</strong> },
        { key: 'className', title: '班级', phone: true },
        { key: 'schoolName', title: '学校' },
        {
          key: 'consecutive',
          title: '连续（天）',
          align: 'right',
          phone: true,
          render: (row) => schoolDays(row.consecutive),
        },
        {
          key: 'cumulative',
          title: '本学期累计（天）',
          align: 'right',
          phone: true,
          render: (row) => schoolDays(row.cumulative),
        },
        { key: 'since', title: '自' },
        { key: 'lastAbsent', title: '最近缺勤' },
        {
          key: 'crossedDay',
          title: '疑似辍学',
          phone: true,
          render: (row) =>
            row.crossedDay === null ? (
              <span className="quiet">未达到</span>
            ) : (
              <Status kind="bad" words={`${row.crossedDay} 达到`} />
            ),
        },
      ]}
      empty="本学期没有无故缺勤的学生。点名中记为无故缺勤的，会按连续与累计天数列在这里。"
    />
  );
}
