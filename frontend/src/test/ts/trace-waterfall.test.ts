import { expect, test } from 'vitest';
import { rowsOf, ticksOf, treeOf, type Span } from '../../main/resources/META-INF/frontend/tillpost/trace-tree';
import type { TraceWaterfall } from '../../main/resources/META-INF/frontend/tillpost/trace-waterfall';
import '../../main/resources/META-INF/frontend/tillpost/trace-waterfall';
import { longTrace, trace } from '../showcase/samples';
import { HOSTILE, all, change, mount, one, press, smuggled, words } from './mount';

function span(id: string, parentId?: string, start = 0, duration = 10): Span {
  return { id, name: id, service: 'hub', start, duration, error: false, ...(parentId ? { parentId } : {}) };
}

function ids(spans: Span[]): string[] {
  return rowsOf(treeOf(spans).roots, new Set()).map((node) => '.'.repeat(node.depth - 1) + node.span.id);
}

test('spans in any order become a tree in order of time', () => {
  expect(ids([span('c', 'a', 5), span('d', 'b', 3), span('b', 'a', 1), span('a')])).toEqual(['a', '.b', '..d', '.c']);
});

test('what lacks its parent is a root that says so', () => {
  const tree = treeOf([span('a'), span('b', 'gone', 4)]);

  expect(tree.roots.map((node) => [node.span.id, node.orphan])).toEqual([
    ['a', false],
    ['b', true],
  ]);
});

test('circles, doubles and odd numbers do not break the tree', () => {
  expect(ids([span('a', 'b'), span('b', 'a'), span('c', 'c'), span('a', 'c')]).length).toBe(3);
  expect(treeOf([span('a', undefined, Number.NaN, -5)]).total).toBe(1);
  expect(treeOf([]).roots).toEqual([]);
});

test('a chain of 20,000 spans is no deeper than memory', () => {
  const chain = Array.from({ length: 20_000 }, (_, index) =>
    span(`s${index}`, index > 0 ? `s${index - 1}` : undefined),
  );

  expect(treeOf(chain).roots[0]?.below).toBe(19_999);
});

test('scale marks are round', () => {
  expect(ticksOf(10_480)).toEqual([5000, 10_000]);
  expect(ticksOf(1).length).toBeGreaterThan(0);
});

function row(element: TraceWaterfall, id: string): HTMLElement {
  return one(element, `[data-id="${id}"]`);
}

function shown(element: TraceWaterfall): string[] {
  return all(element, '[role=row]').map((each) => each.dataset['id'] ?? '');
}

test('shows depth, errors, what is missing and what started too early', async () => {
  const element = await mount<TraceWaterfall>('tillpost-trace-waterfall', { spans: trace });

  expect(words(one(element, '.head span'))).toBe('11 spans · 7 services · 10.5 s · 2 with errors');
  expect(row(element, 'i').getAttribute('aria-level')).toBe('5');
  expect(row(element, 'i').getAttribute('aria-label')).toContain('error');
  expect(words(row(element, 'k'))).toContain('parent missing');
  expect(words(row(element, 'd'))).toContain('−79 ms');
});

test('arrow keys walk and fold, Enter chooses', async () => {
  const element = await mount<TraceWaterfall>('tillpost-trace-waterfall', { spans: trace });
  const chosen: string[] = [];
  element.addEventListener('tillpost-span-selected', (event) => chosen.push((event as CustomEvent).detail.spanId));
  const walk = async (...keys: string[]) => {
    for (const key of keys) {
      press(one(element, '[role=row][tabindex="0"]'), key);
      await element.updateComplete;
    }
  };

  await walk('ArrowDown', 'ArrowLeft');
  expect(shown(element)).toEqual(['a', 'b', 'k']);
  expect(row(element, 'b').getAttribute('aria-expanded')).toBe('false');
  expect(words(row(element, 'b'))).toContain('8 folded, 2 with errors');

  await walk('ArrowRight', 'ArrowRight', 'Enter');
  expect(chosen).toEqual(['d']);
  expect(row(element, 'd').getAttribute('aria-selected')).toBe('true');

  await walk('End', 'Enter', 'Home', 'ArrowUp', 'Enter');
  expect(chosen).toEqual(['d', 'k', 'a']);
});

test('a click chooses, a click on the triangle folds', async () => {
  const element = await mount<TraceWaterfall>('tillpost-trace-waterfall', { spans: trace });
  const chosen: string[] = [];
  element.addEventListener('tillpost-span-selected', (event) => chosen.push((event as CustomEvent).detail.spanId));

  row(element, 'c').click();
  await element.updateComplete;
  (row(element, 'b').querySelector('.fold') as HTMLElement).click();
  await element.updateComplete;

  expect(chosen).toEqual(['c']);
  expect(shown(element)).toEqual(['a', 'b', 'k']);
});

test('choosing from outside unfolds the way', async () => {
  const element = await mount<TraceWaterfall>('tillpost-trace-waterfall', { spans: trace });
  (all(element, '.head button')[1] as HTMLElement).click();
  await element.updateComplete;
  expect(shown(element)).toEqual(['a', 'k']);

  await change(element, { selected: 'j' });

  expect(shown(element)).toContain('j');
});

test('1,000 spans are drawn, and those that stay keep their rows and folds', async () => {
  const element = await mount<TraceWaterfall>('tillpost-trace-waterfall', { spans: longTrace(1000) });
  expect(shown(element).length).toBe(1000);
  const before = row(element, 's0');
  (row(element, 's1').querySelector('.fold') as HTMLElement).click();
  await element.updateComplete;
  const folded = shown(element).length;

  await change(element, { spans: longTrace(1000).map((each) => ({ ...each, duration: each.duration + 1 })) });

  expect(row(element, 's0')).toBe(before);
  expect(shown(element).length).toBe(folded);
});

test('has words for nothing, and keeps hostile words as text', async () => {
  expect(words(await mount<TraceWaterfall>('tillpost-trace-waterfall'))).toBe('No spans were recorded');
  const spans = [{ ...span(HOSTILE, HOSTILE), name: HOSTILE, service: HOSTILE }];
  const element = await mount<TraceWaterfall>('tillpost-trace-waterfall', { spans });

  expect(smuggled(element)).toEqual([]);
  expect(words(one(element, '.words'))).toBe(`${HOSTILE} ${HOSTILE}`);
});
