import { useState } from 'react';
import { Select } from 'antd';
import { listFigures } from '#contract/statistics-figures.ts';
import { baseWords } from '#domain/comparison/cells.ts';
import { percentWords } from '#domain/statistics/formulas.ts';
import { useMay } from '#web/api/me.ts';
import { useAnswer } from '#web/api/use.ts';
import { Awaited } from '#web/parts/awaited.tsx';
import { addressOf } from '#web/ui/address.ts';
import { Go, GoFigure } from '#web/ui/go.tsx';
import { count, percent } from '#web/ui/words.ts';
import type { Cockpit } from './cockpit.ts';
import { chosenIn, isPast, listOf, namesAt, type Asked } from './asked.ts';
import { TwoViews } from './two-views.tsx';

const measures = {
  lost: '辍学和去向未落实（人）',
  open: '累计未复学（人）',
  notAccounted: '未落实就学（人）',
} as const;
type Measure = keyof typeof measures;

/** Five steps of the heat, from none to the most; the number always stands in the tile, the colour only repeats it. */
export function heatOf(value: number, most: number): 0 | 1 | 2 | 3 | 4 {
  if (value === 0 || most === 0) return 0;
  const share = value / most;
  return share > 0.75 ? 4 : share > 0.5 ? 3 : share > 0.25 ? 2 : 1;
}

/** The streets as a field of tiles ordered by name, each with its number; a tile opens its names. */
export function Heat({ asked, figures }: { asked: Asked; figures: Cockpit | undefined }) {
  const [measure, setMeasure] = useState<Measure>('lost');
  const mayNames = useMay('children.read');
  const mayFindings = useMay('findings.read');
  const kind = asked.level === null ? 'street' : 'streetLevel';
  const answer = useAnswer(listFigures, { ...listOf(asked, 'street'), ...chosenIn(asked) });
  const accounted = new Map((figures?.bySubdistrict ?? []).map((line) => [line.id, line]));
  const rows = (answer.data?.rows ?? []).map((row) => {
    const [code = ''] = row.key.split(':');
    const lost = row.counts.Drop + row.counts.Gone;
    return { ...row, code, lost, open: row.counts.Open, notAccounted: accounted.get(code)?.notAccounted ?? null };
  });
  const tiles = rows.toSorted((a, b) => a.name.localeCompare(b.name, 'zh-CN'));
  const most = Math.max(0, ...tiles.map((row) => row[measure] ?? 0));
  const opens = (row: (typeof rows)[number], part: 'Drop' | 'Gone' | 'Lost' | 'Open' | 'S1') =>
    mayNames ? namesAt(asked, part, { scopeKind: kind, scopeKey: row.key }) : null;
  // the lists of children and findings are of now, and of everybody
  const same = !isPast(asked) && asked.level === null && asked.base === 'all';
  const enrolledAt = (code: string) =>
    mayNames && same ? addressOf('/children', { standing: 'placed', subdistrict: code, tag: asked.group }) : null;
  const missingAt = (code: string) =>
    mayFindings && same && asked.group === null
      ? addressOf('/compare', { kind: 'notEnrolled', subdistrict: code })
      : null;
  const tileAt = (row: (typeof rows)[number]) => {
    if (measure === 'notAccounted') return missingAt(row.code);
    return opens(row, measure === 'open' ? 'Open' : 'Lost');
  };
  return (
    <TwoViews
      title="在哪些街道"
      note={
        <span className="cockpit-heat-note">
          <Select
            size="small"
            value={measure}
            style={{ width: 210 }}
            aria-label="街道的数字"
            options={Object.entries(measures).map(([value, label]) => ({ value: value as Measure, label }))} // as: the keys are the measures
            onChange={setMeasure}
          />
          <span>按居住地统计，街道按名称排列；颜色越深数字越大，数字写在格中。</span>
        </span>
      }
      chart={
        answer.data === undefined ? (
          <Awaited error={answer.error} retry={() => void answer.refetch()} />
        ) : tiles.length === 0 ? (
          <p className="quiet">还没有登记住址所在街道的学生。</p>
        ) : (
          <ul className="heat" aria-label={`各街道${measures[measure]}`}>
            {tiles.map((row) => {
              const to = tileAt(row);
              const inside = (
                <>
                  <span>{row.name}</span>
                  <strong>{row[measure] === null ? '—' : count(row[measure])}</strong>
                  <small>
                    巩固率 {percentWords(row.figures[0]?.value ?? null)} %{row.small ? '，人数少' : ''}
                  </small>
                </>
              );
              return (
                <li key={row.key} className={`heat-${String(heatOf(row[measure] ?? 0, most))}`}>
                  {(row[measure] ?? 0) === 0 || to === null ? <div>{inside}</div> : <Go to={to}>{inside}</Go>}
                </li>
              );
            })}
          </ul>
        )
      }
      table={
        <div className="plain-scroll">
          <table className="plain-table">
            <thead>
              <tr>
                <th>街道</th>
                <th className="num">巩固率</th>
                <th className="num">辍学</th>
                <th className="num">去向未落实</th>
                <th className="num">累计未复学</th>
                <th className="num">未落实就学</th>
                <th className="num">入学率{asked.base === 'all' ? '' : `（${baseWords[asked.base]}）`}</th>
                <th className="num">期末在校</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => {
                const line = accounted.get(row.code);
                return (
                  <tr key={row.key}>
                    <td>{row.name}</td>
                    <td className="num">
                      {percentWords(row.figures[0]?.value ?? null)} %
                      {row.small ? <span className="cockpit-small">人数少</span> : null}
                    </td>
                    <td className="num">
                      <GoFigure n={row.counts.Drop} to={opens(row, 'Drop')} />
                    </td>
                    <td className="num">
                      <GoFigure n={row.counts.Gone} to={opens(row, 'Gone')} />
                    </td>
                    <td className="num">
                      <GoFigure n={row.counts.Open} to={opens(row, 'Open')} />
                    </td>
                    <td className="num">
                      {row.notAccounted === null ? '—' : <GoFigure n={row.notAccounted} to={missingAt(row.code)} />}
                    </td>
                    <td className="num">
                      {line ? (
                        <GoFigure
                          n={line.enrolled}
                          to={enrolledAt(row.code)}
                          words={percent(line.enrolled, line.denominator)}
                        />
                      ) : (
                        '—'
                      )}
                    </td>
                    <td className="num">
                      <GoFigure n={row.counts.S1} to={opens(row, 'S1')} />
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      }
    />
  );
}
