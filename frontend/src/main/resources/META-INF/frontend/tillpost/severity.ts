import { css, html, svg, type TemplateResult } from 'lit';

/** Mildest first, as in the Java enum of that name. */
export const SEVERITIES = ['ok', 'info', 'warning', 'serious', 'critical'] as const;

export type Severity = (typeof SEVERITIES)[number];

const WORDS: Record<Severity, string> = {
  ok: 'OK',
  info: 'Info',
  warning: 'Warning',
  serious: 'Serious',
  critical: 'Critical',
};

/** A word from outside as a severity; one that is not known counts as info. */
export function severityOf(token: string | undefined): Severity {
  return SEVERITIES.find((known) => known === token) ?? 'info';
}

export function severityWord(severity: Severity): string {
  return WORDS[severity];
}

/** 0 for the mildest. */
export function severityRank(severity: Severity): number {
  return SEVERITIES.indexOf(severity);
}

const SHAPES: Record<Severity, TemplateResult<2>> = {
  ok: svg`<circle cx="8" cy="8" r="5.5" />`,
  info: svg`<path d="M8 1.5 14.5 8 8 14.5 1.5 8Z" />`,
  warning: svg`<path d="M8 1.5 15 14H1Z" />`,
  serious: svg`<path d="M2 2h12v12H2Z" />`,
  critical: svg`<path d="M4 1.5 8 5.5l4-4L14.5 4l-4 4 4 4-2.5 2.5-4-4-4 4L1.5 12l4-4-4-4Z" />`,
};

/** The shape that no other severity has, in the colour of the text around it. Needs `severityStyles`. */
export function severitySymbol(severity: Severity): TemplateResult {
  return html`<svg class="symbol" viewBox="0 0 16 16" aria-hidden="true">${SHAPES[severity]}</svg>`;
}

/** `[data-severity]` sets `--severity` and `--severity-quiet` for what is inside it. */
export const severityStyles = css`
  .symbol {
    flex: none;
    width: 0.75em;
    height: 0.75em;
    fill: currentColor;
  }

  [data-severity='ok'] {
    --severity: var(--tillpost-ok);
    --severity-quiet: var(--tillpost-ok-quiet);
  }

  [data-severity='info'] {
    --severity: var(--tillpost-info);
    --severity-quiet: var(--tillpost-info-quiet);
  }

  [data-severity='warning'] {
    --severity: var(--tillpost-warning);
    --severity-quiet: var(--tillpost-warning-quiet);
  }

  [data-severity='serious'] {
    --severity: var(--tillpost-serious);
    --severity-quiet: var(--tillpost-serious-quiet);
  }

  [data-severity='critical'] {
    --severity: var(--tillpost-critical);
    --severity-quiet: var(--tillpost-critical-quiet);
  }
`;
