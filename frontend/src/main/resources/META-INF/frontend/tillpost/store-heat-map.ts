import { LitElement, html, nothing } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import { look } from './look';
import { SEVERITIES, severityStyles, severitySymbol, severityWord, type Severity } from './severity';
import { heatMapStyles } from './store-heat-map-styles';
import { changed, densityOf, regionsOf } from './store-map';
import type { Cell, RawChange, RawRegion, Region } from './store-map';

/** See StoreHeatMap.java. One tab stop; cells know nothing, events are caught on the whole map. */
export class StoreHeatMap extends LitElement {
  static override properties = {
    regions: { attribute: false },
    emptyText: { type: String },
    active: { state: true },
    explained: { state: true },
  };

  static override styles = [look, severityStyles, heatMapStyles];

  declare regions: readonly RawRegion[];
  declare emptyText: string;
  /** The store whose cell the tab key comes to. */
  declare active: string | undefined;
  /** The store that the tooltip speaks of. */
  declare explained: string | undefined;

  #regions: Region[] = [];
  #cells = new Map<string, Cell>();
  /** The cell of the store that the tooltip speaks of. */
  #pointed: HTMLElement | undefined;
  /** The store whose cell has the focus: a browser takes it from an element that is moved. */
  #focused: string | undefined;

  constructor() {
    super();
    this.regions = [];
    this.emptyText = 'No stores yet';
  }

  /** All regions, called by the server. */
  show(regions: readonly RawRegion[]): void {
    this.regions = regions;
  }

