import { LitElement, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { styleMap } from 'lit/directives/style-map.js';
import { look } from './look';
import { durationText } from './moment';
import { severityStyles, severitySymbol } from './severity';
import { rowsOf, ticksOf, treeOf } from './trace-tree';
import type { Node, Span, Tree } from './trace-tree';
import { waterfallStyles } from './trace-waterfall-styles';

const COLOURS = 6;
const DEEPEST_INDENT = 16;
/** A tick further right has no room for its words at its right. */
const LAST_TICK = 0.9;

/** See TraceWaterfall.java. Rows are a tree grid with one tab stop. */
export class TraceWaterfall extends LitElement {
  static override properties = {
    spans: { attribute: false },
    selected: { type: String },
    folded: { state: true },
    active: { state: true },
  };

  static override styles = [look, severityStyles, waterfallStyles];

  declare spans: readonly Span[];
  declare selected: string | undefined;
  declare folded: ReadonlySet<string>;
  /** The row that the tab key comes to. */
  declare active: string | undefined;

  #tree: Tree = treeOf([]);
  #rows: Node[] = [];
  #focusWanted = false;

  constructor() {
    super();
    this.spans = [];
    this.folded = new Set();
  }

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('spans')) {
      this.#tree = treeOf(this.spans ?? []);
    }
    if (changed.has('selected') && this.selected) {
      this.#unfoldTo(this.selected);
      this.active = this.selected;
    }
    this.#rows = rowsOf(this.#tree.roots, this.folded);
    if (!this.#rows.some((row) => row.span.id === this.active)) {
      this.active = this.#rows[0]?.span.id;
    }
  }

  override updated(): void {
    if (this.#focusWanted) {
      this.#focusWanted = false;
      const row = this.renderRoot.querySelector<HTMLElement>('[role=row][tabindex="0"]');
      row?.focus();
      row?.scrollIntoView?.({ block: 'nearest' });
    }
  }

  override render() {
    const tree = this.#tree;
    if (tree.nodes.size === 0) {
      return html`<p class="empty">No spans were recorded</p>`;
    }
    const foldable = [...tree.nodes.values()].some((node) => node.children.length > 0);
    return html`
      <div class="head">
        <span>${summary(tree)}</span>
        ${
          foldable
            ? html`<span class="actions">
                <button class="button" @click=${() => (this.folded = new Set())}>Unfold all</button>
                <button class="button" @click=${this.#foldAll}>Fold all</button>
              </span>`
            : nothing
        }
      </div>
      <div class="scale" aria-hidden="true">
        <span>Service and operation</span>
        <span class="track">
          <i>0</i>
          ${ticksOf(tree.total).map(
            (tick) =>
              html`<i
                class=${tick / tree.total > LAST_TICK ? 'last' : ''}
                style=${styleMap({ left: percent(tick / tree.total) })}
                >${durationText(tick / 1000)}</i
              >`,
          )}
        </span>
      </div>
      <div class="rows" role="treegrid" aria-label="Trace" @keydown=${this.#key} @click=${this.#click}>
        ${repeat(
          this.#rows,
          (row) => row.span.id,
          (row) => this.#row(row, tree),
        )}
      </div>
    `;
  }

  #row(node: Node, tree: Tree) {
    const { span } = node;
    const open = !this.folded.has(span.id);
    const colour = tree.services.indexOf(span.service) % COLOURS;
    const offset = (span.start - tree.from) / tree.total;
    const size = span.duration / tree.total;
    return html`<div
      role="row"
      class=${span.error ? 'error' : ''}
      data-id=${span.id}
      data-severity=${span.error || (!open && node.errorsBelow > 0) ? 'critical' : nothing}
      tabindex=${span.id === this.active ? 0 : -1}
      aria-level=${node.depth}
      aria-expanded=${node.children.length > 0 ? String(open) : nothing}
      aria-selected=${span.id === this.selected}
      aria-label=${spoken(node, tree)}
    >
      <div
        role="gridcell"
        class="name"
        style=${styleMap({ paddingInlineStart: `${4 + Math.min(node.depth - 1, DEEPEST_INDENT) * 14}px` })}
      >
        <span class="fold" aria-hidden="true">${node.children.length > 0 ? (open ? '▾' : '▸') : ''}</span>
        <span class="swatch c${colour}" aria-hidden="true"></span>
        ${span.error ? severitySymbol('critical') : nothing}
        <span class="words" title="${span.service}: ${span.name}"
          ><b>${span.service}</b> <span class="operation">${span.name}</span></span
        >
        ${this.#marks(node, open)}
      </div>
      <div role="gridcell" class="track">
        <span
          class="bar c${colour}"
          style=${styleMap({ left: percent(offset), width: `max(2px, ${percent(size)})` })}
        ></span>
        <span
          class="length ${offset + size > 0.8 && offset < 0.2 ? 'inside' : ''}"
          style=${styleMap(lengthAt(offset, size))}
          >${durationText(span.duration / 1000)}</span
        >
      </div>
    </div>`;
  }

  #marks(node: Node, open: boolean) {
    return html`
      ${
        !open
          ? html`<span class="mark"
              >${node.below}
              folded${node.errorsBelow > 0 ? html`, <b>${node.errorsBelow} with errors</b>` : nothing}</span
            >`
          : nothing
      }
      ${node.orphan ? html`<span class="mark" title="Its parent span ${node.span.parentId} was not received">parent missing</span>` : nothing}
      ${
        node.early > 0
          ? html`<span class="mark" title="It starts before its parent: the clocks of these systems differ"
              >${durationText(-node.early / 1000)}</span
            >`
          : nothing
      }
    `;
  }

  readonly #foldAll = (): void => {
    const folded = [...this.#tree.nodes.values()].filter((node) => node.children.length > 0);
    this.folded = new Set(folded.map((node) => node.span.id));
  };

  readonly #click = (event: MouseEvent): void => {
    const target = event.target as Element;
    const id = target.closest<HTMLElement>('[role=row]')?.dataset['id'];
    if (id === undefined) {
      return;
    }
    this.active = id;
    if (target.closest('.fold') && this.#tree.nodes.get(id)?.children.length) {
      this.#fold(id, !this.folded.has(id));
    } else {
      this.#select(id);
    }
  };

  readonly #key = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) {
      return;
    }
    const index = this.#rows.findIndex((row) => row.span.id === this.active);
    const row = this.#rows[index];
    if (!row || !this.#act(event.key, row, index)) {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };

  #act(key: string, row: Node, index: number): boolean {
    const id = row.span.id;
    const foldable = row.children.length > 0;
    switch (key) {
      case 'ArrowDown':
        return this.#go(this.#rows[index + 1]);
      case 'ArrowUp':
        return this.#go(this.#rows[index - 1]);
      case 'Home':
        return this.#go(this.#rows[0]);
      case 'End':
        return this.#go(this.#rows.at(-1));
      case 'ArrowRight':
        return foldable && this.folded.has(id) ? this.#fold(id, false) : this.#go(row.children[0]);
      case 'ArrowLeft':
        return foldable && !this.folded.has(id) ? this.#fold(id, true) : this.#go(row.parent);
      case 'Enter':
      case ' ':
        return this.#select(id);
      default:
        return false;
    }
  }

  #go(to: Node | undefined): boolean {
    if (to) {
      this.active = to.span.id;
      this.#focusWanted = true;
    }
    return true;
  }

  #fold(id: string, fold: boolean): boolean {
    const folded = new Set(this.folded);
    if (fold) {
      folded.add(id);
    } else {
      folded.delete(id);
    }
    this.folded = folded;
    this.#focusWanted = true;
    return true;
  }

  #select(id: string): boolean {
    this.selected = id;
    this.dispatchEvent(new CustomEvent('tillpost-span-selected', { detail: { spanId: id } }));
    return true;
  }

  #unfoldTo(id: string): void {
    const folded = new Set(this.folded);
    for (let node = this.#tree.nodes.get(id)?.parent; node; node = node.parent) {
      folded.delete(node.span.id);
    }
    this.folded = folded;
  }
}

