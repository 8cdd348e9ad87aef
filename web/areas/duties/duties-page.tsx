import { Segmented } from 'antd';
import { listDuties } from '#contract/duties.ts';
import { schoolYearOf } from '#domain/basics/school-year.ts';
import { dutyOutcomes, dutyStates } from '#domain/duties/record.ts';
import { dutyOutcomeWords, dutyStateWords } from '#domain/duties/words.ts';
import { useMe } from '#web/api/me.ts';
import { useAnswer } from '#web/api/use.ts';
import { pairOf, useThen } from '#web/parts/as-of.tsx';
import { FilterChild, FilterChoice, FilterTag } from '#web/parts/filters.tsx';
import { GoButton } from '#web/parts/go-button.tsx';
import { List, useListState, type ListColumn } from '#web/parts/list.tsx';
import type { ListState } from '#web/parts/list-state.ts';
import { PickSchool } from '#web/parts/pick.tsx';
import { SpanBar } from '#web/parts/span-bar.tsx';
import { addressOf } from '#web/ui/address.ts';
import { Go, useGo } from '#web/ui/go.tsx';
import { Page } from '#web/ui/page.tsx';
import { Status } from '#web/ui/status.tsx';
import { count, dueWords, momentShort } from '#web/ui/words.ts';
import { dutyLook, dutyStanding, ruleChoices, type Duty } from './duties-words.ts';
import './duties.css';

const scopes = [
  { value: 'mine', label: '本人的' },
  { value: 'unit', label: '本单位的' },
];
const stateChoices = [
  ...dutyStates.filter((value) => value !== 'open').map((value) => ({ value: value, label: dutyStateWords[value] })),
  { value: 'all', label: '全部' },
];
/** The spans of the list; overdue ones stand first in each, with how many they are. */
function whenChoices(overdue: number | undefined) {
  return [
    { value: '', label: '全部' },
    { value: 'overdue', label: overdue === undefined ? '已超期' : `已超期 ${count(overdue)}` },
    { value: 'today', label: '今天到期' },
    { value: 'week', label: '本周到期' },
  ];
}

function columnsOf(today: string, past: boolean): ListColumn<Duty>[] {
  return [
    {
      key: 'who',
      title: '学生或班级',
      phone: true,
      render: (row) => (
        <>
          {row.urgent ? <Status kind="bad" words="紧急" /> : null} <strong>{row.who}</strong>
        </>
      ),
    },
    { key: 'title', title: '要办的事', phone: true },
    { key: 'why', title: '缘由', render: (row) => <span className="dut-why">{row.why}</span> },
    { key: 'schoolName', title: '学校' },
    { key: 'className', title: '班级', extra: true },
    { key: 'ownerWords', title: '责任人' },
    {
      key: 'level',
      title: '上报',
      extra: true,
      render: (row) => (row.level === 0 ? '—' : `已升 ${String(row.level)} 级，到${row.topWords}`),
    },
    {
      key: 'dueAt',
      title: '期限',
      phone: true,
      render: (row) => (
        <span className={row.overdue ? 'dut-late' : undefined}>
          {momentShort(row.dueAt)}
          {row.state === 'open' ? <small className="dut-small">{dueState(row, today)}</small> : null}
        </span>
      ),
    },
    {
      key: 'state',
      title: '状态',
      phone: true,
      render: (row) => (
        <>
          <Status kind={dutyLook(row)} words={dutyStanding(row)} />
          {row.settledAt === null ? null : (
            <small className="dut-small quiet">
              {momentShort(row.settledAt)} {row.settledName ?? '平台'}
            </small>
          )}
        </>
      ),
    },
    { key: 'clause', title: '方案条款', extra: true },
    {
      key: 'action',
      title: '办理',
      phone: true,
      render: (row) =>
        row.state === 'open' && !past ? (
          <Go to={row.to}>{row.action}</Go>
        ) : (
          <span className="dut-links">
            <Go to={`/duties/${row.id}`}>查看</Go>
            {row.state === 'settled' ? <Go to={row.to}>看记录</Go> : null}
          </span>
        ),
    },
  ];
}

/** A due moment beside now: one that passed earlier today is overdue, not due today. */
function dueState(row: Duty, today: string): string {
  return row.overdue && row.dueDay >= today ? '已过期限' : dueWords(row.dueDay, today);
}

