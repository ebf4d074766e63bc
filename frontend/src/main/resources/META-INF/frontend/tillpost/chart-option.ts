/** What the drawing library is told: from our data and colours to its options. */
import type { EChartsCoreOption } from 'echarts/core';
import { dayText, minuteText, timeText, zoneText } from './moment';

export type Point = readonly [at: number, value: number | null];

export interface Series {
  name: string;
  shape: 'LINE' | 'AREA' | 'BAR' | 'STACKED_BAR';
  severity?: string;
  points: readonly Point[];
}

export interface Chart {
  unit: string;
  zone: string;
  summary: string;
  threshold?: { name: string; value: number };
  series: readonly Series[];
}

export const COLOURS = [
  'text',
  'text-quiet',
  'line',
  'surface-raised',
  'critical',
  'serious',
  'warning',
  'info',
  'ok',
  'series-1',
  'series-2',
  'series-3',
  'series-4',
  'series-5',
  'series-6',
] as const;

export type Colours = Record<(typeof COLOURS)[number], string>;

/** Lines that differ by more than their colour. */
const DASHES = ['solid', [6, 3], [2, 3], [8, 3, 2, 3]] as const;

export function colourOf(series: Series, index: number, colours: Colours): string {
  if (series.severity && series.severity in colours) {
    return colours[series.severity as keyof Colours];
  }
  return colours[`series-${(index % 6) + 1}` as keyof Colours];
}

export function valueText(value: number | null | undefined, unit: string): string {
  if (value === null || value === undefined || !Number.isFinite(value)) {
    return 'no data';
  }
  const text = value.toLocaleString('en', { maximumFractionDigits: 2 });
  return unit ? `${text} ${unit}` : text;
}

export function optionOf(chart: Chart, colours: Colours, font: string): EChartsCoreOption {
  const text = { color: colours['text-quiet'], fontFamily: font, fontSize: 11 };
  return {
    animation: false,
    backgroundColor: 'transparent',
    grid: { left: 8, right: 12, top: chart.series.length > 1 ? 34 : 12, bottom: 4, outerBounds: { left: 4, right: 8 } },
    legend: {
      show: chart.series.length > 1,
      left: 0,
      top: 0,
      itemHeight: 10,
      itemWidth: 18,
      icon: 'rect',
      textStyle: text,
    },
    tooltip: {
      trigger: 'axis',
      transitionDuration: 0,
      confine: true,
      backgroundColor: colours['surface-raised'],
      borderColor: colours.line,
      textStyle: { color: colours.text, fontFamily: font, fontSize: 12 },
      formatter: (hovered: unknown) => tooltipOf(hovered, chart),
    },
    xAxis: {
      type: 'time',
      axisLine: { lineStyle: { color: colours.line } },
      axisTick: { show: false },
      splitLine: { show: false },
      axisLabel: { ...text, hideOverlap: true, formatter: (at: number) => axisText(at, chart.zone) },
    },
    yAxis: {
      type: 'value',
      min: 0,
      axisLine: { show: false },
      axisTick: { show: false },
      splitLine: { lineStyle: { color: colours.line, type: [2, 4] } },
      axisLabel: { ...text, formatter: (value: number) => valueText(value, chart.unit) },
    },
    series: chart.series.map((series, index) => seriesOf(series, index, chart, colours, text)),
  };
}

function seriesOf(series: Series, index: number, chart: Chart, colours: Colours, text: object): object {
  const colour = colourOf(series, index, colours);
  const bar = series.shape === 'BAR' || series.shape === 'STACKED_BAR';
  return {
    id: String(index),
    name: series.name,
    type: bar ? 'bar' : 'line',
    data: series.points,
    color: colour,
    showSymbol: series.points.length === 1,
    connectNulls: false,
    ...(series.shape === 'STACKED_BAR' ? { stack: 'all' } : {}),
    ...(bar ? { barMaxWidth: 24 } : { lineStyle: { width: 1.75, type: DASHES[index % DASHES.length] } }),
    ...(series.shape === 'AREA' ? { areaStyle: { color: colour, opacity: 0.14 } } : {}),
    markLine: index === 0 && chart.threshold ? thresholdOf(chart.threshold, chart, colours, text) : { data: [] },
  };
}

function thresholdOf(threshold: { name: string; value: number }, chart: Chart, colours: Colours, text: object): object {
  return {
    silent: true,
    symbol: 'none',
    animation: false,
    lineStyle: { color: colours.critical, type: [5, 4], width: 1.25 },
    label: {
      ...text,
      position: 'insideEndTop',
      color: colours.critical,
      formatter: () => `${threshold.name} ${valueText(threshold.value, chart.unit)}`,
    },
    data: [{ yAxis: threshold.value }],
  };
}

/** Midnight says the day, everything else the time. */
function axisText(at: number, zone: string): string {
  const minute = minuteText(at, zone);
  return minute === '00:00' ? dayText(at, zone).slice(5) : minute;
}

interface Hovered {
  seriesName?: string;
  color?: unknown;
  value?: unknown;
}

/** Elements, not markup: names come from outside. */
export function tooltipOf(hovered: unknown, chart: Chart): HTMLElement {
  const all = (Array.isArray(hovered) ? hovered : [hovered]) as Hovered[];
  const box = document.createElement('div');
  const at = pointOf(all[0])[0];
  box.append(line('strong', `${dayText(at, chart.zone)} ${timeText(at, chart.zone)} ${zoneText(at, chart.zone)}`));
  for (const one of all) {
    const row = line('div', '');
    const swatch = document.createElement('span');
    swatch.className = 'swatch';
    swatch.style.background = typeof one.color === 'string' ? one.color : 'currentColor';
    row.className = 'row';
    row.append(swatch, line('span', one.seriesName ?? ''), line('b', valueText(pointOf(one)[1], chart.unit)));
    box.append(row);
  }
  return box;
}

function pointOf(hovered: Hovered | undefined): [number, number | null] {
  const value = hovered?.value;
  return Array.isArray(value) ? [Number(value[0]), value[1] === null ? null : Number(value[1])] : [NaN, null];
}

function line(tag: string, text: string): HTMLElement {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
}
