import { beforeEach, expect, test, vi } from 'vitest';
import {
  COLOURS,
  colourOf,
  optionOf,
  tooltipOf,
  valueText,
  type Colours,
} from '../../main/resources/META-INF/frontend/tillpost/chart-option';
import type { TimeSeriesChart } from '../../main/resources/META-INF/frontend/tillpost/time-series-chart';
import '../../main/resources/META-INF/frontend/tillpost/time-series-chart';
import { chart } from '../showcase/samples';
import { HOSTILE, all, change, mount, one, words } from './mount';

const drawn = vi.hoisted(() => ({ setOption: vi.fn(), resize: vi.fn(), dispose: vi.fn() }));
const init = vi.hoisted(() => vi.fn(() => drawn));

// There is no canvas here: what is really drawn is looked at on the showcase page.
vi.mock('../../main/resources/META-INF/frontend/tillpost/chart-engine', () => ({ init }));

const colours = Object.fromEntries(COLOURS.map((name) => [name, name])) as Colours;

beforeEach(() => vi.clearAllMocks());

test('values have their unit, and gaps say that nothing is known', () => {
  expect(valueText(1234.567, 'ms')).toBe('1,234.57 ms');
  expect(valueText(null, 'ms')).toBe('no data');
});

test('a severity has its own colour, other lines take turns', () => {
  const [first, , third] = chart().series;

  expect(first && colourOf(first, 0, colours)).toBe('series-1');
  expect(third && colourOf(third, 2, colours)).toBe('serious');
});

test('lines differ by their dashes too', () => {
  const series = optionOf(chart(), colours, 'sans')['series'] as { lineStyle: { type: unknown } }[];

  expect(new Set(series.map((each) => JSON.stringify(each.lineStyle.type))).size).toBe(3);
});

test('the tooltip is made of text', () => {
  const box = tooltipOf(
    [{ seriesName: HOSTILE, color: 'red', value: [Date.parse('2026-11-24T14:00:00Z'), 7] }],
    chart(),
  );

  expect(box.querySelector('img, script')).toBeNull();
  expect(box.textContent).toBe(`2026-11-24 14:00:00 GMT${HOSTILE}7 ms`);
});

test('draws once and then changes in place', async () => {
  const element = await mount<TimeSeriesChart>('tillpost-time-series-chart', { chart: chart() });
  await vi.waitFor(() => expect(drawn.setOption).toHaveBeenCalledTimes(1));

  await change(element, { chart: chart(48) });

  expect(init).toHaveBeenCalledTimes(1);
  expect(drawn.setOption).toHaveBeenLastCalledWith(expect.anything(), { notMerge: false });

  await change(element, { chart: { ...chart(), series: chart().series.slice(1) } });
  expect(drawn.setOption).toHaveBeenLastCalledWith(expect.anything(), { notMerge: true });
});

test('lets go when it leaves the page, and draws again when it comes back', async () => {
  const element = await mount<TimeSeriesChart>('tillpost-time-series-chart', { chart: chart() });
  await vi.waitFor(() => expect(init).toHaveBeenCalledTimes(1));

  element.remove();
  expect(drawn.dispose).toHaveBeenCalledTimes(1);
  document.body.append(element);

  await vi.waitFor(() => expect(init).toHaveBeenCalledTimes(2));
});

test('says in words and in a table what it shows', async () => {
  const element = await mount<TimeSeriesChart>('tillpost-time-series-chart', { chart: chart(3) });
  expect(one(element, '[role=img]').getAttribute('aria-label')).toBe(chart().summary);
  expect(all(element, 'table')).toEqual([]);

  const details = one(element, 'details') as HTMLDetailsElement;
  details.open = true;
  details.dispatchEvent(new Event('toggle'));
  await element.updateComplete;

  expect(all(element, 'tr').length).toBe(4);
  expect(words(all(element, 'tr')[1] as Node)).toMatch(/^2026-11-24 06:00:00 GMT/);
});

test('says that there is no data', async () => {
  const element = await mount<TimeSeriesChart>('tillpost-time-series-chart');
  expect(words(element)).toBe('No data for this period');

  await change(element, { chart: { ...chart(), series: [{ name: 'a', shape: 'LINE', points: [] }] } });
  expect(words(element)).toBe('No data for this period');
  expect(init).not.toHaveBeenCalled();
});
