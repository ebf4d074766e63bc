import { expect, test } from 'vitest';
import type { ImpactFigures, ImpactTile } from '../../main/resources/META-INF/frontend/tillpost/impact-tile';
import '../../main/resources/META-INF/frontend/tillpost/impact-tile';
import { HOSTILE, all, change, mount, one, smuggled, words } from './mount';

const figures: ImpactFigures = {
  title: 'Stores with unsent transactions',
  href: 'stores?unsent',
  severity: 'critical',
  count: '14',
  money: '48,210.55 EUR',
  oldest: 'oldest 42 min',
  direction: 'WORSE',
  trend: [1, 2, 3],
  trendSummary: '1 to 3 in 6 h',
  lines: [],
};

test('says everything in words, colour or not', async () => {
  const element = await mount<ImpactTile>('tillpost-impact-tile', { figures });

  expect(words(element)).toBe(
    'Stores with unsent transactions Critical 14 ↑ getting worse 48,210.55 EUR oldest 42 min',
  );
  expect(one(element, 'h3 a').getAttribute('href')).toBe('stores?unsent');
  expect(all(element, '.severity svg').length).toBe(1);
});

test('changes figures in place', async () => {
  const element = await mount<ImpactTile>('tillpost-impact-tile', { figures });
  const link = one(element, 'h3 a');
  const line = one(element, 'tillpost-sparkline');

  await change(element, { figures: { ...figures, count: '15', severity: 'ok', direction: 'BETTER' } });

  expect(one(element, 'h3 a')).toBe(link);
  expect(one(element, 'tillpost-sparkline')).toBe(line);
  expect(words(element)).toContain('OK 15 ↓ getting better');
});

test('leads to the list behind each part', async () => {
  const lines = [{ label: 'mine', value: '4', href: 'exceptions?owner=mine' }];
  const element = await mount<ImpactTile>('tillpost-impact-tile', { figures: { ...figures, lines } });

  expect(one(element, 'li a').getAttribute('href')).toBe('exceptions?owner=mine');
  expect(words(one(element, 'li'))).toBe('mine4');
});

test('shows no line, no money and no direction where there is none', async () => {
  const none: ImpactFigures = { ...figures, money: '', oldest: '', trend: [], direction: 'UNKNOWN' };
  const element = await mount<ImpactTile>('tillpost-impact-tile', { figures: none });

  expect(all(element, 'tillpost-sparkline, .direction')).toEqual([]);
  expect(words(one(element, '.facts'))).toBe('');
});

test('keeps a hostile title as text and follows no script', async () => {
  const hostile = { ...figures, title: HOSTILE, count: HOSTILE, href: ' javascript:alert(1)', severity: HOSTILE };
  const element = await mount<ImpactTile>('tillpost-impact-tile', { figures: hostile });

  expect(words(one(element, 'h3'))).toBe(HOSTILE);
  expect(one(element, 'h3 a').hasAttribute('href')).toBe(false);
  expect(smuggled(element)).toEqual([]);
});
