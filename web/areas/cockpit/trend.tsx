import { useMemo } from 'react';
import { Chart } from '#web/ui/chart.tsx';
import { Block } from '#web/ui/page.tsx';
import { palette, fontFamily } from '#web/ui/theme.ts';
import { useThemeMode } from '#web/ui/theme-mode.ts';
import { count, dayWords, percent } from '#web/ui/words.ts';
import type { Cockpit } from './cockpit.ts';
import { TwoViews } from './two-views.tsx';

/** The enrolment rate of each comparison against its target. */
export function Trend({ figures, target }: { figures: Cockpit; target: number }) {
  const { mode } = useThemeMode();
  const points = figures.trend;
  const option = useMemo(() => {
    const colours = palette[mode];
    const rates = points.map((point) =>
      point.denominator === 0 ? null : Number(((point.enrolled / point.denominator) * 100).toFixed(2)),
    );
    const lowest = Math.min(target * 100, ...rates.map((rate) => rate ?? 100));
    return {
      textStyle: { fontFamily, color: colours.quiet },
      grid: { left: 56, right: 32, top: 32, bottom: 28 },
      tooltip: {
        trigger: 'axis',
        renderMode: 'richText',
        backgroundColor: colours.card,
        borderColor: colours.line,
        textStyle: { color: colours.ink, fontFamily },
        formatter: (items: { dataIndex: number }[]) => {
          const point = points[items[0]?.dataIndex ?? -1];
          return point
            ? `${dayWords(point.asOf)}\n入学率 ${percent(point.enrolled, point.denominator)}\n${count(point.enrolled)} ÷ ${count(point.denominator)}\n未落实 ${count(point.notAccounted)} 人`
            : '';
        },
      },
      xAxis: {
        type: 'category',
        data: points.map((point) => point.asOf),
        axisLine: { lineStyle: { color: colours.line } },
        axisTick: { show: false },
        axisLabel: { color: colours.quiet, hideOverlap: true },
      },
      yAxis: {
        type: 'value',
        min: Math.max(0, Math.floor(lowest - 1)),
        max: 100,
        axisLabel: { color: colours.quiet, formatter: '{value} %' },
        splitLine: { lineStyle: { color: colours.line } },
      },
      series: [
        {
          type: 'line',
          data: rates,
          symbol: 'circle',
          symbolSize: 8,
          lineStyle: { color: colours.primary, width: 2 },
          itemStyle: { color: colours.primary },
          markLine: {
            silent: true,
            symbol: 'none',
            data: [{ yAxis: target * 100 }],
            lineStyle: { color: colours.success, type: 'dashed' },
            label: {
              position: 'insideStartTop',
              color: colours.success,
              formatter: `目标 ${percent(target * 1000, 1000)}`,
            },
          },
        },
      ],
    };
  }, [points, target, mode]);
  const table = (
    <div className="plain-scroll">
      <table className="plain-table">
        <thead>
          <tr>
            <th>截至</th>
            <th className="num">入学率</th>
            <th className="num">已就学</th>
            <th className="num">应就学</th>
            <th className="num">未落实</th>
          </tr>
        </thead>
        <tbody>
          {points.map((point, index) => (
            <tr key={`${point.asOf}.${String(index)}`}>
              <td>{point.asOf}</td>
              <td className="num">{percent(point.enrolled, point.denominator)}</td>
              <td className="num">{count(point.enrolled)}</td>
              <td className="num">{count(point.denominator)}</td>
              <td className="num">{count(point.notAccounted)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
  if (points.length === 0) {
    return (
      <Block title="走势">
        <p className="quiet">再做一次比对后，这里显示入学率的变化。</p>
      </Block>
    );
  }
  return (
    <TwoViews
      title="入学率走势"
      chart={<Chart option={option} height={260} words={`入学率走势，共 ${count(points.length)} 次比对，数字见表格`} />}
      table={table}
    />
  );
}
