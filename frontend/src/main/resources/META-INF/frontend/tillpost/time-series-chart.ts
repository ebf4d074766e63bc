import { LitElement, css, html, nothing } from 'lit';
import type { EChartsType } from './chart-engine';
import { COLOURS, optionOf, valueText, type Chart } from './chart-option';
import { onColourScheme, readColours } from './colours';
import { look } from './look';
import { fullText } from './moment';

/** See TimeSeriesChart.java. */
export class TimeSeriesChart extends LitElement {
  static override properties = {
    chart: { attribute: false },
    emptyText: { type: String },
    tableShown: { state: true },
    failed: { state: true },
  };

  static override styles = [
    look,
    css`
      figure {
        margin: 0;
      }

      .canvas {
        position: relative;
        width: 100%;
        height: var(--tillpost-chart-height, 220px);
      }

      .row {
        display: flex;
        align-items: center;
        gap: 6px;
      }

      .row b {
        margin-inline-start: auto;
        padding-inline-start: var(--tillpost-space-m);
      }

      .swatch {
        width: 10px;
        height: 10px;
        border-radius: 2px;
      }

      figcaption {
        margin-top: var(--tillpost-space-s);
        color: var(--tillpost-text-quiet);
        font-size: var(--tillpost-text-s);
      }

      summary {
        width: fit-content;
        color: var(--tillpost-accent-text);
        font-size: var(--tillpost-text-s);
        cursor: pointer;
      }

      .scroll {
        max-height: 240px;
        overflow: auto;
      }

      table {
        border-collapse: collapse;
        font-size: var(--tillpost-text-s);
      }

      th,
      td {
        padding: 2px var(--tillpost-space-m) 2px 0;
        text-align: end;
        border-bottom: 1px solid var(--tillpost-line);
        white-space: nowrap;
      }

      th:first-child {
        text-align: start;
        font-weight: 400;
      }
    `,
  ];

  declare chart: Chart | undefined;
  declare emptyText: string;
  declare tableShown: boolean;
  declare failed: boolean;

  #drawn: EChartsType | undefined;
  #resizes: ResizeObserver | undefined;
  #scheme: (() => void) | undefined;
  #colours = '';

  constructor() {
    super();
    this.emptyText = 'No data for this period';
    this.tableShown = false;
    this.failed = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#scheme = onColourScheme(() => this.#recolour());
    if (this.hasUpdated) {
      this.requestUpdate();
    }
  }

  override disconnectedCallback(): void {
    this.#scheme?.();
    this.#drop();
    super.disconnectedCallback();
  }

  override render() {
    const chart = this.chart;
    if (!chart || isEmpty(chart)) {
      return html`<p class="empty">${this.emptyText}</p>`;
    }
    return html`<figure>
      ${
        this.failed
          ? html`<p class="empty">The chart could not be drawn; its values are in the table</p>`
          : html`<div class="canvas" role="img" aria-label=${chart.summary}></div>`
      }
      <figcaption>${chart.summary}</figcaption>
      <details @toggle=${this.#toggle}>
        <summary>Values as a table</summary>
        ${this.tableShown ? table(chart) : nothing}
      </details>
    </figure>`;
  }

  override updated(changed: Map<PropertyKey, unknown>): void {
    const place = this.renderRoot.querySelector<HTMLElement>('.canvas');
    if (!place) {
      this.#drop();
    } else if (!this.#drawn) {
      void this.#start(place);
    } else if (changed.has('chart')) {
      this.#draw(changed.get('chart') as Chart | undefined);
    }
  }

  async #start(place: HTMLElement): Promise<void> {
    try {
      const { init } = await import('./chart-engine');
      if (this.#drawn || !place.isConnected) {
        return;
      }
      this.#drawn = init(place, null, { renderer: 'canvas' });
      this.#resizes = new ResizeObserver(() => this.#drawn?.resize());
      this.#resizes.observe(place);
      this.#draw(undefined);
    } catch (failure) {
      // The chunk did not come: an old page after a new release, or no network. The table still tells.
      console.warn('Tillpost: no chart', failure);
      this.failed = true;
    }
  }

  #draw(before: Chart | undefined): void {
    if (!this.#drawn || !this.chart) {
      return;
    }
    const colours = readColours(this, COLOURS);
    this.#colours = Object.values(colours).join();
    const sameSeries =
      before !== undefined && before.series.map(shapeOf).join() === this.chart.series.map(shapeOf).join();
    this.#drawn.setOption(optionOf(this.chart, colours, getComputedStyle(this).fontFamily), { notMerge: !sameSeries });
  }

  #recolour(): void {
    if (this.#drawn && Object.values(readColours(this, COLOURS)).join() !== this.#colours) {
      this.#draw(this.chart);
    }
  }

  #drop(): void {
    this.#resizes?.disconnect();
    this.#drawn?.dispose();
    this.#drawn = undefined;
  }

  readonly #toggle = (event: Event): void => {
    this.tableShown = (event.target as HTMLDetailsElement).open;
  };
}

function isEmpty(chart: Chart): boolean {
  return chart.series.every((series) => series.points.length === 0);
}

/** With another of these, options of the old series must not stay behind. */
function shapeOf(series: { name: string; shape: string }): string {
  return `${series.shape} ${series.name}`;
}

function table(chart: Chart) {
  const moments = [...new Set(chart.series.flatMap((series) => series.points.map((point) => point[0])))].sort(
    (one, other) => one - other,
  );
  const values = chart.series.map((series) => new Map(series.points));
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Values">
    <table>
      <tr>
        <th scope="col">Time</th>
        ${chart.series.map((series) => html`<th scope="col">${series.name}</th>`)}
      </tr>
      ${moments.map(
        (at) =>
          html`<tr>
            <th scope="row">${fullText(at, chart.zone)}</th>
            ${values.map((series) => html`<td>${valueText(series.get(at), chart.unit)}</td>`)}
          </tr>`,
      )}
    </table>
  </div>`;
}

customElements.define('tillpost-time-series-chart', TimeSeriesChart);
