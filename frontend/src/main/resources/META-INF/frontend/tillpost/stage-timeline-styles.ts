import { css } from 'lit';

/** A row of seven columns; where the place is narrow, a column of seven rows. */
export const timelineStyles = css`
  :host {
    container-type: inline-size;
  }

  .due {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 2px var(--tillpost-space-m);
    margin: 0 0 var(--tillpost-space-m);
  }

  .verdict {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    color: var(--severity);
    font-size: var(--tillpost-text-l);
  }

  .bands {
    display: grid;
    grid-template-columns: 1fr 4fr 2fr;
    gap: 2px;
    font-size: var(--tillpost-text-s);
    font-weight: 600;
    color: var(--tillpost-text-quiet);
    text-align: center;
  }

  .bands span {
    min-width: 0;
    padding: 2px 6px;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    background: var(--tillpost-surface-sunken);
    border-bottom: 2px solid var(--tillpost-line);
  }

  section {
    padding: var(--tillpost-space-s) 0;
  }

  section + section {
    border-top: 1px solid var(--tillpost-line);
  }

  h4 {
    margin: 0;
    font-size: var(--tillpost-text-s);
    font-weight: 600;
    color: var(--tillpost-text-quiet);
  }

  ol {
    display: grid;
    grid-template-columns: repeat(7, minmax(0, 1fr));
    margin: 0;
    padding: 0;
    list-style: none;
  }

  li {
    --node: var(--tillpost-line-strong);
    position: relative;
    display: grid;
    grid-template-rows: 18px 16px auto auto auto;
    justify-items: center;
    align-content: start;
    min-width: 0;
    text-align: center;
  }

  li::before {
    content: '';
    position: absolute;
    top: 25px;
    left: -50%;
    width: 100%;
    border-top: 2px solid var(--node);
  }

  li:first-child::before {
    display: none;
  }

  li.reached,
  li.unreported {
    --node: var(--tillpost-ok);
  }

  li.unreported::before,
  li.stopped::before,
  li.waiting::before,
  li.before::before,
  li.before + li::before,
  li.ahead::before {
    border-top-style: dotted;
  }

  li.stopped {
    --node: var(--severity);
  }

  .fine li.stopped {
    --node: var(--tillpost-info);
  }

  li.waiting {
    --node: var(--tillpost-accent);
  }

  .gap {
    grid-row: 1;
    position: absolute;
    top: 4px;
    left: 0;
    transform: translateX(-50%);
    padding: 0 3px;
    font-size: var(--tillpost-text-xs);
    color: var(--tillpost-text-quiet);
    white-space: nowrap;
  }

  .gap.odd {
    color: var(--tillpost-warning);
    font-weight: 600;
  }

  .node {
    grid-row: 2;
    position: relative;
    z-index: 1;
    display: grid;
    place-items: center;
    align-self: center;
    width: 12px;
    height: 12px;
    border-radius: 50%;
    border: 2px solid var(--node);
    background: var(--tillpost-surface);
    color: var(--severity);
  }

  .reached .node {
    background: var(--node);
  }

  .unreported .node {
    border-style: dotted;
  }

  .failed .stopped .node {
    width: 16px;
    height: 16px;
    border: 0;
    border-radius: 0;
    font-size: 18px;
  }

  .waiting .node {
    box-shadow: 0 0 0 3px var(--tillpost-accent-quiet);
  }

  .ahead .node,
  .before .node {
    border-width: 1px;
    width: 8px;
    height: 8px;
  }

  .stage {
    grid-row: 3;
    margin-top: 2px;
    font-weight: 600;
  }

  .ahead .stage,
  .before .stage,
  .unreported .stage {
    font-weight: 400;
    color: var(--tillpost-text-quiet);
  }

  .stopped .stage {
    color: var(--severity);
  }

  .fine .stopped .stage {
    color: var(--tillpost-text-quiet);
  }

  li time {
    grid-row: 4;
  }

  .system {
    grid-row: 5;
    max-width: 100%;
    padding: 0 4px;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    font-size: var(--tillpost-text-s);
    color: var(--tillpost-text-quiet);
  }

  li:not(.reached) .system {
    grid-row: 4;
  }

  .ending,
  .failure {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 var(--tillpost-space-s);
    margin: var(--tillpost-space-s) 0 0;
    padding: var(--tillpost-space-xs) var(--tillpost-space-m);
    border-inline-start: 3px solid var(--severity);
    background: var(--severity-quiet);
  }

  .ending strong {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    color: var(--severity);
  }

  .ending .quiet {
    color: var(--tillpost-text);
  }

  .ending + .failure,
  .ending + .ending {
    margin-top: 0;
  }

  .failure .code {
    font-weight: 600;
  }

  .failure span {
    overflow-wrap: anywhere;
  }

  @container (max-width: 619px) {
    .bands {
      display: none;
    }

    ol {
      display: block;
    }

    li {
      grid-template-columns: 20px minmax(0, 1fr) auto;
      grid-template-rows: auto auto;
      column-gap: var(--tillpost-space-s);
      justify-items: start;
      padding: 3px 0;
      text-align: start;
    }

    li::before {
      top: calc(-100% + 14px);
      left: 9px;
      width: 0;
      height: 100%;
      border-top: 0;
      border-inline-start: 2px solid var(--node);
    }

    li.unreported::before,
    li.stopped::before,
    li.waiting::before,
    li.ahead::before {
      border-inline-start-style: dotted;
    }

    .node {
      grid-area: 1 / 1;
      justify-self: center;
    }

    .stage {
      grid-area: 1 / 2;
      margin: 0;
    }

    li time {
      grid-area: 1 / 3;
    }

    .system,
    li:not(.reached) .system {
      grid-area: 2 / 2;
      padding: 0;
    }

    .gap {
      position: static;
      grid-area: 2 / 3;
      justify-self: end;
      padding: 0;
      transform: none;
    }
  }
`;
