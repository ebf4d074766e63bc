/** Tokens as colours that a canvas takes, and word when they change. */

/** Reads tokens as they are now, for `host`. A canvas knows neither `var()` nor `light-dark()`. */
export function readColours<T extends string>(host: Element, tokens: readonly T[]): Record<T, string> {
  const probe = document.createElement('span');
  probe.hidden = true;
  (host.shadowRoot ?? host).append(probe);
  const colours = {} as Record<T, string>;
  for (const token of tokens) {
    probe.style.color = `var(--tillpost-${token}, #808080)`;
    colours[token] = getComputedStyle(probe).color;
  }
  probe.remove();
  return colours;
}

/** Calls back when the colour scheme may have changed: by the page, or by the system. */
export function onColourScheme(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style', 'theme', 'class'] });
  const system = matchMedia('(prefers-color-scheme: dark)');
  system.addEventListener('change', changed);
  return () => {
    observer.disconnect();
    system.removeEventListener('change', changed);
  };
}
