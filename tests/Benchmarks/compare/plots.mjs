// How costs grow, as pictures: both axes logarithmic, so that a line's slope is the power. Colours are seen on light and on dark paper.
import * as echarts from 'echarts';

const ink = '#808080';
const faint = '#80808040';
const colours = ['#3b82f6', '#e07b1a'];
const panel = { width: 380, height: 300, left: 70, top: 62, gap: 84 };
const lineOfLegend = 20;

/**
 * @param title What is drawn.
 * @param panels Each with a title, the names of its axes, and series of a name, points, and a style: which colour, and whether it is dashed.
 * @returns The picture as SVG.
 */
export function draw(title, panels) {
  const width = panel.left + panels.length * (panel.width + panel.gap) - panel.gap + 24;
  const top = panel.top + lineOfLegend * Math.max(...panels.map((p) => p.series.length));
  const height = top + panel.height + 56;
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width, height });
  const [low, high] = bounds(panels.flatMap((p) => p.series.flatMap((s) => s.points.map(([, y]) => y))));
  chart.setOption({
    animation: false,
    textStyle: { fontFamily: 'sans-serif', color: ink },
    title: [
      { text: title, left: panel.left - 5, top: 6, textStyle: { color: ink, fontSize: 16 } },
      ...panels.map((p, i) => ({ text: p.title, left: leftOf(i), top: 36, textStyle: { color: ink, fontSize: 13, fontWeight: 'normal' } })),
    ],
    legend: panels.map((p, i) => ({
      data: p.series.map((s) => s.name),
      left: leftOf(i) - 5,
      top: 52,
      orient: 'vertical',
      itemWidth: 26,
      itemGap: 6,
      textStyle: { color: ink, fontSize: 12 },
    })),
    grid: panels.map((_, i) => ({ left: leftOf(i), top, width: panel.width, height: panel.height })),
    xAxis: panels.map((p, i) => axis(i, p.x, bounds(p.series.flatMap((s) => s.points.map(([x]) => x))), 30)),
    yAxis: panels.map((p, i) => axis(i, p.y, [low, high], 46)),
    series: panels.flatMap((p, i) => [...p.series.map((s) => line(s, i)), linear(p, i, low, high)]),
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return `${svg}\n`;
}

const leftOf = (i) => panel.left + i * (panel.width + panel.gap);

/** The powers of ten that all values lie between. */
function bounds(values) {
  const [low, high] = [Math.floor(Math.log10(Math.min(...values))), Math.ceil(Math.log10(Math.max(...values)))];
  return [10 ** low, 10 ** Math.max(high, low + 1)];
}

function axis(gridIndex, name, [min, max], nameGap) {
  return {
    type: 'log',
    gridIndex,
    name,
    nameLocation: 'middle',
    nameGap,
    nameTextStyle: { color: ink, fontSize: 12 },
    min,
    max,
    axisLine: { show: true, lineStyle: { color: ink } },
    axisTick: { show: true, lineStyle: { color: ink } },
    axisLabel: { color: ink, fontSize: 12, formatter: (value) => (value < 1 ? String(value) : value.toLocaleString('en')) },
    splitLine: { lineStyle: { color: faint } },
    minorTick: { show: true, splitNumber: 9 },
    minorSplitLine: { show: false },
  };
}

function line({ name, points, colour, isDashed }, i) {
  return {
    type: 'line',
    name,
    xAxisIndex: i,
    yAxisIndex: i,
    data: points,
    symbol: 'circle',
    symbolSize: isDashed ? 4 : 6,
    itemStyle: { color: colours[colour] },
    lineStyle: { width: 2, color: colours[colour], type: isDashed ? 'dashed' : 'solid' },
  };
}

/** What grows in proportion, for the eye: through the last point of the first series, as far as the picture goes. */
function linear({ series }, i, low, high) {
  const [x, y] = series[0].points.at(-1);
  const [from, to] = bounds(series.flatMap((s) => s.points.map(([at]) => at)));
  const start = Math.max(from, (low * x) / y);
  const end = Math.min(to, (high * x) / y);
  return {
    type: 'line',
    xAxisIndex: i,
    yAxisIndex: i,
    data: [
      [start, (y * start) / x],
      [end, (y * end) / x],
    ],
    symbol: 'none',
    silent: true,
    lineStyle: { width: 1, type: 'dotted', color: ink },
    endLabel: { show: true, formatter: 'linear', color: ink, fontSize: 11, distance: -34, offset: [0, 14] },
  };
}
