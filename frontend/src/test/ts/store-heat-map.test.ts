import { expect, test } from 'vitest';
import type { StoreHeatMap } from '../../main/resources/META-INF/frontend/tillpost/store-heat-map';
import '../../main/resources/META-INF/frontend/tillpost/store-heat-map';
import {
  changed,
  densityOf,
  regionsOf,
  type RawRegion,
} from '../../main/resources/META-INF/frontend/tillpost/store-map';
import { stores } from '../showcase/samples';
import { HOSTILE, all, change, mount, one, press, smuggled, words } from './mount';

const regions: RawRegion[] = [
  {
    name: 'North',
    stores: [
      ['0300', 'ok', 'Nothing waits'],
      ['0201', 'ok', 'Nothing waits'],
    ],
  },
  { name: 'Nowhere', stores: [] },
  {
    name: 'South',
    stores: [
      ['0412', 'warning', '7 unsent'],
      ['0500', 'critical', '14 unsent, 48,210.55 EUR'],
    ],
  },
];

function shown(element: StoreHeatMap): string[] {
  return all(element, '[data-store]').map((cell) => cell.dataset['store'] ?? '');
}

function cell(element: StoreHeatMap, storeId: string): HTMLElement {
  return one(element, `[data-store="${storeId}"]`);
}

test('the worst region and the worst store come first, equals by number', async () => {
  const element = await mount<StoreHeatMap>('tillpost-store-heat-map', { regions });

  expect(all(element, 'h4').map(words)).toEqual(['South 2 stores · 1 critical · 1 warning', 'North 2 stores']);
  expect(shown(element)).toEqual(['0500', '0412', '0201', '0300']);
});

test('the legend counts and says every severity in words', async () => {
  const element = await mount<StoreHeatMap>('tillpost-store-heat-map', { regions });

  expect(all(element, '.legend li').map(words)).toEqual(['Critical 1', 'Serious 0', 'Warning 1', 'Info 0', 'OK 2']);
});

test('a cell reads as store, severity and explanation', async () => {
  const element = await mount<StoreHeatMap>('tillpost-store-heat-map', { regions });

  expect(cell(element, '0500').getAttribute('aria-label')).toBe('Store 0500, Critical: 14 unsent, 48,210.55 EUR');
});

test('walking to a cell explains it, Escape hides that', async () => {
  const element = await mount<StoreHeatMap>('tillpost-store-heat-map', { regions });

  cell(element, '0412').dispatchEvent(new FocusEvent('focusin', { bubbles: true, composed: true }));
  await element.updateComplete;
  expect(words(one(element, '[role=tooltip]'))).toBe('Store 0412 Warning 7 unsent');

  press(cell(element, '0412'), 'Escape');
  await element.updateComplete;
  expect(all(element, '[role=tooltip]')).toEqual([]);
});

test('arrow keys walk with one tab stop, a click chooses', async () => {
  const element = await mount<StoreHeatMap>('tillpost-store-heat-map', { regions });
  const chosen: string[] = [];
  element.addEventListener('tillpost-store-chosen', (event) => chosen.push((event as CustomEvent).detail.storeId));

  for (const key of ['ArrowRight', 'ArrowRight', 'ArrowLeft', 'End', 'Home', 'ArrowRight']) {
    press(one(element, '[data-store][tabindex="0"]'), key);
    await element.updateComplete;
  }
  expect(all(element, '[tabindex="0"]').map((each) => each.dataset['store'])).toEqual(['0412']);

  cell(element, '0300').click();
  expect(chosen).toEqual(['0300']);
});

test('what did not change is the same as before, so that nothing of it is drawn again', () => {
  const before = regionsOf(regions, []);
  const changed = structuredClone(regions) as unknown as { stores: string[][] }[];
  (changed[0]?.stores[0] as string[])[1] = 'serious';

  const after = regionsOf(changed as unknown as RawRegion[], before);

  expect(after.find((region) => region.name === 'South')).toBe(before[0]);
  expect(after.find((region) => region.name === 'North')?.cells[0]?.storeId).toBe('0300');
});

test('a store that gets worse moves with its cell and its tab stop', async () => {
  const element = await mount<StoreHeatMap>('tillpost-store-heat-map', { regions });
  cell(element, '0300').click();
  await element.updateComplete;
  const before = cell(element, '0300');

  await change(element, {
    regions: [
      {
        name: 'North',
        stores: [
          ['0201', 'ok', ''],
          ['0300', 'critical', 'Down'],
        ],
      },
    ],
  });

  expect(cell(element, '0300')).toBe(before);
  expect(shown(element)).toEqual(['0300', '0201']);
  expect(before.getAttribute('tabindex')).toBe('0');
});

test('10,000 stores make 10,000 cells of one element each', async () => {
  const element = await mount<StoreHeatMap>('tillpost-store-heat-map', { regions: stores(10_000) });

  expect(all(element, '[data-store]').length).toBe(10_000);
  expect(all(element, '[data-store] *').length).toBe(0);
  expect([400, 3000, 10_000].map(densityOf)).toEqual(['roomy', 'dense', 'tiny']);
});

test('has words of the view for nothing, and keeps hostile words as text', async () => {
  const empty = await mount<StoreHeatMap>('tillpost-store-heat-map', { emptyText: 'Import stores first' });
  expect(words(empty)).toBe('Import stores first');

  const hostile: RawRegion[] = [{ name: HOSTILE, stores: [[HOSTILE, HOSTILE, HOSTILE]] }];
  const element = await mount<StoreHeatMap>('tillpost-store-heat-map', { regions: hostile });
  one(element, '[data-store]').dispatchEvent(new FocusEvent('focusin', { bubbles: true, composed: true }));
  await element.updateComplete;

  expect(smuggled(element)).toEqual([]);
  expect(words(one(element, '.tooltip p'))).toBe(HOSTILE);
});

test('a change replaces the cells it names and leaves the other regions as they were', async () => {
  const element = await mount<StoreHeatMap>('tillpost-store-heat-map', { regions: [] });
  element.show(regions);
  await element.updateComplete;
  expect(shown(element)).toEqual(['0500', '0412', '0201', '0300']);

  element.change([
    ['South', '0500', 'ok', 'Nothing waits'],
    ['North', '0300', 'serious', '9 unsent'],
  ]);
  await element.updateComplete;
  expect(shown(element)).toEqual(['0300', '0201', '0412', '0500']);
  expect(cell(element, '0300').getAttribute('aria-label')).toBe('Store 0300, Serious: 9 unsent');
});

test('a change of nothing, of a store or of a region that is not there changes nothing', () => {
  expect(changed(regions, [])).toEqual(regions);
  expect(changed(regions, [['East', '0900', 'critical', 'late']])).toEqual(regions);
  expect(changed(regions, [['South', '0900', 'critical', 'late']])).toEqual(regions);
  expect(changed(regions, [['South', '0412', 'ok', '']])[0]).toBe(regions[0]);
});
