import { css } from 'lit';

/** The symbol of a cell is a clipped box, not an element: there can be 10,000 cells. */
export const heatMapStyles = css`
  :host {
    position: relative;
  }

  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: var(--tillpost-space-xs) var(--tillpost-space-l);
    margin: 0 0 var(--tillpost-space-m);
    padding: 0;
    list-style: none;
    color: var(--tillpost-text-quiet);
    font-size: var(--tillpost-text-s);
  }

  .legend li {
    display: inline-flex;
    align-items: center;
    gap: 6px;
  }

  .legend b {
    color: var(--tillpost-text);
  }

  .sample {
    display: inline-flex;
    color: var(--severity);
  }

  section {
    content-visibility: auto;
    contain-intrinsic-size: auto 120px;
    margin-bottom: var(--tillpost-space-m);
  }

  h4 {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 var(--tillpost-space-s);
    margin: 0 0 var(--tillpost-space-xs);
    font-size: var(--tillpost-text-m);
    font-weight: 600;
  }

  h4 span {
    font-size: var(--tillpost-text-s);
    font-weight: 400;
    color: var(--tillpost-text-quiet);
  }

  .cells {
    display: flex;
    flex-wrap: wrap;
    gap: 2px;
    padding: 2px;
  }

  .cells button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 4px;
    height: 24px;
    min-width: 54px;
    padding: 0 6px;
    border-radius: var(--tillpost-radius-small);
    background: var(--severity-quiet);
    color: var(--tillpost-text);
    font-size: var(--tillpost-text-xs);
    line-height: 1;
  }

  .cells button::before {
    content: '';
    width: 8px;
    height: 8px;
    background: var(--severity);
  }

  .cells [data-severity='ok']::before {
    clip-path: circle(34%);
  }

  .cells [data-severity='info']::before {
    clip-path: polygon(50% 0, 100% 50%, 50% 100%, 0 50%);
  }

  .cells [data-severity='warning']::before {
    clip-path: polygon(50% 0, 100% 100%, 0 100%);
  }

  .cells [data-severity='critical']::before {
    clip-path: polygon(
      20% 0,
      50% 30%,
      80% 0,
      100% 20%,
      70% 50%,
      100% 80%,
      80% 100%,
      50% 70%,
      20% 100%,
      0 80%,
      30% 50%,
      0 20%
    );
  }

  .cells [data-severity='serious'],
  .cells [data-severity='critical'] {
    background: var(--severity);
    color: var(--tillpost-on-severity);
    font-weight: 600;
  }

  .cells [data-severity='serious']::before,
  .cells [data-severity='critical']::before {
    background: var(--tillpost-on-severity);
  }

  .cells button:hover {
    box-shadow: 0 0 0 2px var(--tillpost-text);
  }

  .dense .cells button,
  .tiny .cells button {
    min-width: 0;
    width: 18px;
    height: 18px;
    padding: 0;
    font-size: 0;
    gap: 0;
  }

  .dense button::before {
    width: 10px;
    height: 10px;
  }

  .tiny .cells {
    gap: 1px;
  }

  .tiny .cells button {
    width: 12px;
    height: 12px;
    border-radius: 2px;
  }

  .tooltip {
    position: fixed;
    z-index: 1000;
    max-width: min(340px, calc(100vw - 16px));
    padding: var(--tillpost-space-s) var(--tillpost-space-m);
    background: var(--tillpost-surface-raised);
    border: 1px solid var(--tillpost-line);
    border-inline-start: 3px solid var(--severity);
    border-radius: var(--tillpost-radius-small);
    box-shadow: var(--tillpost-shadow);
    pointer-events: none;
  }

  .tooltip .severity {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    margin-inline-start: var(--tillpost-space-s);
    color: var(--severity);
    font-weight: 600;
    font-size: var(--tillpost-text-s);
  }

  .tooltip p {
    margin: 2px 0 0;
    white-space: pre-line;
    overflow-wrap: anywhere;
  }

  @media (pointer: coarse) {
    .cells button,
    .dense .cells button {
      width: auto;
      min-width: 32px;
      height: 32px;
    }
  }
`;
