import { LitElement, html, nothing } from 'lit';
import { copyText } from './clipboard';
import { look } from './look';
import { documentOf, markOf, unmasked } from './payload-lines';
import type { Document, Line, Mark } from './payload-lines';
import { payloadStyles } from './payload-view-styles';
import { severityStyles, severitySymbol } from './severity';

/** Longer documents are folded: so many lines are shown at first, and so many around the mark. */
const LONG = 300;
const FIRST = 120;
const AROUND = 12;

/** See PayloadView.java. */
export class PayloadView extends LitElement {
  static override properties = {
    text: { attribute: false },
    mediaType: { type: String },
    markedPath: { type: String },
    heading: { type: String },
    emptyText: { type: String },
    unfolded: { state: true },
    said: { state: true },
  };

  static override styles = [look, severityStyles, payloadStyles];

  declare text: string;
  declare mediaType: string;
  declare markedPath: string;
  declare heading: string;
  declare emptyText: string;
  declare unfolded: boolean;
  declare said: string;

  #document: Document = { lines: [], problem: '' };
  #mark: Mark | undefined;

  constructor() {
    super();
    this.text = '';
    this.mediaType = '';
    this.markedPath = '';
    this.heading = '';
    this.emptyText = 'No payload was kept';
    this.unfolded = false;
    this.said = '';
  }

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('text') || changed.has('mediaType')) {
      this.#document = documentOf(this.text ?? '', this.mediaType ?? '');
      this.unfolded = false;
      this.said = '';
    }
    this.#mark = this.markedPath ? markOf(this.#document.lines, this.markedPath) : undefined;
  }

  override updated(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('text') || changed.has('markedPath')) {
      this.#scrollToMark();
    }
  }

  override render() {
    if (!this.text) {
      return html`<p class="empty">${this.emptyText}</p>`;
    }
    const { lines, problem } = this.#document;
    return html`
      <div class="head">
        <strong>${this.heading || this.mediaType}</strong>
        <span class="quiet">${lines.length.toLocaleString('en')} ${lines.length === 1 ? 'line' : 'lines'}</span>
        ${problem ? html`<span class="problem" data-severity="warning">${severitySymbol('warning')}${problem}</span>` : nothing}
        <span class="said" role="status">${this.said}</span>
        <button class="button" @click=${this.#copy}>Copy</button>
      </div>
      ${this.#markNote()}
      <div class="lines" tabindex="0" role="region" aria-label=${this.heading || 'Payload'}>${this.#lines(lines)}</div>
    `;
  }

  #markNote() {
    if (!this.markedPath) {
      return nothing;
    }
    const words = this.#mark?.exact
      ? `line ${this.#mark.line + 1}`
      : this.#mark
        ? `not there; nearest is line ${this.#mark.line + 1}`
        : 'not found in this payload';
    return html`<p class="note" data-severity="critical">
      ${severitySymbol('critical')} <span class="code">${this.markedPath}</span> ${words}
    </p>`;
  }

  #lines(lines: readonly Line[]) {
    if (this.unfolded || lines.length <= LONG) {
      return lines.map((line, index) => this.#line(line, index));
    }
    const parts = [];
    let next = 0;
    for (const [from, to] of shownOf(lines.length, this.#mark?.line)) {
      parts.push(this.#gap(from - next));
      parts.push(lines.slice(from, to).map((line, index) => this.#line(line, from + index)));
      next = to;
    }
    parts.push(this.#gap(lines.length - next));
    return parts;
  }

  #gap(count: number) {
    return count > 0
      ? html`<button class="button gap" @click=${() => (this.unfolded = true)}>
          Show ${count.toLocaleString('en')} more ${count === 1 ? 'line' : 'lines'}
        </button>`
      : nothing;
  }

  #line(line: Line, index: number) {
    const marked = index === this.#mark?.line;
    return html`<div class=${marked ? 'line marked' : 'line'} aria-current=${marked ? 'true' : nothing}>
      <span class="count" aria-hidden="true">${index + 1}</span
      ><code
        >${'  '.repeat(Math.min(line.indent, 40))}${line.tokens.map(
          (token) =>
            html`<span class=${token.kind}
              >${unmasked(token.text).map((part) => (part.odd ? html`<em>${part.text}</em>` : part.text))}</span
            >`,
        )}</code
      >
    </div>`;
  }

  #scrollToMark(): void {
    const box = this.renderRoot.querySelector<HTMLElement>('.lines');
    const line = this.renderRoot.querySelector<HTMLElement>('.marked');
    if (box && line) {
      box.scrollTop = Math.max(0, line.offsetTop - box.offsetTop - box.clientHeight / 3);
    }
  }

  readonly #copy = async (): Promise<void> => {
    this.said = (await copyText(this.text)) ? 'Copied' : 'Not copied: the browser does not allow it';
  };
}

/** Stretches of a long document to show: its beginning, and what is around the mark. */
function shownOf(length: number, mark: number | undefined): [from: number, to: number][] {
  if (mark === undefined || mark < FIRST) {
    return [[0, Math.min(length, Math.max(FIRST, (mark ?? 0) + AROUND))]];
  }
  const from = mark - AROUND;
  const to = Math.min(length, mark + AROUND + 1);
  return from <= FIRST
    ? [[0, to]]
    : [
        [0, FIRST],
        [from, to],
      ];
}

customElements.define('tillpost-payload-view', PayloadView);
