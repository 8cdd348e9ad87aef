import { PrinterOutlined } from '@ant-design/icons';
import { Alert, Button, Skeleton } from 'antd';
import { useState } from 'react';
import { listTallies } from '#contract/attendance-views.ts';
import type { OutputOf } from '#contract/endpoint.ts';
import { useAnswer } from '#web/api/use.ts';
import { AsOfButton, AsOfLine, pairOf, useThen } from '#web/parts/as-of.tsx';
import { useListState } from '#web/parts/list.tsx';
import { Go } from '#web/ui/go.tsx';
import { Block, Empty } from '#web/ui/page.tsx';
import { usePhone } from '#web/ui/phone.ts';
import { count, percent } from '#web/ui/words.ts';
import { addressOf } from '#web/ui/address.ts';
import { schoolDays } from './attendance-words.ts';
import { SpanAndSchool } from './span-and-school.tsx';

type Tally = OutputOf<typeof listTallies>[number];

/** The schools over a span; every number opens its names. */
export function Tallies({ from, to }: { from: string; to: string }) {
  const { state } = useListState();
  const phone = usePhone();
  const [looking, setLooking] = useState(false);
  const schoolId = state['schoolId'];
  const pair = pairOf(useThen('moment'));
  const answer = useAnswer(listTallies, { ...pair, from, to, ...(schoolId === undefined ? {} : { schoolId }) });
  const rows = answer.data ?? [];
  return (
    <Block>
      <div className="list-bar">
        <div className="list-filters">
          <SpanAndSchool from={from} to={to} />
        </div>
        <div className="list-tools">
          <AsOfButton kind="moment" open={looking} onOpen={setLooking} />
          <Button
            icon={<PrinterOutlined />}
            onClick={() => {
              window.print();
            }}
          >
            打印
          </Button>
        </div>
      </div>
      <AsOfLine kind="moment" open={looking} onOpen={setLooking} />
      {answer.isError ? (
        <Alert
          type="error"
          showIcon
          title={answer.error.message}
          action={<Button onClick={() => void answer.refetch()}>再试一次</Button>}
        />
      ) : null}
      {answer.isPending ? <Skeleton active title={false} paragraph={{ rows: 8 }} /> : null}
      {answer.data && rows.length === 0 ? (
        <Empty words="这段时间没有可汇总的班级。班级随学籍名册而来，点名后这里按学校汇总。" />
      ) : null}
      {rows.length > 0 && phone ? <Cards rows={rows} span={{ ...pair, from, to }} /> : null}
      {rows.length > 0 && !phone ? <Table rows={rows} span={{ ...pair, from, to }} /> : null}
      {rows.length > 0 ? (
        <p className="quiet att-note">
          {from} 至 {to}。没有点名的时段为“未知”，不算到校也不算缺勤。缺勤按上课日计，半天为 0.5。
        </p>
      ) : null}
    </Block>
  );
}

/** The numbers of a school with the address of their names. */
function figuresOf(row: Tally, span: Span) {
  const { to } = span;
  const at = (tab: string, more: Record<string, string> = {}) =>
    addressOf('/attendance', { tab, schoolId: row.schoolId, ...span, ...more });
  const marked = row.marked > 0 ? at('marked') : null;
  return [
    {
      key: 'classes',
      label: '班级',
      words: count(row.classes),
      to: addressOf('/rollcall', { schoolId: row.schoolId, day: to }),
    },
    { key: 'schoolDays', label: '上课日', words: count(row.schoolDays), to: null },
    { key: 'marked', label: '已点名', words: `${count(row.marked)} / ${count(row.expected)}`, to: marked },
    { key: 'rate', label: '点名率', words: percent(row.marked, row.expected), to: marked },
    { key: 'gaps', label: '未点名', words: count(row.gaps), to: row.gaps > 0 ? at('gaps') : null },
    {
      key: 'unexcused',
      label: '无故缺勤（人天）',
      words: schoolDays(row.unexcusedDays),
      to: row.unexcusedDays > 0 ? at('standings') : null,
    },
    {
      key: 'leave',
      label: '请假（人天）',
      words: schoolDays(row.leaveDays),
      to: row.leaveDays > 0 ? at('standings', { figure: 'leave' }) : null,
    },
    {
      key: 'crossed',
      label: '达到疑似辍学天数',
      words: `${count(row.crossed)} 人`,
      to: row.crossed > 0 ? at('standings', { figure: 'crossed' }) : null,
    },
  ];
}

type Span = { from: string; to: string; knownAt?: string };

function Table({ rows, span }: { rows: readonly Tally[]; span: Span }) {
  const first = rows[0];
  if (first === undefined) return null;
  return (
    <div className="plain-scroll">
      <table className="plain-table">
        <thead>
          <tr>
            <th>学校</th>
            {figuresOf(first, span).map((figure) => (
              <th key={figure.key} className="num">
                {figure.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.schoolId}>
              <td>
                <Go to={addressOf('/rollcall', { schoolId: row.schoolId })}>{row.schoolName}</Go>
              </td>
              {figuresOf(row, span).map((figure) => (
                <td key={figure.key} className="num">
                  {figure.to === null ? figure.words : <Go to={figure.to}>{figure.words}</Go>}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cards({ rows, span }: { rows: readonly Tally[]; span: Span }) {
  return (
    <ul className="cards">
      {rows.map((row) => (
        <li key={row.schoolId} className="card">
          <div className="card-head att-card-head">
            <Go to={addressOf('/rollcall', { schoolId: row.schoolId })}>{row.schoolName}</Go>
          </div>
          <dl>
            {figuresOf(row, span).map((figure) => (
              <div key={figure.key}>
                <dt>{figure.label}</dt>
                <dd>{figure.to === null ? figure.words : <Go to={figure.to}>{figure.words}</Go>}</dd>
              </div>
            ))}
          </dl>
        </li>
      ))}
    </ul>
  );
}
