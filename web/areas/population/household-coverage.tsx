import { Alert, Button, Flex, Skeleton, Table } from 'antd';
import { getCoverage } from '#contract/households.ts';
import type { OutputOf } from '#contract/endpoint.ts';
import { useAnswer } from '#web/api/use.ts';
import { AsOf, pairOf, useThen } from '#web/parts/as-of.tsx';
import { useListState } from '#web/parts/list.tsx';
import { PickSubdistrict } from '#web/parts/pick.tsx';
import { addressOf } from '#web/ui/address.ts';
import { Go, GoFigure } from '#web/ui/go.tsx';
import { Block, Empty } from '#web/ui/page.tsx';
import { usePhone } from '#web/ui/phone.ts';
import { count, percent } from '#web/ui/words.ts';

type Line = OutputOf<typeof getCoverage>[number];

/** The counts of a line, in the order of the table. */
const figures: readonly {
  key: 'households' | 'children' | 'noChild' | 'empty' | 'refused' | 'notMet';
  words: string;
}[] = [
  { key: 'households', words: '户数' },
  { key: 'children', words: '有适龄儿童' },
  { key: 'noChild', words: '无适龄儿童' },
  { key: 'empty', words: '空房' },
  { key: 'refused', words: '拒访' },
  { key: 'notMet', words: '未遇' },
];

/** The pair that the counts and the lists behind them share. */
type Pair = ReturnType<typeof pairOf>;

/** How far each community is surveyed; households without any result open by name. */
export function HouseholdCoverage() {
  const { state, set } = useListState();
  const phone = usePhone();
  const then = useThen();
  const pair = pairOf(then);
  const answer = useAnswer(getCoverage, { ...pair, ...(state['subdistrict'] === undefined ? {} : { subdistrict: state['subdistrict'] }) }); // prettier-ignore
  const lines = answer.data ?? [];
  const whole = totalOf(lines);
  return (
    <Block
      title={
        answer.data === undefined || whole.households === 0
          ? '入户覆盖'
          : `已有结果 ${count(whole.households - whole.none)} 户，共 ${count(whole.households)} 户，覆盖 ${percent(whole.households - whole.none, whole.households)}`
      }
      extra={
        <PickSubdistrict
          value={state['subdistrict']}
          onChange={(subdistrict) => {
            set({ subdistrict });
          }}
        />
      }
    >
      <AsOf />
      {answer.isError && (
        <Alert
          type="error"
          showIcon
          title={answer.error.message}
          action={<Button onClick={() => void answer.refetch()}>再试一次</Button>}
        />
      )}
      {answer.isPending && <Skeleton active paragraph={{ rows: 8 }} />}
      {answer.data?.length === 0 && (
        <Empty words="还没有登记的户。导入适龄儿童少年信息档案或入户登记后，各社区的入户情况会列在这里。" />
      )}
      {lines.length > 0 && phone && lines.map((line) => <CoverageCard key={line.code} line={line} pair={pair} />)}
      {lines.length > 0 && !phone && (
        <Table<Line>
          size="small"
          rowKey="code"
          dataSource={lines}
          pagination={false}
          // a line's own counts `children` and `none` are no rows below it
          expandable={{ childrenColumnName: 'rowsBelow' }}
          scroll={{ x: 'max-content' }}
          columns={[
            {
              key: 'name',
              title: '社区',
              render: (_value, line) => <Go to={communityAt(line.code, pair)}>{line.name}</Go>,
            },
            ...figures.map((figure) => ({
              key: figure.key,
              title: figure.words,
              align: 'right' as const,
              render: (_value: unknown, line: Line) => (
                <GoFigure n={line[figure.key]} to={householdsAt(figure.key, { community: line.code, ...pair })} />
              ),
            })),
            {
              key: 'none',
              title: '尚无结果',
              align: 'right',
              sorter: (a, b) => a.none - b.none,
              render: (_value, line) => <Without line={line} pair={pair} />,
            },
            {
              key: 'share',
              title: '覆盖',
              align: 'right',
              render: (_value, line) => (
                <span title={`${String(line.households - line.none)} ÷ ${String(line.households)}`}>
                  {percent(line.households - line.none, line.households)}
                </span>
              ),
            },
          ]}
          summary={() => (
            <Table.Summary.Row>
              <Table.Summary.Cell index={0}>合计</Table.Summary.Cell>
              {figures.map((figure, index) => (
                <Table.Summary.Cell key={figure.key} index={index + 1} align="right">
                  <GoFigure
                    n={whole[figure.key]}
                    to={householdsAt(figure.key, { subdistrict: state['subdistrict'], ...pair })}
                  />
                </Table.Summary.Cell>
              ))}
              <Table.Summary.Cell index={7} align="right">
                {count(whole.none)}
              </Table.Summary.Cell>
              <Table.Summary.Cell index={8} align="right">
                {percent(whole.households - whole.none, whole.households)}
              </Table.Summary.Cell>
            </Table.Summary.Row>
          )}
        />
      )}
    </Block>
  );
}

/** The list of households behind a count: of a community, or of all in sight; a household of no community has no list of its own. */
function householdsAt(
  key: (typeof figures)[number]['key'],
  within: Pair & { community?: string; subdistrict?: string | undefined },
): string | null {
  if (within.community === '') return null;
  return addressOf('/households', { view: 'list', ...within, result: key === 'households' ? null : key });
}

function communityAt(community: string, pair: Pair, surveyed: 'no' | null = null): string {
  return addressOf('/households', { view: 'list', community, ...pair, surveyed });
}

function Without({ line, pair }: { line: Line; pair: Pair }) {
  if (line.none === 0) return <>0</>;
  return <Go to={communityAt(line.code, pair, 'no')}>{count(line.none)} 户，看名单</Go>;
}

function CoverageCard({ line, pair }: { line: Line; pair: Pair }) {
  return (
    <div style={{ padding: '12px 0', borderBottom: '1px solid var(--line)' }}>
      <strong>{line.name}</strong>，覆盖 {percent(line.households - line.none, line.households)}
      <Flex gap={12} wrap className="quiet">
        {figures.map((figure) => (
          <span key={figure.key}>
            {figure.words}{' '}
            <GoFigure n={line[figure.key]} to={householdsAt(figure.key, { community: line.code, ...pair })} />
          </span>
        ))}
      </Flex>
      <div style={{ minHeight: 44, display: 'flex', alignItems: 'center' }}>
        尚无结果：
        <Without line={line} pair={pair} />
      </div>
    </div>
  );
}

function totalOf(lines: readonly Line[]): Omit<Line, 'code' | 'name'> {
  const sum = (key: Exclude<keyof Line, 'code' | 'name'>) => lines.reduce((whole, line) => whole + line[key], 0);
  return {
    households: sum('households'),
    children: sum('children'),
    noChild: sum('noChild'),
    empty: sum('empty'),
    refused: sum('refused'),
    notMet: sum('notMet'),
    none: sum('none'),
  };
}
