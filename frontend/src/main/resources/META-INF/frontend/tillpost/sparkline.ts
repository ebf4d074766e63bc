import { LitElement, html } from 'lit';

export class Sparkline extends LitElement {
  static override properties = { points: { attribute: false } };

  declare points: unknown;

  override render() {
    return html`<slot></slot>`;
  }
}

customElements.define('tillpost-sparkline', Sparkline);
