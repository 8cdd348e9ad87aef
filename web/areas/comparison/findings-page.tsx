import { Checkbox, Tabs } from 'antd';
import { comparisonKindWords, findingStateWords } from '#domain/comparison/words.ts';
import { exportFindings, listFindings } from '#contract/comparison.ts';
import { comparisonKinds } from '#domain/comparison/record.ts';
import type { OutputOf } from '#contract/endpoint.ts';
import { fileUrl } from '#web/api/call.ts';
import { useMay, useMe } from '#web/api/me.ts';
import { useAnswer } from '#web/api/use.ts';
import { FilterChoice, FilterText } from '#web/parts/filters.tsx';
import { List, useListState, type ListColumn } from '#web/parts/list.tsx';
import { PickSchool, PickSubdistrict } from '#web/parts/pick.tsx';
import { useGo } from '#web/ui/go.tsx';
import { Empty, Page } from '#web/ui/page.tsx';
import { Status } from '#web/ui/status.tsx';
import { count, dueWords } from '#web/ui/words.ts';
import { findingKindMeaning, findingStateLook } from './comparison-words.ts';
import { readFindingFilters, withState } from './finding-query.ts';
import { GoButton } from '#web/parts/go-button.tsx';
import { StartRun } from './start-run.tsx';
import './comparison.css';

type Row = OutputOf<typeof listFindings>['rows'][number];

const stateChoices = [
  { value: 'live', label: '未办结' },
  ...Object.entries(findingStateWords).map(([value, label]) => ({ value, label })),
];

/** 数据比对: every child that the lists do not agree on, by kind, with state, owner and due day. */
export function FindingsPage() {
  const { state, set } = useListState();
  const go = useGo();
  const mayImport = useMay('lists.import');
  const { today } = useMe();
  const filters = readFindingFilters(state);
  const tally = useAnswer(listFindings, { ...filters, kind: undefined, page: 1, size: 1 });
  const byKind = tally.data?.byKind ?? {};
  const kind = filters.kind ?? 'all';
  const all = Object.values(byKind).reduce((sum, number) => sum + number, 0);
  const filtered = Object.keys(state).some((key) => key !== 'page' && key !== 'size');
  return (
    <Page
      title="数据比对"
      {...(tally.data ? { count: all } : {})}
      extra={
        <>
          {mayImport ? <GoButton to="/compare/imports/new">导入名单</GoButton> : null}
          <StartRun primary />
        </>
      }
    >
      <Tabs
        activeKey={kind}
        onChange={(key) => {
          set({ kind: key === 'all' ? undefined : key });
        }}
        items={[
          { key: 'all', label: tally.data ? `全部 ${count(all)}` : '全部' },
          ...comparisonKinds.map((code) => ({
            key: code,
            label: tally.data ? `${comparisonKindWords[code]} ${count(byKind[code] ?? 0)}` : comparisonKindWords[code],
          })),
        ]}
      />
      {filters.kind === undefined ? null : <p className="cmp-quiet">{findingKindMeaning[filters.kind]}</p>}
      <List<Row>
        endpoint={listFindings}
        columns={columnsFor(today)}
        rowKey="id"
        onOpen={(row) => {
          go(withState(`/compare/findings/${row.id}`, state));
        }}
        exportUrl={fileUrl(exportFindings, filters)}
        empty={
          filtered ? (
            <Empty words="没有符合这些条件的发现。可以去掉一些筛选条件再看。" />
          ) : (
            <Empty
              words="没有待办的发现。导入适龄档案和学籍名册、进行一次比对后，对不上的孩子会逐个列在这里。"
              action={
                mayImport ? (
                  <GoButton to="/compare/imports/new" type="primary">
                    导入名单
                  </GoButton>
                ) : undefined
              }
            />
          )
        }
        filters={
          <>
            <FilterText placeholder="姓名、拼音首字母或号码" />
            <FilterChoice name="state" placeholder="未办结" options={stateChoices} width={112} />
            <PickSubdistrict
              value={state['subdistrict']}
              width={128}
              onChange={(code) => {
                set({ subdistrict: code });
              }}
            />
            <PickSchool
              value={state['schoolId']}
              width={144}
              onChange={(id) => {
                set({ schoolId: id });
              }}
            />
            <Checkbox
              checked={state['overdue'] === 'yes'}
              onChange={(event) => {
                set({ overdue: event.target.checked ? 'yes' : undefined });
              }}
            >
              已超期
            </Checkbox>
            <Checkbox
              checked={state['mine'] === 'yes'}
              onChange={(event) => {
                set({ mine: event.target.checked ? 'yes' : undefined });
              }}
            >
              我负责的
            </Checkbox>
          </>
        }
      />
    </Page>
  );
}

function columnsFor(today: string): ListColumn<Row>[] {
  return [
    { key: 'name', title: '姓名', phone: true, render: (row) => <strong>{row.name}</strong> },
    { key: 'kindWords', title: '发现', phone: true },
    {
      key: 'state',
      title: '进展',
      phone: true,
      render: (row) => <Status kind={findingStateLook[row.state]} words={row.stateWords} />,
    },
    { key: 'dueDate', title: '期限', phone: true, render: (row) => <DueCell row={row} today={today} /> },
    {
      key: 'ownerWords',
      title: '责任单位',
      phone: true,
      render: (row) => <span className="cell-narrow">{row.ownerWords}</span>,
    },
    { key: 'schoolName', title: '学校', extra: true },
    {
      key: 'communityName',
      title: '街道与社区',
      render: (row) => (
        <span className="cell-narrow">
          {[row.subdistrictName, row.communityName].filter((name) => name !== null).join(' ') || '—'}
        </span>
      ),
    },
    {
      key: 'detailWords',
      title: '情况',
      phone: true,
      render: (row) => <span className="cell-wrap">{row.detailWords}</span>,
    },
    { key: 'sex', title: '性别', extra: true },
    { key: 'birthDate', title: '出生日期', extra: true },
    { key: 'documentMask', title: '证件号码', extra: true },
  ];
}

function DueCell({ row, today }: { row: Row; today: string }) {
  if (row.state === 'accepted' || row.state === 'settled') return <span className="cmp-quiet">{row.dueDate}</span>;
  if (row.overdue) return <Status kind="bad" words={`${row.dueDate} ${dueWords(row.dueDate, today)}`} />;
  return (
    <span className="cell-narrow">
      {row.dueDate} <span className="cmp-quiet">{dueWords(row.dueDate, today)}</span>
    </span>
  );
}
