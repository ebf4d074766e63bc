import { LitElement, html } from 'lit';

export class StoreHeatMap extends LitElement {
  static override properties = { regions: { attribute: false } };

  declare regions: unknown;

  override render() {
    return html`<slot></slot>`;
  }
}

customElements.define('tillpost-store-heat-map', StoreHeatMap);
