import { LitElement, html } from 'lit';

export class PayloadView extends LitElement {
  static override properties = { text: { attribute: false } };

  declare text: unknown;

  override render() {
    return html`<slot></slot>`;
  }
}

customElements.define('tillpost-payload-view', PayloadView);
