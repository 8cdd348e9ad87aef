import { Table } from 'antd';
import { getTimeliness } from '#contract/duties.ts';
import type { OutputOf } from '#contract/endpoint.ts';
import { useMe } from '#web/api/me.ts';
import { useAnswer } from '#web/api/use.ts';
import { FilterChoice } from '#web/parts/filters.tsx';
import { cellOf } from '#web/parts/list-cell.ts';
import { ListCards } from '#web/parts/list-cards.tsx';
import { useListState, type ListColumn } from '#web/parts/list.tsx';
import { SpanBar } from '#web/parts/span-bar.tsx';
import { addressOf } from '#web/ui/address.ts';
import { GoFigure } from '#web/ui/go.tsx';
import { Block, Empty, Facts, Page } from '#web/ui/page.tsx';
import { usePhone } from '#web/ui/phone.ts';
import { count, percent } from '#web/ui/words.ts';
import { Awaited } from '#web/parts/awaited.tsx';
import { ruleChoices } from './duties-words.ts';
import './duties.css';

type Line = OutputOf<typeof getTimeliness>['rows'][number];

/** 及时率: of the duties due in a span, how many were done in time, by rule and school, with the formula beside; each number opens its duties. */
export function TimelinessPage() {
  const { today } = useMe();
  const { state } = useListState();
  const from = state['from'] ?? `${today.slice(0, 7)}-01`;
  const to = state['to'] ?? today;
  const answer = useAnswer(getTimeliness, { from, to });
  const open = namesIn(from, to);
  const rows = (answer.data?.rows ?? []).filter((row) => state['rule'] === undefined || row.rule === state['rule']);
  const sumOf = (key: 'late' | 'open') => (answer.data?.rows ?? []).reduce((sum, row) => sum + row[key], 0);
  return (
    <Page title="及时率" extra={<SpanBar from={from} to={to} />}>
      {answer.data === undefined ? (
        <Awaited error={answer.isFetching ? null : answer.error} retry={() => void answer.refetch()} />
      ) : (
        <>
          <Block title="全部规则">
            <Facts
              items={[
                { label: '及时率', value: <strong>{percent(answer.data.inTime, answer.data.due)}</strong> },
                { label: '按时办结', value: <GoFigure n={answer.data.inTime} to={open('inTime')} /> },
                { label: '应办', value: <GoFigure n={answer.data.due} to={open('due')} /> },
                { label: '超期办结', value: <GoFigure n={sumOf('late')} to={open('late')} /> },
                { label: '未办', value: <GoFigure n={sumOf('open')} to={open('open')} /> },
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
              <Lines rows={rows} open={open} />
            )}
          </Block>
        </>
      )}
    </Page>
  );
}

/** The way to the duties that a figure of a span counts, of all or of one line. */
type Open = (outcome: 'due' | 'inTime' | 'late' | 'open', row?: Line) => string;

function namesIn(from: string, to: string): Open {
  return (outcome, row) =>
    addressOf('/duties', {
      scope: 'unit',
      outcome,
      from,
      to,
      ...(row === undefined
        ? {}
        : { rule: row.rule, schoolId: row.schoolId, noSchool: row.schoolId === null ? 'yes' : null }),
    });
}

function columnsOf(open: Open): ListColumn<Line>[] {
  return [
    { key: 'title', title: '要办的事', phone: true },
    { key: 'schoolName', title: '学校', phone: true, render: (row) => row.schoolName ?? '不属于学校' },
    { key: 'share', title: '及时率', phone: true, align: 'right', render: (row) => percent(row.inTime, row.due) },
    {
      key: 'due',
      title: '应办',
      phone: true,
      align: 'right',
      render: (row) => <GoFigure n={row.due} to={open('due', row)} />,
    },
    {
      key: 'inTime',
      title: '按时办结',
      phone: true,
      align: 'right',
      render: (row) => <GoFigure n={row.inTime} to={open('inTime', row)} />,
    },
    {
      key: 'late',
      title: '超期办结',
      phone: true,
      align: 'right',
      render: (row) => (
        <GoFigure
          n={row.late}
          to={open('late', row)}
          words={row.late > 0 ? <strong className="dut-late">{count(row.late)}</strong> : '0'}
        />
      ),
    },
    {
      key: 'open',
      title: '未办',
      phone: true,
      align: 'right',
      render: (row) => <GoFigure n={row.open} to={open('open', row)} />,
    },
  ];
}

function Lines({ rows, open }: { rows: Line[]; open: Open }) {
  const phone = usePhone();
  const keyOf = (row: Line) => `${row.rule}.${row.schoolId ?? ''}`;
  const columns = columnsOf(open);
  if (phone) return <ListCards rows={rows} columns={columns} keyOf={keyOf} />;
  const order: Partial<Record<string, (a: Line, b: Line) => number>> = {
    share: (a, b) => share(a) - share(b),
    late: (a, b) => a.late - b.late,
  };
  return (
    <Table<Line>
      size="small"
      rowKey={keyOf}
      dataSource={rows}
      pagination={rows.length > 100 ? { pageSize: 100, showSizeChanger: false } : false}
      scroll={{ x: 'max-content' }}
      columns={columns.map((column) => {
        const sorter = order[column.key];
        return {
          key: column.key,
          title: column.title,
          ...(column.align === undefined ? {} : { align: column.align }),
          ...(sorter === undefined ? {} : { sorter }),
          render: (_value: unknown, row: Line) => cellOf(column, row),
        };
      })}
    />
  );
}

/** The share by which lines are ordered; nothing due stands last. */
function share(row: Line): number {
  return row.due === 0 ? 2 : row.inTime / row.due;
}