  /** Only the cells that look different now, called by the server. */
  change(changes: readonly RawChange[]): void {
    this.regions = changed(this.regions, changes);
  }

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    this.#focused = (this.shadowRoot?.activeElement as HTMLElement | null | undefined)?.dataset['store'];
    if (changed.has('regions')) {
      this.#regions = regionsOf(this.regions ?? [], this.#regions);
      this.#cells = new Map(this.#regions.flatMap((region) => region.cells.map((cell) => [cell.storeId, cell])));
    }
    if (this.active === undefined || !this.#cells.has(this.active)) {
      this.active = this.#regions[0]?.cells[0]?.storeId;
    }
    if (this.explained !== undefined && !this.#cells.has(this.explained)) {
      this.explained = undefined;
    }
  }

  override updated(): void {
    this.#keepFocus();
    this.#place();
  }

  /** A store that got worse moves up with its cell; whoever stands on it stays on it. */
  #keepFocus(): void {
    if (this.#focused !== undefined && !this.shadowRoot?.activeElement) {
      [...this.renderRoot.querySelectorAll<HTMLElement>('[data-store]')]
        .find((button) => button.dataset['store'] === this.#focused)
        ?.focus({ preventScroll: true });
    }
  }

  override render() {
    if (this.#cells.size === 0) {
      return html`<p class="empty">${this.emptyText}</p>`;
    }
    return html`
      ${this.#legend()}
      <div
        class="map ${densityOf(this.#cells.size)}"
        @click=${this.#click}
        @keydown=${this.#key}
        @pointerover=${this.#point}
        @pointerleave=${this.#forget}
        @focusin=${this.#point}
        @focusout=${this.#forget}
      >
        ${repeat(
          this.#regions,
          (region) => region.name,
          (region) => this.#region(region),
        )}
      </div>
      ${this.#tooltip()}
    `;
  }

  #legend() {
    const totals = new Map<Severity, number>();
    for (const region of this.#regions) {
      region.counts.forEach(([severity, count]) => totals.set(severity, (totals.get(severity) ?? 0) + count));
    }
    return html`<ul class="legend" aria-label="Stores by worst impact">
      ${[...SEVERITIES].reverse().map(
        (severity) =>
          html`<li data-severity=${severity}>
            <span class="sample">${severitySymbol(severity)}</span>${severityWord(severity)}
            <b>${(totals.get(severity) ?? 0).toLocaleString('en')}</b>
          </li>`,
      )}
    </ul>`;
  }

  #region(region: Region) {
    const active = region.cells.some((cell) => cell.storeId === this.active) ? this.active : undefined;
    return guard(
      [region, active],
      () =>
        html`<section aria-label=${region.name}>
          <h4>
            ${region.name}
            <span
              >${region.cells.length.toLocaleString('en')}
              ${region.cells.length === 1 ? 'store' : 'stores'}${region.counts
                .filter(([severity]) => severity !== 'ok' && severity !== 'info')
                .map(
                  ([severity, count]) => ` · ${count.toLocaleString('en')} ${severityWord(severity).toLowerCase()}`,
                )}</span
            >
          </h4>
          <div class="cells">
            ${repeat(
              region.cells,
              (cell) => cell.storeId,
              (cell) =>
                html`<button
                  type="button"
                  data-store=${cell.storeId}
                  data-severity=${cell.severity}
                  tabindex=${cell.storeId === active ? 0 : -1}
                  aria-label="Store ${cell.storeId}, ${severityWord(cell.severity)}: ${cell.explanation}"
                >
                  ${cell.storeId}
                </button>`,
            )}
          </div>
        </section>`,
    );
  }

  #tooltip() {
    const cell = this.explained === undefined ? undefined : this.#cells.get(this.explained);
    if (!cell) {
      return html`<div class="tooltip" hidden></div>`;
    }
    return html`<div class="tooltip" role="tooltip" data-severity=${cell.severity}>
      <strong>Store ${cell.storeId}</strong>
      <span class="severity">${severitySymbol(cell.severity)}${severityWord(cell.severity)}</span>
      ${cell.explanation ? html`<p>${cell.explanation}</p>` : nothing}
    </div>`;
  }

  /** Puts the tooltip beside its cell, inside the window. */
  #place(): void {
    const tooltip = this.renderRoot.querySelector<HTMLElement>('.tooltip');
    const button = this.#pointed;
    if (!tooltip || tooltip.hidden || !button?.isConnected) {
      return;
    }
    const at = button.getBoundingClientRect();
    const size = tooltip.getBoundingClientRect();
    const left = Math.min(Math.max(8, at.left + at.width / 2 - size.width / 2), innerWidth - size.width - 8);
    const above = at.top - size.height - 6;
    tooltip.style.left = `${Math.max(8, left)}px`;
    tooltip.style.top = `${above >= 8 ? above : at.bottom + 6}px`;
  }

  readonly #point = (event: Event): void => {
    this.#pointed = cellOf(event);
    this.explained = this.#pointed?.dataset['store'];
  };

  readonly #forget = (): void => {
    this.explained = undefined;
  };

  /** Enter and space come as clicks, for cells are buttons. */
  readonly #click = (event: Event): void => {
    const storeId = cellOf(event)?.dataset['store'];
    if (storeId !== undefined) {
      this.active = storeId;
      this.dispatchEvent(new CustomEvent('tillpost-store-chosen', { detail: { storeId } }));
    }
  };

  readonly #key = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) {
      return;
    }
    if (event.key === 'Escape') {
      this.explained = undefined;
      return;
    }
    const to = this.#neighbour(event.key);
    if (to) {
      event.preventDefault();
      event.stopPropagation();
      this.active = to.dataset['store'];
      to.focus();
    }
  };

  #neighbour(key: string): HTMLElement | undefined {
    const buttons = [...this.renderRoot.querySelectorAll<HTMLElement>('[data-store]')];
    const index = buttons.findIndex((button) => button.dataset['store'] === this.active);
    switch (key) {
      case 'ArrowRight':
        return buttons[index + 1];
      case 'ArrowLeft':
        return buttons[index - 1];
      case 'Home':
        return buttons[0];
      case 'End':
        return buttons.at(-1);
      case 'ArrowDown':
        return nearest(buttons[index], buttons.slice(index + 1));
      case 'ArrowUp':
        return nearest(buttons[index], buttons.slice(0, Math.max(0, index)).reverse());
      default:
        return undefined;
    }
  }
}

function cellOf(event: Event): HTMLElement | undefined {
  return (event.target as Element | null)?.closest<HTMLElement>('[data-store]') ?? undefined;
}

/** Of the first line of cells that differs from that of `from`, the one straight above or below. */
function nearest(from: HTMLElement | undefined, candidates: HTMLElement[]): HTMLElement | undefined {
  const first = candidates.find((button) => from && button.offsetTop !== from.offsetTop);
  if (!from || !first) {
    return undefined;
  }
  let best = first;
  for (const button of candidates) {
    if (button.offsetTop === first.offsetTop && distance(button, from) < distance(best, from)) {
      best = button;
    }
  }
  return best;
}

function distance(one: HTMLElement, other: HTMLElement): number {
  return Math.abs(one.offsetLeft - other.offsetLeft);
}

customElements.define('tillpost-store-heat-map', StoreHeatMap);
