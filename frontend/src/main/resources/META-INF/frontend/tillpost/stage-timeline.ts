import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { everySecond, now } from './clock';
import { look } from './look';
import { ageText, dayText, durationText, fullText, timeText, zoneText } from './moment';
import { severityStyles, severitySymbol, type Severity } from './severity';
import { pathOf, stageWord, verdictOf } from './stage-path';
import type { Attempt, Ending, Step, Story, Verdict } from './stage-path';
import { timelineStyles } from './stage-timeline-styles';

/** So many attempts are shown before those in the middle are folded away. */
const UNFOLDED = 4;

/** See StageTimeline.java. */
export class StageTimeline extends LitElement {
  static override properties = {
    story: { attribute: false },
    unfolded: { state: true },
    present: { state: true },
  };

  static override styles = [look, severityStyles, timelineStyles];

  declare story: Story | undefined;
  declare unfolded: boolean;
  declare present: number;

  #stop: (() => void) | undefined;

  constructor() {
    super();
    this.unfolded = false;
    this.present = now();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#stop = everySecond(() => {
      if (this.story && isOpen(verdictOf(this.story, this.present))) {
        this.present = now();
      }
    });
  }

  override disconnectedCallback(): void {
    this.#stop?.();
    super.disconnectedCallback();
  }

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('story')) {
      this.present = now();
    }
  }

  override render() {
    const story = this.story;
    if (!story || story.attempts.length === 0) {
      return html`<p class="empty">No stage was reported yet</p>`;
    }
    const attempts = [...story.attempts].sort((one, other) => one.number - other.number);
    const hidden = this.unfolded || attempts.length <= UNFOLDED ? 0 : attempts.length - UNFOLDED;
    const shown = hidden === 0 ? attempts : [...attempts.slice(0, 1), ...attempts.slice(1 + hidden)];
    return html`
      ${this.#due(story)}
      <div class="bands" aria-hidden="true">
        <span class="source">${story.source}</span>
        <span class="middleware">${story.middleware}</span>
        <span class="target">${story.target}</span>
      </div>
      ${repeat(
        shown,
        (attempt) => attempt.number,
        (attempt, index) => html`
          ${index === 1 && hidden > 0 ? this.#folded(hidden) : nothing}
          ${this.#attempt(attempt, story, attempts.length > 1)}
        `,
      )}
    `;
  }

  #due(story: Story) {
    const verdict = verdictOf(story, this.present);
    const { severity, words } = verdictWords(verdict);
    return html`<p class="due" data-severity=${severity}>
      <strong class="verdict">${severitySymbol(severity)}${words}</strong>
      ${
        story.dueAt === undefined
          ? nothing
          : html`<span class="quiet"
              >due <time title=${fullText(story.dueAt, story.zone)}>${dueText(story)}</time></span
            >`
      }
      ${story.objective ? html`<span class="quiet">${story.objective}</span>` : nothing}
    </p>`;
  }

  #folded(count: number) {
    return html`<button class="button" @click=${() => (this.unfolded = true)}>
      Show ${count} more ${count === 1 ? 'attempt' : 'attempts'}
    </button>`;
  }

  #attempt(attempt: Attempt, story: Story, several: boolean) {
    const { steps, endings } = pathOf(attempt);
    const failed = endings.some((ending) => isFailure(ending.stop.stage));
    return html`<section
      class=${failed ? 'failed' : 'fine'}
      data-severity=${failed ? 'critical' : 'ok'}
      aria-label="Attempt ${attempt.number}"
    >
      ${several ? html`<h4>Attempt ${attempt.number}</h4>` : nothing}
      <ol>
        ${steps.map((step) => this.#step(step, story, failed))}
      </ol>
      ${endings.map((ending) => this.#ending(ending, story))} ${attempt.failure ? this.#failure(attempt) : nothing}
    </section>`;
  }

  #step(step: Step, story: Story, failed: boolean): TemplateResult {
    const stop = step.stop;
    return html`<li class=${step.state} data-stage=${step.stage}>
      ${
        step.gap === undefined
          ? nothing
          : html`<span
              class="gap ${step.gap < 0 ? 'odd' : ''}"
              title=${step.gap < 0 ? 'The clocks of these systems differ' : ''}
              >${step.gap < 0 ? '' : '+'}${durationText(step.gap)}</span
            >`
      }
      <span class="node" aria-hidden="true"
        >${step.state === 'stopped' && failed ? severitySymbol('critical') : nothing}</span
      >
      <span class="stage">${stageWord(step.stage)}</span>
      ${
        stop
          ? html`<time title=${fullText(stop.at, story.zone)}>${timeText(stop.at, story.zone)}</time>
              <span class="system">${stop.system}</span>`
          : html`<span class="system">${STATE_WORDS[step.state]}</span>`
      }
    </li>`;
  }

  #ending(ending: Ending, story: Story) {
    const severity: Severity = isFailure(ending.stop.stage) ? 'critical' : 'info';
    return html`<p class="ending" data-severity=${severity}>
      <strong>${severitySymbol(severity)}${stageWord(ending.stop.stage)}</strong>
      <time title=${fullText(ending.stop.at, story.zone)}>${timeText(ending.stop.at, story.zone)}</time>
      ${ending.gap === undefined ? nothing : html`<span class="quiet">+${durationText(ending.gap)}</span>`}
      ${ending.stop.system ? html`<span class="quiet">by ${ending.stop.system}</span>` : nothing}
    </p>`;
  }

  #failure(attempt: Attempt) {
    return html`<p class="failure">
      ${attempt.failure?.code ? html`<span class="code">${attempt.failure.code}</span>` : nothing}
      <span>${attempt.failure?.text}</span>
    </p>`;
  }
}

const STATE_WORDS: Record<Step['state'], string> = {
  reached: '',
  unreported: 'not reported',
  before: '',
  stopped: 'not reached',
  waiting: 'waiting',
  ahead: '',
};

function isFailure(stage: string): boolean {
  return stage === 'FAILED' || stage === 'DEAD_LETTERED';
}

function isOpen(verdict: Verdict): boolean {
  return verdict.kind === 'due' || verdict.kind === 'overdue';
}

function dueText(story: Story): string {
  const due = story.dueAt ?? 0;
  const first = story.attempts[0]?.stops[0]?.at ?? due;
  const day = dayText(due, story.zone) === dayText(first, story.zone) ? '' : `${dayText(due, story.zone)} `;
  return `${day}${timeText(due, story.zone)} ${zoneText(due, story.zone)}`;
}

function verdictWords(verdict: Verdict): { severity: Severity; words: string } {
  switch (verdict.kind) {
    case 'in-time':
      return { severity: 'ok', words: `Confirmed ${ageText(verdict.by)} before it was due` };
    case 'breached':
      return { severity: 'serious', words: `Confirmed ${ageText(verdict.by)} late` };
    case 'due':
      return { severity: 'info', words: `Due in ${ageText(verdict.by)}` };
    case 'overdue':
      return { severity: 'critical', words: `Overdue by ${ageText(verdict.by)}` };
    case 'given-up':
      return { severity: 'info', words: 'Given up' };
    case 'none':
      return { severity: 'info', words: 'No objective' };
  }
}

customElements.define('tillpost-stage-timeline', StageTimeline);
