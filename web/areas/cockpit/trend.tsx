import { useMemo, useState } from 'react';
import { Segmented } from 'antd';
import { listTrend } from '#contract/statistics-figures.ts';
import { percentWords } from '#domain/statistics/formulas.ts';
import { useMay } from '#web/api/me.ts';
import { useAnswer } from '#web/api/use.ts';
import { Awaited } from '#web/parts/awaited.tsx';
import { Chart } from '#web/ui/chart.tsx';
import { GoFigure, useGo } from '#web/ui/go.tsx';
import { useThemeMode } from '#web/ui/theme-mode.ts';
import { count } from '#web/ui/words.ts';
import { chosenIn, inputOf, namesAt, scopeOf, type Asked } from './asked.ts';
import { lineOption } from './line-option.ts';
import { TwoViews } from './two-views.tsx';

const kinds = {
  week: { words: '按周', count: 12 },
  month: { words: '按月', count: 12 },
  year: { words: '按学年', count: 4 },
} as const;

/** The retention rate week by week, month by month or year by year against its target; a point opens its names. */
export function Trend({ asked }: { asked: Asked }) {
  const { mode } = useThemeMode();
  const go = useGo();
  const may = useMay('children.read');
  const [kind, setKind] = useState<keyof typeof kinds>('week');
  const answer = useAnswer(listTrend, {
    ...inputOf(asked),
    ...chosenIn(asked),
    period: kind,
    count: kinds[kind].count,
  });
  const rows = useMemo(
    () =>
      (answer.data ?? [])
        .filter((row) => row.counts.S0 + row.counts.S1 > 0)
        .map((row) => ({
          ...row,
          rate: row.figures[0],
          label: kind === 'year' ? row.from.slice(0, 4) : kind === 'month' ? row.from.slice(0, 7) : row.from.slice(5),
          lost: row.counts.Drop + row.counts.Gone,
        })),
    [answer.data, kind],
  );
  const option = useMemo(
    () =>
      lineOption(
        rows.map((row) => ({
          label: row.label,
          value: row.rate?.value ?? null,
          told: `${row.words}\n年巩固率 ${percentWords(row.rate?.value ?? null)} %\n辍学 ${count(row.counts.Drop)} 人，去向未落实 ${count(row.counts.Gone)} 人`,
        })),
        kind === 'year' ? (rows[0]?.rate?.target ?? null) : null,
        mode,
      ),
    [rows, kind, mode],
  );
  const names = (row: (typeof rows)[number], part: 'Drop' | 'Gone' | 'Returned' | 'S1') =>
    may ? namesAt({ ...asked, period: kind, day: row.to }, part, scopeOf(asked)) : null;
  const table = (
    <div className="plain-scroll">
      <table className="plain-table">
        <thead>
          <tr>
            <th>时段</th>
            <th className="num">巩固率</th>
            <th className="num">辍学</th>
            <th className="num">去向未落实</th>
            <th className="num">劝返复学</th>
            <th className="num">期末在校</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.from}>
              <td>{row.words}</td>
              <td className="num" title={`${count(row.rate?.numerator ?? 0)} ÷ ${count(row.rate?.denominator ?? 0)}`}>
                {percentWords(row.rate?.value ?? null)} %
              </td>
              <td className="num">
                <GoFigure n={row.counts.Drop} to={names(row, 'Drop')} />
              </td>
              <td className="num">
                <GoFigure n={row.counts.Gone} to={names(row, 'Gone')} />
              </td>
              <td className="num">
                <GoFigure n={row.counts.Returned} to={names(row, 'Returned')} />
              </td>
              <td className="num">
                <GoFigure n={row.counts.S1} to={names(row, 'S1')} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
  return (
    <TwoViews
      title="巩固率走势"
      note={
        <>
          <Segmented
            size="small"
            value={kind}
            aria-label="走势的时段"
            onChange={setKind}
            options={Object.entries(kinds).map(([value, one]) => ({
              value: value as keyof typeof kinds,
              label: one.words,
            }))} // as: the keys are the kinds
          />{' '}
          各时段单独计算，不必相加；点一点看这一时段的辍学名单。
        </>
      }
      chart={
        answer.data === undefined ? (
          <Awaited error={answer.error} retry={() => void answer.refetch()} />
        ) : (
          <Chart
            option={option}
            height={400}
            words={`巩固率走势，共 ${count(rows.length)} 个时段，数字见表格`}
            onPick={(index) => {
              const row = rows[index];
              const to = row ? names(row, 'Drop') : null;
              if (to !== null) go(to);
            }}
          />
        )
      }
      table={rows.length === 0 ? <p className="quiet">还没有记录。</p> : table}
    />
  );
}
