import { css } from 'lit';

export const payloadStyles = css`
  :host {
    border: 1px solid var(--tillpost-line);
    border-radius: var(--tillpost-radius);
    background: var(--tillpost-surface-sunken);
    overflow: hidden;
  }

  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 var(--tillpost-space-m);
    min-height: 32px;
    padding: 2px var(--tillpost-space-xs) 2px var(--tillpost-space-m);
    border-bottom: 1px solid var(--tillpost-line);
    background: var(--tillpost-surface);
  }

  .said {
    margin-inline-start: auto;
    color: var(--tillpost-text-quiet);
    font-size: var(--tillpost-text-s);
  }

  .problem,
  .note {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    color: var(--severity);
    font-size: var(--tillpost-text-s);
    font-weight: 600;
  }

  .note {
    display: flex;
    flex-wrap: wrap;
    margin: 0;
    padding: 3px var(--tillpost-space-m);
    border-bottom: 1px solid var(--tillpost-line);
    background: var(--severity-quiet);
  }

  .note .code {
    overflow-wrap: anywhere;
  }

  .lines {
    max-height: var(--tillpost-payload-height, 420px);
    padding: var(--tillpost-space-xs) 0;
    overflow: auto;
    overscroll-behavior: contain;
  }

  .lines:focus-visible {
    outline-offset: -2px;
  }

  .line {
    display: grid;
    grid-template-columns: 4.5ch minmax(0, 1fr);
    column-gap: var(--tillpost-space-m);
    font-family: var(--tillpost-font-code);
    font-size: var(--tillpost-text-s);
    line-height: 1.5;
  }

  .count {
    text-align: end;
    color: var(--tillpost-text-quiet);
    user-select: none;
  }

  code {
    font: inherit;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
    unicode-bidi: isolate;
  }

  .marked {
    background: var(--tillpost-critical-quiet);
    box-shadow: inset 3px 0 0 var(--tillpost-critical);
  }

  .marked .count {
    color: var(--tillpost-critical);
    font-weight: 700;
  }

  .key,
  .tag {
    color: var(--tillpost-accent-text);
  }

  .string {
    color: var(--tillpost-ok);
  }

  .number {
    color: var(--tillpost-serious);
  }

  .word {
    color: var(--tillpost-series-2);
  }

  .mark {
    color: var(--tillpost-text-quiet);
  }

  em {
    margin: 0 1px;
    padding: 0 3px;
    border-radius: 2px;
    background: var(--tillpost-warning-quiet);
    color: var(--tillpost-warning);
    font-style: normal;
    font-size: 0.85em;
  }

  .gap {
    width: 100%;
    margin: 2px 0;
    text-align: start;
    padding-inline-start: calc(4.5ch + var(--tillpost-space-m) + var(--tillpost-space-s));
    background: var(--tillpost-surface);
    border-radius: 0;
  }
`;
