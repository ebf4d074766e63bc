import type { LitElement } from 'lit';
import { afterEach } from 'vitest';

/** What must stay text wherever it is put. */
export const HOSTILE = '<img src=x onerror="alert(1)"><script>alert(2)</script>"\'&';

afterEach(() => document.body.replaceChildren());

/** An element of that tag with these properties, on the page and drawn. */
export async function mount<E extends LitElement>(tag: string, properties: Partial<E> = {}): Promise<E> {
  const element = document.createElement(tag) as E;
  Object.assign(element, properties);
  document.body.append(element);
  await element.updateComplete;
  return element;
}

/** Changes properties and waits until that is drawn. */
export async function change<E extends LitElement>(element: E, properties: Partial<E>): Promise<void> {
  Object.assign(element, properties);
  await element.updateComplete;
}

export function all(element: LitElement, selector: string): HTMLElement[] {
  return [...element.renderRoot.querySelectorAll<HTMLElement>(selector)];
}

export function one(element: LitElement, selector: string): HTMLElement {
  const found = element.renderRoot.querySelector<HTMLElement>(selector);
  if (!found) {
    throw new Error(`No ${selector} in ${element.localName}`);
  }
  return found;
}

/** What a reader sees, white space made even. */
export function words(element: Node): string {
  const root = (element as LitElement).renderRoot as Node | undefined;
  const texts: string[] = [];
  const walker = document.createTreeWalker(root ?? element, 4);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.parentElement?.localName !== 'style') {
      texts.push(node.textContent ?? '');
    }
  }
  return texts.join('').replace(/\s+/g, ' ').trim();
}

/** The elements that a hostile text would have made. */
export function smuggled(element: LitElement): HTMLElement[] {
  return all(element, 'img, script, iframe, object');
}

export function press(target: HTMLElement, key: string): void {
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true }));
}
