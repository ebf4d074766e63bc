import { expect, test } from 'vitest';
import type { Sparkline } from '../../main/resources/META-INF/frontend/tillpost/sparkline';
import { sparklinePath } from '../../main/resources/META-INF/frontend/tillpost/sparkline';
import { HOSTILE, all, change, mount, one, smuggled } from './mount';

test('draws from left to right, the highest at the top', () => {
  expect(sparklinePath([0, 5, 10])).toEqual([
    [0, 22],
    [50, 12],
    [100, 2],
  ]);
});

test('leaves out what is no number, and survives level and single points', () => {
  expect(sparklinePath([0, Number.NaN, 10]).length).toBe(2);
  expect(sparklinePath([0, 0])).toEqual([
    [0, 22],
    [100, 22],
  ]);
  expect(sparklinePath([7])).toEqual([[100, 2]]);
});

test('shows a dash without points', async () => {
  const element = await mount<Sparkline>('tillpost-sparkline');

  expect(all(element, '.none').length).toBe(1);
});

test('moves in place, and its summary stays text', async () => {
  const element = await mount<Sparkline>('tillpost-sparkline', { points: [1, 2], summary: HOSTILE });
  const svg = one(element, 'svg');
  const before = one(element, '.line').getAttribute('d');

  await change(element, { points: [2, 1] });

  expect(one(element, 'svg')).toBe(svg);
  expect(one(element, '.line').getAttribute('d')).not.toBe(before);
  expect(svg.getAttribute('aria-label')).toBe(HOSTILE);
  expect(smuggled(element)).toEqual([]);
});
