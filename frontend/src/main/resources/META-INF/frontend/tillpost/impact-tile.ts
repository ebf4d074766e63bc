import { LitElement, html } from 'lit';

export class ImpactTile extends LitElement {
  static override properties = { figures: { attribute: false } };

  declare figures: unknown;

  override render() {
    return html`<slot></slot>`;
  }
}

customElements.define('tillpost-impact-tile', ImpactTile);
