import { LitElement, css, html } from 'lit';
import { everySecond, now } from './clock';
import { look } from './look';
import { ageText, fullText } from './moment';

/** How far `at` is from the present, in words. */
export function relativeText(at: number, present: number): string {
  const passed = present - at;
  if (Math.abs(passed) < 2000) {
    return 'just now';
  }
  return passed > 0 ? `${ageText(passed)} ago` : `in ${ageText(-passed)}`;
}

/** See RelativeTime.java. */
export class RelativeTime extends LitElement {
  static override properties = {
    at: { type: Number },
    zone: { type: String },
    words: { state: true },
  };

  static override styles = [
    look,
    css`
      :host {
        display: inline;
        font: inherit;
        color: inherit;
        font-variant-numeric: tabular-nums;
      }

      time {
        white-space: nowrap;
      }
    `,
  ];

  declare at: number | undefined;
  declare zone: string;
  declare words: string;

  #stop: (() => void) | undefined;

  constructor() {
    super();
    this.zone = 'UTC';
    this.words = '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#stop = everySecond(() => this.#tell());
  }

  override disconnectedCallback(): void {
    this.#stop?.();
    super.disconnectedCallback();
  }

  override willUpdate(): void {
    this.#tell();
  }

  override render() {
    if (!this.#known()) {
      return html`<span>—</span>`;
    }
    const at = Number(this.at);
    return html`<time datetime=${new Date(at).toISOString()} title=${fullText(at, this.zone)}>${this.words}</time>`;
  }

  /** Draws again only when the words change: once a minute for most. */
  #tell(): void {
    this.words = this.#known() ? relativeText(Number(this.at), now()) : '';
  }

  #known(): boolean {
    return this.at !== undefined && this.at !== null && Number.isFinite(new Date(Number(this.at)).getTime());
  }
}

customElements.define('tillpost-relative-time', RelativeTime);
