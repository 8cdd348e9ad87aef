import { fontFamily, palette, type ThemeMode } from '#web/ui/theme.ts';

/** A point of a trend: its words below the axis, the value in per cent, and what the pointer says. */
export interface TrendPoint {
  label: string;
  value: number | null;
  told: string;
}

/** A line of rates against a target, for the chart. */
export function lineOption(points: readonly TrendPoint[], target: number | null, mode: ThemeMode, big = false) {
  const colours = palette[mode];
  const values = points.flatMap((point) => (point.value === null ? [] : [point.value]));
  const lowest = Math.min(...values, target ?? 100);
  const size = big ? 20 : 12;
  return {
    textStyle: { fontFamily, color: colours.quiet, fontSize: size },
    grid: { left: big ? 96 : 60, right: 32, top: 32, bottom: big ? 44 : 28 },
    tooltip: {
      trigger: 'axis',
      renderMode: 'richText',
      backgroundColor: colours.card,
      borderColor: colours.line,
      textStyle: { color: colours.ink, fontFamily },
      formatter: (items: { dataIndex: number }[]) => points[items[0]?.dataIndex ?? -1]?.told ?? '',
    },
    xAxis: {
      type: 'category',
      data: points.map((point) => point.label),
      axisLine: { lineStyle: { color: colours.line } },
      axisTick: { show: false },
      axisLabel: { color: colours.quiet, hideOverlap: true, fontSize: size },
    },
    yAxis: {
      type: 'value',
      min: Math.max(0, Math.floor((lowest - 0.2) * 2) / 2),
      max: 100,
      axisLabel: { color: colours.quiet, formatter: '{value} %', fontSize: size },
      splitLine: { lineStyle: { color: colours.line } },
    },
    series: [
      {
        type: 'line',
        data: points.map((point) => (point.value === null ? null : Number(point.value.toFixed(2)))),
        symbol: 'circle',
        symbolSize: big ? 14 : 8,
        lineStyle: { color: colours.primary, width: big ? 4 : 2 },
        itemStyle: { color: colours.primary },
        ...(target === null
          ? {}
          : {
              markLine: {
                silent: true,
                symbol: 'none',
                data: [{ yAxis: target }],
                lineStyle: { color: colours.success, type: 'dashed' },
                label: {
                  position: 'insideStartTop',
                  color: colours.success,
                  fontSize: size,
                  formatter: `目标 ${target.toFixed(1)} %`,
                },
              },
            }),
      },
    ],
  };
}
