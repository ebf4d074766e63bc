/** What a timeline says of one attempt, worked out of the stages that were reported. */

export const PATH = ['CAPTURED', 'RECEIVED', 'VALIDATED', 'TRANSFORMED', 'QUEUED', 'SUBMITTED', 'CONFIRMED'] as const;

export interface Stop {
  stage: string;
  at: number;
  system: string;
}

export interface Attempt {
  number: number;
  stops: readonly Stop[];
  failure?: { code: string; text: string };
}

export interface Story {
  source: string;
  middleware: string;
  target: string;
  zone: string;
  dueAt?: number;
  objective?: string;
  attempts: readonly Attempt[];
}

/**
 * `unreported`: a later stage was, this one was not. `before`: an attempt after the first begins behind it. `stopped`:
 * the first that the attempt did not come to.
 */
export type StepState = 'reached' | 'unreported' | 'before' | 'stopped' | 'waiting' | 'ahead';

export interface Step {
  stage: string;
  state: StepState;
  stop: Stop | undefined;
  /** Milliseconds since the stage before that was reported; negative where clocks differ. */
  gap: number | undefined;
}

export interface Ending {
  stop: Stop;
  /** Milliseconds since what was reported before it. */
  gap: number | undefined;
}

export interface PathOfAttempt {
  steps: Step[];
  /** Off the path, in order of time. */
  endings: Ending[];
}

export function pathOf(attempt: Attempt): PathOfAttempt {
  const byStage = new Map<string, Stop>();
  for (const stop of attempt.stops) {
    if (!byStage.has(stop.stage)) {
      byStage.set(stop.stage, stop);
    }
  }
  const furthest = PATH.findLastIndex((stage) => byStage.has(stage));
  const first = attempt.number > 1 ? PATH.findIndex((stage) => byStage.has(stage)) : 0;
  const off = [...byStage.values()].filter((stop) => !(PATH as readonly string[]).includes(stop.stage));
  off.sort((one, other) => one.at - other.at);
  let before: Stop | undefined;
  const steps = PATH.map((stage, index): Step => {
    const stop = byStage.get(stage);
    const gap = stop && before ? stop.at - before.at : undefined;
    before = stop ?? before;
    return {
      stage,
      stop,
      gap,
      state: index < first ? 'before' : stateOf(index, furthest, stop !== undefined, off.length > 0, attempt.number),
    };
  });
  const endings = off.map((stop): Ending => {
    const gap = before ? stop.at - before.at : undefined;
    before = stop;
    return { stop, gap };
  });
  return { steps, endings };
}

function stateOf(index: number, furthest: number, reached: boolean, ended: boolean, attempt: number): StepState {
  if (reached) {
    return 'reached';
  }
  if (index < furthest) {
    return 'unreported';
  }
  // A later attempt that nothing is known of yet does not wait at the till: it starts in the middleware.
  if (index === furthest + 1 && (furthest >= 0 || ended || attempt === 1)) {
    return ended ? 'stopped' : 'waiting';
  }
  return 'ahead';
}

export type Verdict = { kind: 'none' } | { kind: 'in-time' | 'breached' | 'due' | 'overdue' | 'given-up'; by: number };

/** How the message stands against its due time, by how many milliseconds. */
export function verdictOf(story: Story, present: number): Verdict {
  const due = story.dueAt;
  if (due === undefined) {
    return { kind: 'none' };
  }
  const stops = story.attempts.flatMap((attempt) => attempt.stops);
  const confirmed = earliest(stops.filter((stop) => stop.stage === 'CONFIRMED'));
  if (confirmed !== undefined) {
    return confirmed <= due ? { kind: 'in-time', by: due - confirmed } : { kind: 'breached', by: confirmed - due };
  }
  const last = story.attempts.reduce<Attempt | undefined>(
    (latest, attempt) => (latest && latest.number > attempt.number ? latest : attempt),
    undefined,
  );
  const givenUp = earliest(
    (last?.stops ?? []).filter((stop) => stop.stage === 'DISCARDED' || stop.stage === 'SUPERSEDED'),
  );
  if (givenUp !== undefined) {
    return { kind: 'given-up', by: due - givenUp };
  }
  return present <= due ? { kind: 'due', by: due - present } : { kind: 'overdue', by: present - due };
}

function earliest(stops: readonly Stop[]): number | undefined {
  return stops.length === 0 ? undefined : Math.min(...stops.map((stop) => stop.at));
}

/** A stage as it stands on screen: `Dead-lettered`. */
export function stageWord(stage: string): string {
  const words = stage.toLowerCase().replaceAll('_', '-');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
