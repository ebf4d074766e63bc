import { LitElement, html } from 'lit';

export class StageTimeline extends LitElement {
  static override properties = { story: { attribute: false } };

  declare story: unknown;

  override render() {
    return html`<slot></slot>`;
  }
}

customElements.define('tillpost-stage-timeline', StageTimeline);
