import { listRuns, type Run } from '#contract/comparison.ts';
import type { z } from 'zod';
import { useMay, useMe } from '#web/api/me.ts';
import { List, type ListColumn } from '#web/parts/list.tsx';
import { useGo } from '#web/ui/go.tsx';
import { Empty, Page } from '#web/ui/page.tsx';
import { Status } from '#web/ui/status.tsx';
import { count, momentShort } from '#web/ui/words.ts';
import { countWord } from './comparison-words.ts';
import { GoButton } from '#web/parts/go-button.tsx';
import { StartRun } from './start-run.tsx';
import './comparison.css';

type Row = z.output<typeof Run>;

const shownCounts = ['notEnrolled', 'onRollAbsent', 'doubleEnrolled', 'notInRegister', 'identityReview'];

/** Figures of the whole district, which are withheld outside the bureau. */
const ofDistrict = new Set([...shownCounts, 'inputs']);

const columns: ListColumn<Row>[] = [
  { key: 'asOf', title: '截至日期', phone: true, render: (row) => <strong>{row.asOf}</strong> },
  { key: 'knownAt', title: '比对时间', phone: true, render: (row) => momentShort(row.knownAt) },
  ...shownCounts.map((key): ListColumn<Row> => ({
    key,
    title: countWord(key),
    align: 'right',
    phone: key === 'notEnrolled' || key === 'onRollAbsent',
    render: (row) => {
      const number = row.counts[key];
      return number === undefined ? '—' : count(number);
    },
  })),
  { key: 'inputs', title: '名单', align: 'right', render: (row) => `${count(row.inputs.length)} 份` },
  { key: 'startedName', title: '进行人' },
  {
    key: 'signed',
    title: '签认',
    phone: true,
    render: (row) =>
      row.signedName === null ? (
        <Status kind="warn" words="待签认" />
      ) : (
        <Status kind="ok" words={`${row.signedName}，${momentShort(row.signedAt)}`} />
      ),
  },
];

/** 比对记录: every saved comparison, its main counts and whether it is signed. */
export function RunsPage() {
  const go = useGo();
  const mayOpen = useMay('runs.manage');
  const atBureau = useMe().posts.some((post) => post.unitKind === 'district');
  return (
    <Page
      title="比对记录"
      extra={
        <>
          <GoButton to="/compare">比对发现</GoButton>
          <StartRun primary />
        </>
      }
    >
      {atBureau ? null : <p className="cmp-quiet">全区的数字只在教育局显示；本单位的孩子在“比对发现”里。</p>}
      <List<Row>
        endpoint={listRuns}
        columns={atBureau ? columns : columns.filter((column) => !ofDistrict.has(column.key))}
        rowKey="id"
        {...(mayOpen
          ? {
              onOpen: (row: Row) => {
                go(`/compare/runs/${row.id}`);
              },
            }
          : {})}
        empty={<Empty words="还没有进行过比对。每次比对的结果、所用的名单和签认都会留在这里。" action={<StartRun />} />}
      />
    </Page>
  );
}
