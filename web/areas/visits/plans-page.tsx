import { PlusOutlined } from '@ant-design/icons';
import { listPlans } from '#contract/visit-plans.ts';
import { planKindWords } from '#domain/visits/words.ts';
import { useMay, useMe } from '#web/api/me.ts';
import { pairOf, useThen } from '#web/parts/as-of.tsx';
import { FilterChoice } from '#web/parts/filters.tsx';
import { List, useListState, type ListColumn } from '#web/parts/list.tsx';
import { PickSchool } from '#web/parts/pick.tsx';
import { addressOf } from '#web/ui/address.ts';
import { GoFigure, useGo } from '#web/ui/go.tsx';
import { Empty, Page } from '#web/ui/page.tsx';
import { Status } from '#web/ui/status.tsx';
import { GoButton } from '#web/parts/go-button.tsx';
import { Share } from './share.tsx';
import { namesOf, planLook, type PlanRow } from './visits-words.ts';
import './visits.css';

const kinds = Object.entries(planKindWords)
  .filter(([value]) => value !== 'case')
  .map(([value, label]) => ({ value, label }));
const lives = [
  { value: 'yes', label: '正在进行' },
  { value: 'no', label: '已结束' },
];

type Pair = ReturnType<typeof pairOf>;

function columnsFor(today: string, pair: Pair): ListColumn<PlanRow>[] {
  return [
    { key: 'name', title: '计划', phone: true, render: (row) => <strong>{row.name}</strong> },
    { key: 'kindWords', title: '种类' },
    { key: 'schoolName', title: '学校', phone: true },
    { key: 'from', title: '起止', phone: true, render: (row) => `${row.from} 至 ${row.to}` },
    { key: 'modesWords', title: '算走访的方式', extra: true },
    {
      key: 'covered',
      title: '按人覆盖',
      phone: true,
      render: (row) => (
        <Share
          part={row.counts.covered}
          whole={row.counts.due}
          unit="人次"
          to={(state) => namesOf(row.id, { ...pair, state })}
        />
      ),
    },
    {
      key: 'households',
      title: '按户覆盖',
      phone: true,
      render: (row) => (
        <Share
          part={row.counts.householdsCovered}
          whole={row.counts.households}
          unit="户"
          to={(state) => namesOf(row.id, { ...pair, by: 'household', state })}
        />
      ),
    },
    {
      key: 'attempted',
      title: '只有未遇',
      align: 'right',
      render: (row) => <GoFigure n={row.counts.attempted} to={namesOf(row.id, { ...pair, state: 'attempted' })} />,
    },
    {
      key: 'none',
      title: '未走访',
      align: 'right',
      render: (row) => <GoFigure n={row.counts.none} to={namesOf(row.id, { ...pair, state: 'none' })} />,
    },
    {
      key: 'state',
      title: '状态',
      phone: true,
      render: (row) => {
        const look = planLook(row, today);
        return <Status kind={look.kind} words={look.words} />;
      },
    },
    { key: 'madeName', title: '制定人', extra: true },
  ];
}

/** 走访计划: every plan within reach with its coverage by pupil and by household. */
export function PlansPage() {
  const { state, set } = useListState();
  const go = useGo();
  const { today } = useMe();
  const then = useThen();
  const pair = pairOf(then);
  const mayPlan = useMay('visits.plan');
  const filtered = Object.keys(state).some((key) => key !== 'page' && key !== 'size');
  const make = (
    <GoButton to="/visit-plans/new" type="primary" icon={<PlusOutlined />} off={then?.why ?? null}>
      制定计划
    </GoButton>
  );
  return (
    <Page title="走访计划" extra={mayPlan ? make : null}>
      <List<PlanRow>
        endpoint={listPlans}
        columns={columnsFor(then?.day ?? today, pair)}
        rowKey="id"
        onOpen={(row) => {
          go(addressOf(`/visit-plans/${row.id}`, pair));
        }}
        empty={
          filtered ? (
            <Empty words="没有符合这些条件的计划。可以去掉一些筛选条件再看。" />
          ) : (
            <Empty
              words="还没有走访计划。制定计划后，全校的孩子分到班主任和日期，走访到哪一户、差哪一人列在这里。"
              action={mayPlan ? make : undefined}
            />
          )
        }
        filters={
          <>
            <PickSchool
              value={state['schoolId']}
              onChange={(id) => {
                set({ schoolId: id });
              }}
            />
            <FilterChoice name="kind" placeholder="种类" options={kinds} />
            <FilterChoice name="live" placeholder="是否进行" options={lives} width={120} />
          </>
        }
      />
    </Page>
  );
}