/** The duties that a figure of 及时率 or 方案落实 counts. */
const outcomeChoices = [
  { value: 'due', label: '应办' },
  ...dutyOutcomes.map((value) => ({ value: value, label: dutyOutcomeWords[value] })),
  { value: 'ahead', label: '未到期' },
];

/** Back to the page whose number was opened. */
function Back({ state }: { state: ListState }) {
  const { from, to, clause, year, term, schoolId } = state;
  if (clause === undefined) return <GoButton to={addressOf('/timeliness', { from, to })}>回到及时率</GoButton>;
  const asked = year ?? (from === undefined ? undefined : String(schoolYearOf(from)));
  const places = state['back'] === 'school' ? { schoolId } : {};
  return <GoButton to={addressOf('/plan', { year: asked, term, ...places })}>回到方案落实</GoButton>;
}

/** The clause of the plan whose duties are shown, with the days within which they are due. */
function ClauseTags({ state }: { state: ListState }) {
  const { clause, owedBy, from, to } = state;
  if (clause === undefined) return null;
  return (
    <>
      <FilterTag name="clause" words={`方案 ${clause}`} />
      {owedBy === 'office' ? <FilterTag name="owedBy" words="教育局、街道和社区的" /> : null}
      {from === undefined || to === undefined ? null : (
        <span className="quiet">
          {from} 至 {to} 到期的
        </span>
      )}
    </>
  );
}

/** 任务清单: what is owed by this person or in the unit, each line with the button that settles it. */
export function DutiesPage() {
  const { today } = useMe();
  const { state, set } = useListState();
  const go = useGo();
  const unit = state['scope'] === 'unit';
  const figure = state['outcome'] !== undefined;
  const then = useThen();
  const overdue = useAnswer(listDuties, {
    scope: unit ? 'unit' : 'mine',
    when: 'overdue',
    ...pairOf(then),
    page: 1,
    size: 1,
  });
  return (
    <Page
      title="任务清单"
      extra={
        figure || state['clause'] !== undefined ? (
          <Back state={state} />
        ) : (
          <GoButton to="/reminders">日历订阅和提醒</GoButton>
        )
      }
    >
      <List<Duty>
        endpoint={listDuties}
        columns={columnsOf(then?.day ?? today, then !== null)}
        rowKey="id"
        onOpen={(row) => {
          go(`/duties/${row.id}`);
        }}
        empty={
          figure
            ? '这段时间没有这样的任务。换一段时间或去掉筛选再看。'
            : unit
              ? '没有符合条件的任务。到了期限的事会由平台按方案条款自动列给责任人，这里看本单位的全部。'
              : '没有符合条件的任务。到了期限的事会由平台按方案条款自动列在这里，办结后随即消去。'
        }
        filters={
          <>
            <Segmented
              value={unit ? 'unit' : 'mine'}
              options={scopes}
              onChange={(value) => {
                set({ scope: value === 'mine' ? undefined : value });
              }}
            />
            {figure ? (
              <>
                {state['clause'] === undefined ? (
                  <SpanBar from={state['from'] ?? `${today.slice(0, 7)}-01`} to={state['to'] ?? today} />
                ) : null}
                <FilterChoice name="outcome" placeholder="怎样办结" options={outcomeChoices} width={120} />
              </>
            ) : (
              <>
                <Segmented
                  value={state['when'] ?? ''}
                  options={whenChoices(overdue.data?.overdue)}
                  onChange={(value) => {
                    set({ when: value });
                  }}
                />
                <FilterChoice name="state" placeholder="待办" options={stateChoices} width={110} />
              </>
            )}
            <ClauseTags state={state} />
            <FilterChild />
            <FilterChoice name="rule" placeholder="要办的事" options={ruleChoices} width={200} />
            {unit ? (
              <PickSchool
                value={state['schoolId']}
                onChange={(id) => {
                  set({ schoolId: id, noSchool: undefined });
                }}
              />
            ) : null}
            {state['noSchool'] === 'yes' ? <FilterTag name="noSchool" words="不属于学校的" /> : null}
          </>
        }
      />
    </Page>
  );
}
