import { expect, test } from 'vitest';
import {
  pathOf,
  stageWord,
  verdictOf,
  type Attempt,
  type Story,
} from '../../main/resources/META-INF/frontend/tillpost/stage-path';
import type { StageTimeline } from '../../main/resources/META-INF/frontend/tillpost/stage-timeline';
import '../../main/resources/META-INF/frontend/tillpost/stage-timeline';
import { failedStory, goodStory } from '../showcase/samples';
import { HOSTILE, all, change, mount, one, smuggled, words } from './mount';

const T = Date.parse('2026-11-24T14:00:00Z');

function attempt(number: number, ...stages: [stage: string, seconds: number][]): Attempt {
  return { number, stops: stages.map(([stage, seconds]) => ({ stage, at: T + seconds * 1000, system: 'hub' })) };
}

function story(attempts: Attempt[], dueAt?: number): Story {
  return { source: 'POS', middleware: 'Hub', target: 'ERP', zone: 'UTC', attempts, ...(dueAt ? { dueAt } : {}) };
}

function states(of: Attempt): string {
  return pathOf(of)
    .steps.map((step) => step.state)
    .join(' ');
}

test('an attempt stops at the first stage it did not come to', () => {
  expect(states(attempt(1, ['CAPTURED', 0], ['RECEIVED', 1], ['FAILED', 2]))).toBe(
    'reached reached stopped ahead ahead ahead ahead',
  );
});

test('an open attempt waits for the next stage', () => {
  expect(states(attempt(1, ['CAPTURED', 0]))).toBe('reached waiting ahead ahead ahead ahead ahead');
  expect(states(attempt(1))).toBe('waiting ahead ahead ahead ahead ahead ahead');
});

test('a stage that a later one proves was not reported; a later attempt begins behind the till', () => {
  expect(states(attempt(1, ['CAPTURED', 0], ['QUEUED', 1], ['CONFIRMED', 2]))).toBe(
    'reached unreported unreported unreported reached unreported reached',
  );
  expect(states(attempt(2, ['QUEUED', 0]))).toBe('before before before before reached waiting ahead');
});

test('gaps run from stage to stage, over what was not reported, and backwards where clocks differ', () => {
  const { steps, endings } = pathOf(
    attempt(1, ['CAPTURED', 10], ['RECEIVED', 8], ['QUEUED', 12], ['DEAD_LETTERED', 90], ['FAILED', 15]),
  );

  expect(steps.map((step) => step.gap)).toEqual([undefined, -2000, undefined, undefined, 4000, undefined, undefined]);
  expect(endings.map((ending) => [ending.stop.stage, ending.gap])).toEqual([
    ['FAILED', 3000],
    ['DEAD_LETTERED', 75_000],
  ]);
});

test('stands against the due time as the first confirmation does', () => {
  const confirmed = story([attempt(1, ['CONFIRMED', 30]), attempt(2, ['FAILED', 50])], T + 60_000);

  expect(verdictOf(confirmed, T + 999_000)).toEqual({ kind: 'in-time', by: 30_000 });
  expect(verdictOf({ ...confirmed, dueAt: T }, T)).toEqual({ kind: 'breached', by: 30_000 });
  expect(verdictOf(story([attempt(1, ['CAPTURED', 0])], T + 60_000), T)).toEqual({ kind: 'due', by: 60_000 });
  expect(verdictOf(story([attempt(1, ['FAILED', 0])], T), T + 5000)).toEqual({ kind: 'overdue', by: 5000 });
  expect(verdictOf(story([attempt(1, ['DISCARDED', 9])], T), T)).toEqual({ kind: 'given-up', by: -9000 });
  expect(verdictOf(story([]), T)).toEqual({ kind: 'none' });
});

test('shows where it stopped, why and by whose word', async () => {
  const element = await mount<StageTimeline>('tillpost-stage-timeline', { story: failedStory });

  const [first, second] = all(element, 'section');
  expect(words(first as Node)).toContain('Submitted 14:03:21 erp-adapter');
  expect(words(first as Node)).toContain('Confirmed not reached');
  expect(words(first as Node)).toContain('Failed 14:03:22 +339 ms by erp-adapter TAX_CODE_UNKNOWN Tax code V9');
  expect(words(second as Node)).toContain('Dead-lettered 14:10:24 +5 min 00 s by integration-hub');
  expect(words(one(element, '.bands'))).toBe('POS Middleware ERP');
});

test('says that a message was confirmed before it was due', async () => {
  const element = await mount<StageTimeline>('tillpost-stage-timeline', { story: goodStory });

  expect(words(one(element, '.due'))).toBe(
    'Confirmed 56 s before it was due due 14:08:12 GMT 99 % confirmed within 5 min',
  );
  expect(all(element, '.gap.odd').map(words)).toEqual(['−1.82 s']);
});

test('grows in place when the next stage comes', async () => {
  const open = story([attempt(1, ['CAPTURED', 0])]);
  const element = await mount<StageTimeline>('tillpost-stage-timeline', { story: open });
  const received = one(element, '[data-stage=RECEIVED]');
  expect(received.className).toBe('waiting');

  await change(element, { story: story([attempt(1, ['CAPTURED', 0], ['RECEIVED', 4])]) });

  expect(one(element, '[data-stage=RECEIVED]')).toBe(received);
  expect(received.className).toBe('reached');
});

test('folds the middle of many attempts until asked', async () => {
  const many = story(Array.from({ length: 9 }, (_, index) => attempt(9 - index, ['QUEUED', index], ['FAILED', index])));
  const element = await mount<StageTimeline>('tillpost-stage-timeline', { story: many });
  expect(all(element, 'h4').map(words)).toEqual(['Attempt 1', 'Attempt 7', 'Attempt 8', 'Attempt 9']);

  one(element, 'button').click();
  await element.updateComplete;

  expect(all(element, 'section').length).toBe(9);
});

test('has words for nothing, and for stages', async () => {
  expect(words(await mount<StageTimeline>('tillpost-stage-timeline'))).toBe('No stage was reported yet');
  expect(stageWord('DEAD_LETTERED')).toBe('Dead-lettered');
});

test('keeps hostile words as text', async () => {
  const stops = [{ stage: 'FAILED', at: T, system: HOSTILE }];
  const hostile = story([{ number: 1, stops, failure: { code: HOSTILE, text: HOSTILE } }]);
  const element = await mount<StageTimeline>('tillpost-stage-timeline', { story: { ...hostile, source: HOSTILE } });

  expect(smuggled(element)).toEqual([]);
  expect(words(one(element, '.failure'))).toBe(`${HOSTILE} ${HOSTILE}`);
});
