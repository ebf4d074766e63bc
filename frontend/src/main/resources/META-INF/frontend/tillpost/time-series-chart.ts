import { LitElement, html } from 'lit';

export class TimeSeriesChart extends LitElement {
  static override properties = { chart: { attribute: false } };

  declare chart: unknown;

  override render() {
    return html`<slot></slot>`;
  }
}

customElements.define('tillpost-time-series-chart', TimeSeriesChart);
