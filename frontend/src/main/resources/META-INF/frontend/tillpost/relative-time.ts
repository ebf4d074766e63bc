import { LitElement, html } from 'lit';

export class RelativeTime extends LitElement {
  static override properties = { at: { attribute: false } };

  declare at: unknown;

  override render() {
    return html`<slot></slot>`;
  }
}

customElements.define('tillpost-relative-time', RelativeTime);
