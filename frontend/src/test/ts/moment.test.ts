import { expect, test } from 'vitest';
import { ageText, durationText, fullText, timeText } from '../../main/resources/META-INF/frontend/tillpost/moment';

const AT = Date.parse('2026-11-24T06:15:04Z');

test('moments say their zone, as the server writes them', () => {
  expect(fullText(AT, 'Europe/Berlin')).toBe('2026-11-24 07:15:04 CET');
  expect(fullText(AT, 'UTC')).toBe('2026-11-24 06:15:04 UTC');
  expect(timeText(Date.parse('2026-11-24T00:00:00Z'), 'UTC')).toBe('00:00:00');
});

test('a zone the browser does not know becomes UTC and says so', () => {
  expect(fullText(AT, 'Mars/Olympus')).toBe('2026-11-24 06:15:04 UTC');
});

test('ages read in at most two units', () => {
  expect([-3, 59, 34 * 60, 125 * 60, 76 * 3600].map((seconds) => ageText(seconds * 1000))).toEqual([
    '0 s',
    '59 s',
    '34 min',
    '2 h 05 min',
    '3 d 4 h',
  ]);
});

test('durations keep three digits and the unit that fits', () => {
  expect([0, 0.00031, 0.31, 12.36, 999.6, 1250, 243_100, -79].map(durationText)).toEqual([
    '0 ms',
    '0.31 µs',
    '310 µs',
    '12.4 ms',
    '1 s',
    '1.25 s',
    '4 min 03 s',
    '−79 ms',
  ]);
});
