import { useMemo } from 'react';
import { useMay } from '#web/api/me.ts';
import { Chart } from '#web/ui/chart.tsx';
import { Go, useGo } from '#web/ui/go.tsx';
import { palette, fontFamily } from '#web/ui/theme.ts';
import { useThemeMode } from '#web/ui/theme-mode.ts';
import { count, percent } from '#web/ui/words.ts';
import type { Cockpit } from './cockpit.ts';
import { TwoViews } from './two-views.tsx';

type Line = Cockpit['bySubdistrict'][number];

/** The streets with children not accounted for, most first; a bar opens its names. */
export function Subdistricts({ figures }: { figures: Cockpit }) {
  const { mode } = useThemeMode();
  const go = useGo();
  const mayFindings = useMay('findings.read');
  const lines = useMemo(
    () =>
      [...figures.bySubdistrict].sort(
        (a, b) => b.notAccounted - a.notAccounted || b.statedElsewhere - a.statedElsewhere,
      ),
    [figures.bySubdistrict],
  );
  const option = useMemo(() => {
    const colours = palette[mode];
    const bar = (name: string, colour: string, value: (line: Line) => number, last: boolean) => ({
      name,
      type: 'bar',
      stack: 'all',
      barMaxWidth: 18,
      data: lines.map(value),
      itemStyle: { color: colour },
      cursor: mayFindings ? 'pointer' : 'default',
      ...(last
        ? {
            label: {
              show: true,
              position: 'right',
              color: colours.ink,
              formatter: (item: { dataIndex: number }) => {
                const line = lines[item.dataIndex];
                return line ? `${count(line.notAccounted)} / ${count(line.statedElsewhere)}` : '';
              },
            },
          }
        : {}),
    });
    return {
      textStyle: { fontFamily, color: colours.quiet },
      grid: { left: 8, right: 64, top: 8, bottom: 24, containLabel: true },
      tooltip: {
        trigger: 'axis',
        axisPointer: { type: 'shadow' },
        renderMode: 'richText',
        backgroundColor: colours.card,
        borderColor: colours.line,
        textStyle: { color: colours.ink, fontFamily },
        formatter: (items: { dataIndex: number }[]) => {
          const line = lines[items[0]?.dataIndex ?? -1];
          return line
            ? `${line.name}\n未落实 ${count(line.notAccounted)} 人\n自述在外就读 ${count(line.statedElsewhere)} 人\n入学率 ${percent(line.enrolled, line.owing - line.deferred)}`
            : '';
        },
      },
      xAxis: {
        type: 'value',
        minInterval: 1,
        axisLabel: { color: colours.quiet },
        splitLine: { lineStyle: { color: colours.line } },
      },
      yAxis: {
        type: 'category',
        inverse: true,
        data: lines.map((line) => line.name),
        axisTick: { show: false },
        axisLine: { lineStyle: { color: colours.line } },
        axisLabel: { color: colours.ink },
      },
      series: [
        bar('未落实', colours.danger, (line) => line.notAccounted, false),
        bar('自述在外就读', mode === 'dark' ? '#5c6b80' : '#b6c2d2', (line) => line.statedElsewhere, true),
      ],
    };
  }, [lines, mode, mayFindings]);
  const number = (to: string, value: number) =>
    mayFindings && value > 0 ? <Go to={to}>{count(value)}</Go> : count(value);
  const table = (
    <div className="plain-scroll">
      <table className="plain-table">
        <thead>
          <tr>
            <th>街道</th>
            <th className="num">未落实</th>
            <th className="num">自述在外就读</th>
            <th className="num">延缓入学</th>
            <th className="num">已就学</th>
            <th className="num">适龄</th>
            <th className="num">入学率</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.id}>
              <td>
                <Go to={`/children?subdistrict=${line.id}`}>{line.name}</Go>
              </td>
              <td className="num">{number(`/compare?kind=notEnrolled&subdistrict=${line.id}`, line.notAccounted)}</td>
              <td className="num">
                {number(`/compare?kind=enrolledElsewhere&subdistrict=${line.id}`, line.statedElsewhere)}
              </td>
              <td className="num">{number(`/compare?kind=deferred&subdistrict=${line.id}`, line.deferred)}</td>
              <td className="num">
                <Go to={`/children?standing=enrolled&subdistrict=${line.id}`}>{count(line.enrolled)}</Go>
              </td>
              <td className="num">{count(line.owing)}</td>
              <td className="num" title={`${count(line.enrolled)} ÷ ${count(line.owing - line.deferred)}`}>
                {percent(line.enrolled, line.owing - line.deferred)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
  const chart = (
    <Chart
      option={option}
      height={Math.max(120, lines.length * 34 + 40)}
      words={`各街道未落实人数：${lines.map((line) => `${line.name} ${String(line.notAccounted)} 人`).join('，')}`}
      onPick={(index) => {
        const line = lines[index];
        if (line && mayFindings) go(`/compare?kind=notEnrolled&subdistrict=${line.id}`);
      }}
    />
  );
  if (lines.length === 0) return null;
  return (
    <TwoViews
      title="在哪些街道"
      note="红色为未落实，灰色为自述在外就读待核实。点一条看名单。"
      chart={chart}
      table={table}
    />
  );
}
