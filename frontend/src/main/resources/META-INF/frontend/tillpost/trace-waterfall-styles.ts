import { css } from 'lit';

export const waterfallStyles = css`
  :host {
    container-type: inline-size;
  }

  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: var(--tillpost-space-s);
    padding-bottom: var(--tillpost-space-xs);
  }

  .actions {
    display: inline-flex;
    gap: var(--tillpost-space-xs);
  }

  .scale,
  [role='row'] {
    display: grid;
    grid-template-columns: minmax(0, 42%) minmax(0, 1fr);
  }

  .scale {
    border-bottom: 1px solid var(--tillpost-line);
    color: var(--tillpost-text-quiet);
    font-size: var(--tillpost-text-s);
  }

  .scale .track {
    height: 20px;
    overflow: hidden;
  }

  .scale i {
    position: absolute;
    left: 0;
    padding-inline-start: 4px;
    border-inline-start: 1px solid var(--tillpost-line);
    font-style: normal;
    white-space: nowrap;
  }

  .scale i.last {
    transform: translateX(-100%);
    padding-inline: 0 4px;
    border-inline: 0 solid var(--tillpost-line);
    border-inline-end-width: 1px;
  }

  .rows {
    max-height: var(--tillpost-waterfall-height, 60vh);
    overflow: auto;
    overscroll-behavior: contain;
  }

  [role='row'] {
    content-visibility: auto;
    contain-intrinsic-size: auto 24px;
    height: 24px;
    border-bottom: 1px solid color-mix(in srgb, var(--tillpost-line) 50%, transparent);
    cursor: pointer;
  }

  [role='row']:hover {
    background: var(--tillpost-surface-hover);
  }

  [role='row'][aria-selected='true'] {
    background: var(--tillpost-surface-selected);
    box-shadow: inset 3px 0 0 var(--tillpost-accent);
  }

  [role='row']:focus-visible {
    outline-offset: -2px;
  }

  .name {
    display: flex;
    align-items: center;
    gap: 5px;
    min-width: 0;
    padding-inline-end: var(--tillpost-space-s);
  }

  .fold {
    flex: none;
    width: 14px;
    line-height: 23px;
    text-align: center;
    color: var(--tillpost-text-quiet);
  }

  .swatch {
    flex: none;
    width: 8px;
    height: 8px;
    border-radius: 2px;
  }

  .name .symbol {
    color: var(--tillpost-critical);
  }

  .words {
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .words b {
    font-weight: 600;
  }

  .operation {
    color: var(--tillpost-text-quiet);
  }

  .error .words,
  .error .operation {
    color: var(--tillpost-critical);
  }

  .mark {
    flex: none;
    padding: 0 5px;
    border-radius: var(--tillpost-radius-small);
    background: var(--tillpost-warning-quiet);
    color: var(--tillpost-warning);
    font-size: var(--tillpost-text-xs);
    font-weight: 600;
    line-height: 16px;
    white-space: nowrap;
  }

  /* Room for the frame around a failed bar that ends with the trace. */
  .track {
    position: relative;
    min-width: 0;
    margin-inline-end: 4px;
  }

  .bar {
    position: absolute;
    top: 6px;
    height: 11px;
    min-width: 2px;
    border-radius: 2px;
  }

  .error .bar {
    outline: 2px solid var(--tillpost-critical);
    outline-offset: 1px;
  }

  .length {
    position: absolute;
    top: 3px;
    padding: 0 6px;
    font-size: var(--tillpost-text-xs);
    line-height: 17px;
    color: var(--tillpost-text);
    white-space: nowrap;
  }

  .length.inside {
    margin-inline-end: 4px;
    padding: 0 4px;
    border-radius: var(--tillpost-radius-small);
    background: var(--tillpost-surface);
  }

  .c0 {
    background: var(--tillpost-series-1);
  }

  .c1 {
    background: var(--tillpost-series-2);
  }

  .c2 {
    background: var(--tillpost-series-3);
  }

  .c3 {
    background: var(--tillpost-series-4);
  }

  .c4 {
    background: var(--tillpost-series-5);
  }

  .c5 {
    background: var(--tillpost-series-6);
  }

  @container (max-width: 619px) {
    .scale,
    [role='row'] {
      grid-template-columns: minmax(0, 62%) minmax(0, 1fr);
    }

    .length {
      display: none;
    }

    .scale i:not(:first-child):not(:last-child) {
      display: none;
    }
  }
`;
