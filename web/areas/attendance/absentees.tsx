import { absenceFigures } from '#domain/attendance/record.ts';
import { absenceFigureWords } from '#domain/attendance/words.ts';
import { listAbsentees } from '#contract/attendance-views.ts';
import type { OutputOf } from '#contract/endpoint.ts';
import { useAnswer } from '#web/api/use.ts';
import { pairOf, useThen } from '#web/parts/as-of.tsx';
import { FilterChoice } from '#web/parts/filters.tsx';
import { List, useListState } from '#web/parts/list.tsx';
import { PickSchool } from '#web/parts/pick.tsx';
import { SpanBar } from '#web/parts/span-bar.tsx';
import { addressOf } from '#web/ui/address.ts';
import { useGo } from '#web/ui/go.tsx';
import { Status } from '#web/ui/status.tsx';
import { schoolDays } from './attendance-words.ts';
import { SpanOrTerm } from './span-or-term.tsx';

type Row = OutputOf<typeof listAbsentees>['rows'][number];

const figures = absenceFigures.map((value) => ({ value: value, label: absenceFigureWords[value] }));

/** The pupils behind a figure of a span: absent without reason, on leave, or at the days of a suspected dropout. */
export function Absentees({ from, to }: { from: string; to: string }) {
  const { state, set } = useListState();
  const go = useGo();
  const figure = absenceFigures.find((value) => value === state['figure']) ?? 'unexcused';
  const then = useThen('moment');
  const sum = useAnswer(listAbsentees, {
    ...pairOf(then),
    from,
    to,
    figure,
    ...(state['schoolId'] === undefined ? {} : { schoolId: state['schoolId'] }),
    page: 1,
    size: 1,
  });
  return (
    <List<Row>
      endpoint={listAbsentees}
      input={{ from, to, figure }}
      rowKey={(row) => `${row.childId} ${row.schoolId}`}
      onOpen={(row) => {
        go(addressOf(`/attendance/child/${row.childId}`, { from, to }));
      }}
      title={
        figure === 'crossed' || sum.data === undefined
          ? absenceFigureWords[figure]
          : `${absenceFigureWords[figure]}，合计 ${schoolDays(sum.data.days)} 人天`
      }
      filters={
        <>
          <SpanOrTerm from={from} to={to} span />
          <SpanBar from={from} to={to} />
          <FilterChoice name="figure" placeholder="无故缺勤" options={figures} width={190} />
          <PickSchool
            value={state['schoolId']}
            onChange={(id) => {
              set({ schoolId: id });
            }}
          />
        </>
      }
      columns={[
        { key: 'name', title: '姓名', phone: true, render: (row) => <strong>{row.name}</strong> },
        { key: 'className', title: '班级', phone: true },
        { key: 'schoolName', title: '学校' },
        { key: 'days', title: '这段时间（天）', align: 'right', phone: true, render: (row) => schoolDays(row.days) },
        { key: 'lastDay', title: '最近一天', phone: true },
        {
          key: 'consecutive',
          title: '连续无故缺勤（天）',
          align: 'right',
          render: (row) => schoolDays(row.consecutive),
        },
        { key: 'cumulative', title: '本学期累计（天）', align: 'right', render: (row) => schoolDays(row.cumulative) },
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
      empty="这段时间没有这样的学生。换一段时间，或换一项再看。"
    />
  );
}
