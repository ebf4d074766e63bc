import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { setServerTime } from '../../main/resources/META-INF/frontend/tillpost/clock';
import type { ServerClock } from '../../main/resources/META-INF/frontend/tillpost/server-clock';
import '../../main/resources/META-INF/frontend/tillpost/server-clock';
import type { RelativeTime } from '../../main/resources/META-INF/frontend/tillpost/relative-time';
import '../../main/resources/META-INF/frontend/tillpost/relative-time';
import { mount, one, words } from './mount';

const NOW = Date.parse('2026-11-24T14:00:00Z');

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
  setServerTime(NOW);
});

afterEach(() => {
  document.body.replaceChildren();
  vi.useRealTimers();
});

function mounted(at: number | undefined) {
  return mount<RelativeTime>('tillpost-relative-time', { ...(at === undefined ? {} : { at }), zone: 'Europe/Dublin' });
}

test('says how long ago it was, and exactly when in the tooltip', async () => {
  const element = await mounted(NOW - 192_000);

  expect(words(element)).toBe('3 min ago');
  expect(one(element, 'time').title).toBe('2026-11-24 13:56:48 GMT');
  expect(one(element, 'time').getAttribute('datetime')).toBe('2026-11-24T13:56:48.000Z');
});

test('ticks by itself in the same node', async () => {
  const element = await mounted(NOW - 58_000);
  const node = one(element, 'time');

  vi.advanceTimersByTime(3000);
  await element.updateComplete;

  expect(words(element)).toBe('1 min ago');
  expect(one(element, 'time')).toBe(node);
});

test('stops its timer when it leaves the page', async () => {
  const element = await mounted(NOW);
  expect(vi.getTimerCount()).toBe(1);

  element.remove();

  expect(vi.getTimerCount()).toBe(0);
});

test('counts by the server where the clock of the browser is wrong', async () => {
  const element = await mounted(NOW - 60_000);

  const clock = document.createElement('tillpost-server-clock') as ServerClock;
  clock.tell(NOW + 3_600_000);
  vi.advanceTimersByTime(1000);
  await element.updateComplete;

  expect(words(element)).toBe('1 h 01 min ago');
});

test('speaks of the future, and of no time at all', async () => {
  expect(words(await mounted(NOW + 90_000))).toBe('in 1 min');
  expect(words(await mounted(NOW))).toBe('just now');
  expect(words(await mounted(undefined))).toBe('—');
  expect(words(await mounted(Number.NaN))).toBe('—');
});