function percent(share: number): string {
  return `${(share * 100).toFixed(3)}%`;
}

/** Beside the bar; before it where there is no room after it; inside it where there is none before it either. */
function lengthAt(offset: number, size: number): Record<string, string> {
  if (offset + size <= 0.8) {
    return { left: percent(offset + size) };
  }
  return offset >= 0.2 ? { right: percent(1 - offset) } : { right: '0' };
}

function summary(tree: Tree): string {
  const spans = tree.nodes.size;
  const errors = [...tree.nodes.values()].filter((node) => node.span.error).length;
  return [
    `${spans.toLocaleString('en')} ${spans === 1 ? 'span' : 'spans'}`,
    `${tree.services.length} ${tree.services.length === 1 ? 'service' : 'services'}`,
    durationText(tree.total / 1000),
    errors === 0 ? 'no errors' : `${errors.toLocaleString('en')} with errors`,
  ].join(' · ');
}

function spoken(node: Node, tree: Tree): string {
  const { span } = node;
  return [
    `${span.service}: ${span.name}`,
    `starts at ${durationText((span.start - tree.from) / 1000)}`,
    `takes ${durationText(span.duration / 1000)}`,
    ...(span.error ? ['error'] : []),
    ...(node.orphan ? ['parent missing'] : []),
    ...(node.early > 0 ? ['starts before its parent'] : []),
  ].join(', ');
}

customElements.define('tillpost-trace-waterfall', TraceWaterfall);
