import { Table } from 'antd';
import { getTimeliness } from '#contract/duties.ts';
import type { OutputOf } from '#contract/endpoint.ts';
import { useMe } from '#web/api/me.ts';
import { useAnswer } from '#web/api/use.ts';
import { DayField } from '#web/parts/day-field.tsx';
import { FilterChoice } from '#web/parts/filters.tsx';
import { ListCards } from '#web/parts/list-cards.tsx';
import { useListState, type ListColumn } from '#web/parts/list.tsx';
import { Block, Empty, Facts, Page } from '#web/ui/page.tsx';
import { usePhone } from '#web/ui/phone.ts';
import { count, percent } from '#web/ui/words.ts';
import { Awaited } from '#web/parts/awaited.tsx';
import { ruleChoices } from './duties-words.ts';
import './duties.css';

type Line = OutputOf<typeof getTimeliness>['rows'][number];

/** 及时率: of the duties due in a span, how many were done in time, by rule and school, with the formula beside. */
export function TimelinessPage() {
  const { today } = useMe();
  const { state, set } = useListState();
  const from = state['from'] ?? `${today.slice(0, 7)}-01`;
  const to = state['to'] ?? today;
  const answer = useAnswer(getTimeliness, { from, to });
  const rows = (answer.data?.rows ?? []).filter((row) => state['rule'] === undefined || row.rule === state['rule']);
  return (
    <Page
      title="及时率"
      extra={
        <span className="dut-span">
          <DayField
            words="从"
            value={from}
            latest={to}
            width={140}
            onChange={(day) => {
              set({ from: day });
            }}
          />
          <span>至</span>
          <DayField
            words="到"
            value={to}
            earliest={from}
            latest={today}
            width={140}
            onChange={(day) => {
              set({ to: day });
            }}
          />
        </span>
      }
    >
      {answer.data === undefined ? (
        <Awaited error={answer.isFetching ? null : answer.error} retry={() => void answer.refetch()} />
      ) : (
        <>
          <Block title="全部规则">
            <Facts
              items={[
                { label: '及时率', value: <strong>{percent(answer.data.inTime, answer.data.due)}</strong> },
                { label: '按时办结', value: count(answer.data.inTime) },
                { label: '应办', value: count(answer.data.due) },
                { label: '算法', value: answer.data.formula },
              ]}
            />
          </Block>
          <Block
            title="按规则和学校"
            extra={<FilterChoice name="rule" placeholder="要办的事" options={ruleChoices} width={200} />}
          >
            {rows.length === 0 ? (
              <Empty words="这段时间没有到期的任务。换一段时间，或去掉筛选再看。" />
            ) : (
              <Lines rows={rows} />
            )}
          </Block>
        </>
      )}
    </Page>
  );
}

const cards: readonly ListColumn<Line>[] = [
  { key: 'title', title: '要办的事', phone: true },
  { key: 'schoolName', title: '学校', phone: true, render: (row) => row.schoolName ?? '不属于学校' },
  { key: 'share', title: '及时率', phone: true, render: (row) => percent(row.inTime, row.due) },
  { key: 'due', title: '应办', phone: true },
  { key: 'late', title: '超期', phone: true },
  { key: 'open', title: '未办', phone: true },
];

function Lines({ rows }: { rows: Line[] }) {
  const phone = usePhone();
  const keyOf = (row: Line) => `${row.rule}.${row.schoolId ?? ''}`;
  if (phone) return <ListCards rows={rows} columns={cards} keyOf={keyOf} />;
  return (
    <Table<Line>
      size="small"
      rowKey={keyOf}
      dataSource={rows}
      pagination={rows.length > 100 ? { pageSize: 100, showSizeChanger: false } : false}
      scroll={{ x: 'max-content' }}
      columns={[
        { key: 'title', title: '要办的事', dataIndex: 'title' },
        { key: 'schoolName', title: '学校', render: (_value, row) => row.schoolName ?? '不属于学校' },
        {
          key: 'share',
          title: '及时率',
          align: 'right',
          sorter: (a, b) => share(a) - share(b),
          render: (_value, row) => percent(row.inTime, row.due),
        },
        { key: 'due', title: '应办', align: 'right', render: (_value, row) => count(row.due) },
        { key: 'inTime', title: '按时', align: 'right', render: (_value, row) => count(row.inTime) },
        {
          key: 'late',
          title: '超期',
          align: 'right',
          sorter: (a, b) => a.late - b.late,
          render: (_value, row) => (row.late > 0 ? <strong className="dut-late">{count(row.late)}</strong> : '0'),
        },
        { key: 'open', title: '未办', align: 'right', render: (_value, row) => count(row.open) },
      ]}
    />
  );
}

/** The share by which lines are ordered; nothing due stands last. */
function share(row: Line): number {
  return row.due === 0 ? 2 : row.inTime / row.due;
}
