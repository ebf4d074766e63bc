import { LitElement, css, html, nothing, svg } from 'lit';
import { look } from './look';

const WIDTH = 100;
const HEIGHT = 24;
const MARGIN = 2;

/** Where each point lies in a box of 100 × 24; not finite ones are left out. */
export function sparklinePath(points: readonly number[]): [number, number][] {
  const finite = points.filter((value) => Number.isFinite(value));
  if (finite.length === 0) {
    return [];
  }
  const low = Math.min(0, ...finite);
  const span = Math.max(...finite) - low;
  const step = points.length > 1 ? WIDTH / (points.length - 1) : 0;
  return points.flatMap((value, index) => {
    if (!Number.isFinite(value)) {
      return [];
    }
    const height = span === 0 ? 0 : (value - low) / span;
    const y = HEIGHT - MARGIN - height * (HEIGHT - 2 * MARGIN);
    return [[round(points.length > 1 ? index * step : WIDTH), round(y)] as [number, number]];
  });
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/** See Sparkline.java. */
export class Sparkline extends LitElement {
  static override properties = {
    points: { attribute: false },
    summary: { type: String },
  };

  static override styles = [
    look,
    css`
      :host {
        display: inline-block;
        width: 96px;
        height: 24px;
        vertical-align: middle;
        color: var(--tillpost-sparkline, var(--tillpost-info));
      }

      svg {
        display: block;
        width: 100%;
        height: 100%;
        overflow: visible;
      }

      path {
        fill: none;
        stroke: currentColor;
        stroke-width: 1.5;
        stroke-linejoin: round;
        stroke-linecap: round;
        vector-effect: non-scaling-stroke;
      }

      .area {
        fill: currentColor;
        stroke: none;
        opacity: 0.12;
      }

      .last {
        stroke-width: 5;
      }

      .none {
        stroke: var(--tillpost-line-strong);
        stroke-dasharray: 2 3;
      }
    `,
  ];

  declare points: readonly number[];
  declare summary: string;

  constructor() {
    super();
    this.points = [];
    this.summary = '';
  }

  override render() {
    const path = sparklinePath(this.points ?? []);
    return html`<svg
      viewBox="0 0 ${WIDTH} ${HEIGHT}"
      preserveAspectRatio="none"
      role=${this.summary ? 'img' : 'presentation'}
      aria-label=${this.summary || nothing}
    >
      ${this.summary ? svg`<title>${this.summary}</title>` : nothing} ${this.#line(path)}
    </svg>`;
  }

  #line(path: [number, number][]) {
    const first = path[0];
    const last = path.at(-1);
    if (!first || !last) {
      return svg`<path class="none" d="M0 ${HEIGHT / 2}H${WIDTH}" />`;
    }
    const line = path.map(([x, y]) => `${x} ${y}`).join('L');
    return svg`
      <path class="area" d=${`M${first[0]} ${HEIGHT}L${line}L${last[0]} ${HEIGHT}Z`} />
      <path class="line" d=${`M${line}`} />
      <path class="last" d=${`M${last[0]} ${last[1]}h0`} />`;
  }
}

customElements.define('tillpost-sparkline', Sparkline);
