import { LitElement, html } from 'lit';

export class TraceWaterfall extends LitElement {
  static override properties = { spans: { attribute: false } };

  declare spans: unknown;

  override render() {
    return html`<slot></slot>`;
  }
}

customElements.define('tillpost-trace-waterfall', TraceWaterfall);
