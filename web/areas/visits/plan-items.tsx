import { Segmented } from 'antd';
import { useEffect, useRef } from 'react';
import { listPlanItems, type planCoverage } from '#contract/visit-plans.ts';
import type { OutputOf } from '#contract/endpoint.ts';
import { coverageStates, type CoverageState } from '#domain/visits/record.ts';
import { coverageStateWords } from '#domain/visits/words.ts';
import { useMay } from '#web/api/me.ts';
import { useThen } from '#web/parts/as-of.tsx';
import { FilterChoice, FilterTag, FilterText } from '#web/parts/filters.tsx';
import type { ListState } from '#web/parts/list-state.ts';
import { List, useListState, type ListColumn } from '#web/parts/list.tsx';
import { Go } from '#web/ui/go.tsx';
import { Status, type StatusKind } from '#web/ui/status.tsx';
import { count } from '#web/ui/words.ts';
import { PlanAssign } from './plan-assign.tsx';

type Coverage = OutputOf<typeof planCoverage>;
type Line = OutputOf<typeof listPlanItems>['rows'][number];

const looks: Record<CoverageState, StatusKind> = { covered: 'ok', late: 'warn', attempted: 'warn', none: 'wait' };
const stateChoices = [
  { value: 'all', label: '全部' },
  ...coverageStates.map((value) => ({ value: value, label: coverageStateWords[value] })),
];

function columnsFor(mayRecord: boolean): ListColumn<Line>[] {
  return [
    {
      key: 'name',
      title: '学生',
      phone: true,
      render: (row) =>
        row.children.map((child, index) => (
          <span key={child.childId}>
            {index === 0 ? '' : '、'}
            <Go to={`/children/${child.childId}`}>{child.name}</Go>
          </span>
        )),
    },
    { key: 'className', title: '班级', phone: true },
    { key: 'staff', title: '走访人', render: (row) => row.staffName ?? <Status kind="warn" words="未指定" /> },
    {
      key: 'state',
      title: '情况',
      phone: true,
      render: (row) => (
        <>
          <Status kind={looks[row.state]} words={row.stateWords} />{' '}
          {row.visitId === null ? null : <Go to={`/visits/${row.visitId}`}>{row.visitDay ?? '走访记录'}</Go>}
        </>
      ),
    },
    {
      key: 'due',
      title: '期限',
      phone: true,
      render: (row) => (row.overdue ? <Status kind="bad" words={`${row.dueDate} 已超期`} /> : row.dueDate),
    },
    {
      key: 'attempts',
      title: '未遇',
      render: (row) => (row.attempts === 0 ? '—' : `${count(row.attempts)} 次，${row.lastAttempt ?? ''}`),
    },
    ...(mayRecord
      ? [
          {
            key: 'do',
            title: '办理',
            phone: true,
            render: (row: Line) =>
              row.openIds.length === 0 ? (
                '—'
              ) : (
                <Go to={`/visits/new?child=${row.children[0]?.childId ?? ''}`}>登记走访</Go>
              ),
          },
        ]
      : []),
  ];
}

/** The names of a plan: those not visited in time unless a figure was opened; by pupil or household, class and standing. */
export function PlanItems({ plan }: { plan: Coverage }) {
  const { state, set } = useListState();
  const then = useThen();
  const mayRecord = useMay('visits.record') && then === null;
  const place = useRef<HTMLDivElement>(null);
  const { by, state: standing, classId, noClass } = state;
  const opened = [by, standing, classId, noClass].filter((part) => part !== undefined).join(' ');
  useEffect(() => {
    if (opened !== '') place.current?.scrollIntoView({ block: 'start' });
  }, [opened]);
  const { state: _state, ...others } = state;
  const asked: ListState = {
    ...others,
    id: plan.id,
    ...(standing === 'all' ? {} : { state: standing ?? 'uncovered' }),
  };
  const className = plan.classes.find((line) => line.classId === classId)?.className;
  const may = plan.allowed.assign;
  return (
    <div ref={place}>
      <List<Line>
        endpoint={listPlanItems}
        asked={asked}
        asOfAbove
        columns={columnsFor(mayRecord)}
        rowKey={(row) => row.itemIds.join(' ')}
        title={`${by === 'household' ? '按户' : '按人'}：${standing === undefined ? '没有按期走访的' : (stateChoices.find((one) => one.value === standing)?.label ?? '')}`}
        empty={
          opened === '' && state['q'] === undefined
            ? '不漏一户，不差一人：计划内的孩子都已走访。'
            : '没有符合这些条件的走访。可以去掉一些筛选条件再看。'
        }
        filters={
          <>
            <FilterText placeholder="姓名" />
            <Segmented
              value={by === 'household' ? 'household' : 'pupil'}
              options={[
                { value: 'pupil', label: '按人' },
                { value: 'household', label: '按户' },
              ]}
              onChange={(value) => {
                set({ by: value === 'household' ? value : undefined });
              }}
            />
            <FilterChoice name="state" placeholder="没有按期走访的" options={stateChoices} width={150} />
            {className === undefined ? null : <FilterTag name="classId" words={className} />}
            {noClass === 'yes' ? <FilterTag name="noClass" words="未分班" /> : null}
          </>
        }
        {...(may
          ? {
              batch: (chosen: Line[], clear: () => void) => {
                const ids = chosen.flatMap((row) => row.openIds);
                return ids.length === 0 ? (
                  <span>所选的都已走访，不用改派。</span>
                ) : (
                  <PlanAssign plan={plan} itemIds={ids} onDone={clear} />
                );
              },
            }
          : {})}
      />
      <p className="quiet">
        {then !== null
          ? then.why
          : may
            ? '勾选后可改派走访人或改期限。'
            : plan.ended === null
              ? '改派由制定计划的学校或教育局办理。'
              : '计划已终止，不再改派。'}
      </p>
    </div>
  );
}
