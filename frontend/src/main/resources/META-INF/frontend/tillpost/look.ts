import { css } from 'lit';

/** What every component starts from: type, numbers that line up, visible focus, quiet controls. */
export const look = css`
  :host {
    display: block;
    box-sizing: border-box;
    color: var(--tillpost-text);
    font-family: var(--tillpost-font);
    font-size: var(--tillpost-text-m);
    line-height: var(--tillpost-leading);
    font-variant-numeric: tabular-nums;
    text-align: start;
  }

  :host([hidden]) {
    display: none;
  }

  *,
  ::before,
  ::after {
    box-sizing: inherit;
  }

  a {
    color: var(--tillpost-accent-text);
  }

  button {
    font: inherit;
    color: inherit;
    background: none;
    border: 0;
    padding: 0;
    cursor: pointer;
  }

  .button {
    min-height: 24px;
    padding: 0 var(--tillpost-space-s);
    color: var(--tillpost-accent-text);
    font-weight: 600;
    font-size: var(--tillpost-text-s);
    border-radius: var(--tillpost-radius-small);
  }

  .button:hover {
    background: var(--tillpost-surface-hover);
  }

  :focus-visible {
    outline: 2px solid var(--tillpost-focus);
    outline-offset: 1px;
  }

  .quiet {
    color: var(--tillpost-text-quiet);
  }

  .code {
    font-family: var(--tillpost-font-code);
  }

  .empty {
    margin: 0;
    padding: var(--tillpost-space-xl) var(--tillpost-space-l);
    text-align: center;
    color: var(--tillpost-text-quiet);
  }

  .unseen {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  @media (prefers-reduced-motion: reduce) {
    *,
    ::before,
    ::after {
      animation: none !important;
      transition: none !important;
    }
  }
`;
