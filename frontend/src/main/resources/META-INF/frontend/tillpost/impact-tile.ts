import { LitElement, css, html, nothing } from 'lit';
import { look } from './look';
import { severityOf, severityStyles, severitySymbol, severityWord } from './severity';
import './sparkline';

export type Direction = 'WORSE' | 'STEADY' | 'BETTER' | 'UNKNOWN';

export interface ImpactFigures {
  title: string;
  href: string;
  severity: string;
  count: string;
  money: string;
  oldest: string;
  direction: Direction;
  trend: readonly number[];
  trendSummary: string;
  lines: readonly { label: string; value: string; href: string }[];
}

const DIRECTIONS: Record<Direction, [arrow: string, words: string]> = {
  WORSE: ['↑', 'getting worse'],
  STEADY: ['→', 'steady'],
  BETTER: ['↓', 'getting better'],
  UNKNOWN: ['', ''],
};

/** A link of the application or of the web; anything that would run is none. */
function link(href: string): string | typeof nothing {
  return /^\s*(?!https?:)[a-z][a-z0-9+.-]*:/i.test(href) ? nothing : href;
}

/** See ImpactTile.java. The title's link covers the tile; links of its lines lie above that. */
export class ImpactTile extends LitElement {
  static override properties = { figures: { attribute: false } };

  static override styles = [
    look,
    severityStyles,
    css`
      :host {
        min-width: 0;
      }

      article {
        position: relative;
        display: flex;
        flex-direction: column;
        gap: var(--tillpost-space-xs);
        height: 100%;
        min-height: 132px;
        padding: var(--tillpost-space-m) var(--tillpost-space-l);
        background: var(--tillpost-surface);
        border: 1px solid var(--tillpost-line);
        border-radius: var(--tillpost-radius);
        overflow: hidden;
        transition: background-color var(--tillpost-motion);
      }

      article::before {
        content: '';
        position: absolute;
        inset: 0 auto 0 0;
        width: 3px;
        background: var(--severity, var(--tillpost-line));
      }

      article[data-severity='ok']::before {
        background: var(--tillpost-line);
      }

      article:hover {
        background: var(--tillpost-surface-hover);
      }

      header {
        display: flex;
        align-items: flex-start;
        justify-content: space-between;
        gap: var(--tillpost-space-s);
      }

      h3 {
        margin: 0;
        font-size: var(--tillpost-text-m);
        font-weight: 600;
        line-height: 1.3;
      }

      h3 a {
        color: inherit;
        text-decoration: none;
      }

      h3 a::after {
        content: '';
        position: absolute;
        inset: 0;
      }

      h3 a:focus-visible {
        outline: none;
      }

      article:has(h3 a:focus-visible) {
        outline: 2px solid var(--tillpost-focus);
        outline-offset: 1px;
      }

      .severity {
        display: inline-flex;
        flex: none;
        align-items: center;
        gap: 4px;
        color: var(--severity);
        font-size: var(--tillpost-text-s);
        font-weight: 600;
        line-height: 1.4;
      }

      .main {
        display: flex;
        flex: 1;
        align-items: flex-end;
        justify-content: space-between;
        gap: var(--tillpost-space-m);
      }

      .count {
        font-size: var(--tillpost-text-2xl);
        font-weight: 650;
        line-height: 1.15;
        letter-spacing: -0.01em;
      }

      .trend {
        display: flex;
        flex-direction: column;
        align-items: flex-end;
        gap: 2px;
        padding-bottom: 3px;
        --tillpost-sparkline: var(--severity);
      }

      .direction {
        font-size: var(--tillpost-text-s);
        color: var(--tillpost-text-quiet);
        white-space: nowrap;
      }

      .direction.WORSE {
        color: var(--tillpost-text);
        font-weight: 600;
      }

      .facts {
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        gap: 0 var(--tillpost-space-m);
        margin: 0;
        color: var(--tillpost-text-quiet);
        min-height: 1.45em;
      }

      .facts b {
        font-weight: 600;
        color: var(--tillpost-text);
      }

      ul {
        position: relative;
        z-index: 1;
        display: flex;
        flex-wrap: wrap;
        gap: 0 var(--tillpost-space-m);
        margin: 0;
        padding: 0;
        list-style: none;
      }

      li a {
        display: inline-flex;
        gap: 0.4em;
        align-items: baseline;
        min-height: 24px;
        padding-top: 2px;
        text-decoration: none;
      }

      li a:hover {
        text-decoration: underline;
      }

      li b {
        color: var(--tillpost-text);
      }
    `,
  ];

  declare figures: ImpactFigures | undefined;

  override render() {
    const figures = this.figures;
    if (!figures) {
      return html`<article aria-busy="true"></article>`;
    }
    const severity = severityOf(figures.severity);
    return html`<article data-severity=${severity}>
      <header>
        <h3><a href=${link(figures.href)}>${figures.title}</a></h3>
        <span class="severity">${severitySymbol(severity)}${severityWord(severity)}</span>
      </header>
      <div class="main">
        <span class="count">${figures.count}</span>
        ${this.#trend(figures)}
      </div>
      <p class="facts">
        ${figures.money ? html`<b>${figures.money}</b>` : nothing}
        ${figures.oldest ? html`<span>${figures.oldest}</span>` : nothing}
      </p>
      ${figures.lines.length > 0 ? this.#lines(figures) : nothing}
    </article>`;
  }

  #trend(figures: ImpactFigures) {
    const [arrow, words] = DIRECTIONS[figures.direction] ?? DIRECTIONS.UNKNOWN;
    return html`<span class="trend">
      ${
        figures.trend.length > 0
          ? html`<tillpost-sparkline .points=${figures.trend} .summary=${figures.trendSummary}></tillpost-sparkline>`
          : nothing
      }
      ${
        words
          ? html`<span class="direction ${figures.direction}"><span aria-hidden="true">${arrow}</span> ${words}</span>`
          : nothing
      }
    </span>`;
  }

  #lines(figures: ImpactFigures) {
    return html`<ul>
      ${figures.lines.map(
        (line) =>
          html`<li>
            <a href=${link(line.href)}><span>${line.label}</span><b>${line.value}</b></a>
          </li>`,
      )}
    </ul>`;
  }
}

customElements.define('tillpost-impact-tile', ImpactTile);
