import type { Chart } from '../../main/resources/META-INF/frontend/tillpost/chart-option';
import type { ImpactFigures } from '../../main/resources/META-INF/frontend/tillpost/impact-tile';
import { SEVERITIES } from '../../main/resources/META-INF/frontend/tillpost/severity';
import type { Story } from '../../main/resources/META-INF/frontend/tillpost/stage-path';
import type { RawRegion } from '../../main/resources/META-INF/frontend/tillpost/store-map';
import type { Span } from '../../main/resources/META-INF/frontend/tillpost/trace-tree';

const AT = Date.parse('2026-11-24T14:03:12.120Z');
const ZONE = 'Europe/Dublin';

/** The same numbers on every run. */
export function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

export const failedStory: Story = {
  source: 'POS',
  middleware: 'Middleware',
  target: 'ERP',
  zone: ZONE,
  dueAt: AT + 300_000,
  objective: '99 % confirmed within 5 min',
  attempts: [
    {
      number: 1,
      stops: [
        { stage: 'CAPTURED', at: AT, system: 'till-0412-03' },
        { stage: 'RECEIVED', at: AT + 820, system: 'integration-hub' },
        { stage: 'VALIDATED', at: AT + 905, system: 'integration-hub' },
        { stage: 'TRANSFORMED', at: AT + 1_412, system: 'sales-mapper' },
        { stage: 'QUEUED', at: AT + 1_430, system: 'integration-hub' },
        { stage: 'SUBMITTED', at: AT + 9_871, system: 'erp-adapter' },
        { stage: 'FAILED', at: AT + 10_210, system: 'erp-adapter' },
      ],
      failure: { code: 'TAX_CODE_UNKNOWN', text: 'Tax code V9 is not valid for company code IE01 (lines[2].taxCode)' },
    },
    {
      number: 2,
      stops: [
        { stage: 'QUEUED', at: AT + 130_000, system: 'integration-hub' },
        { stage: 'SUBMITTED', at: AT + 131_250, system: 'erp-adapter' },
        { stage: 'FAILED', at: AT + 131_600, system: 'erp-adapter' },
        { stage: 'DEAD_LETTERED', at: AT + 432_000, system: 'integration-hub' },
      ],
      failure: { code: 'TAX_CODE_UNKNOWN', text: 'Tax code V9 is not valid for company code IE01 (lines[2].taxCode)' },
    },
  ],
};

export const goodStory: Story = {
  ...failedStory,
  attempts: [
    {
      number: 1,
      stops: [
        { stage: 'CAPTURED', at: AT, system: 'till-0412-03' },
        { stage: 'RECEIVED', at: AT - 1_820, system: 'integration-hub' },
        { stage: 'TRANSFORMED', at: AT + 1_412, system: 'sales-mapper' },
        { stage: 'QUEUED', at: AT + 1_430, system: 'integration-hub' },
        { stage: 'SUBMITTED', at: AT + 61_871, system: 'erp-adapter' },
        { stage: 'CONFIRMED', at: AT + 243_100, system: 'erp' },
      ],
    },
  ],
};

export function waitingStory(present: number): Story {
  return {
    ...failedStory,
    dueAt: present + 151_000,
    attempts: [
      {
        number: 1,
        stops: [
          { stage: 'CAPTURED', at: present - 149_000, system: 'till-0412-03' },
          { stage: 'RECEIVED', at: present - 148_200, system: 'integration-hub' },
          { stage: 'VALIDATED', at: present - 148_000, system: 'integration-hub' },
        ],
      },
    ],
  };
}

export const trace: Span[] = [
  span('a', undefined, 'till-0412-03', 'sale POST /transactions', 0, 10_480_000),
  span('b', 'a', 'integration-hub', 'POST /transactions', 41_000, 1_400_000),
  span('c', 'b', 'integration-hub', 'validate sale/2', 61_000, 72_000),
  span('d', 'b', 'sales-mapper', 'transform sale', -38_000, 506_000),
  span('e', 'd', 'master-data', 'GET /articles/{sku}', 180_000, 44_000),
  span('f', 'd', 'master-data', 'GET /tax-codes/{code}', 238_000, 310),
  span('g', 'b', 'integration-hub', 'sales.posting publish', 1_390_000, 28_000),
  span('h', 'g', 'erp-adapter', 'sales.posting process', 9_700_000, 690_000),
  span('i', 'h', 'erp-adapter', 'POST /sap/opu/odata/SALES_SRV', 9_810_000, 520_000, true),
  span('j', 'i', 'erp', 'SALES_SRV create', 9_842_000, 451_000, true),
  span('k', 'zz', 'loyalty', 'points earn', 2_100_000, 1_350_000),
];

function span(
  id: string,
  parentId: string | undefined,
  service: string,
  name: string,
  start: number,
  duration: number,
  error = false,
): Span {
  return { id, service, name, start: start + 38_000, duration, error, ...(parentId ? { parentId } : {}) };
}

/** A chain of depth and breadth as of a nightly run. */
export function longTrace(count: number): Span[] {
  const random = dice(7);
  return Array.from({ length: count }, (_, index) => ({
    id: `s${index}`,
    ...(index === 0 ? {} : { parentId: `s${Math.floor(index * random() * 0.9)}` }),
    service: `service-${index % 9}`,
    name: `operation ${index}`,
    start: index * 900,
    duration: Math.floor(1 + random() * 90_000),
    error: index % 97 === 5,
  }));
}

const REGIONS = [
  'Dublin',
  'Munster',
  'Connacht',
  'Ulster',
  'Leinster',
  'Wales',
  'Scotland',
  'London',
  'Midlands',
  'North',
];

export function stores(count: number, trouble = 0.08): RawRegion[] {
  const random = dice(count);
  const regions = REGIONS.map((name) => ({ name, stores: [] as [string, string, string][] }));
  for (let index = 0; index < count; index++) {
    const luck = random();
    const rank = luck < trouble / 6 ? 4 : luck < trouble / 3 ? 3 : luck < trouble ? 2 : luck < trouble * 1.5 ? 1 : 0;
    const region = regions[Math.floor(random() ** 1.6 * regions.length)];
    region?.stores.push([
      String(101 + index).padStart(4, '0'),
      SEVERITIES[rank] ?? 'ok',
      rank === 0
        ? 'Nothing waits. Last heard 12 s ago'
        : `${rank * 7} unsent transactions, ${(rank * 412.1).toFixed(2)} EUR\nOldest 42 min, since 13:21:05 GMT`,
    ]);
  }
  return regions;
}

export const tiles: ImpactFigures[] = [
  tile('Stores with unsent transactions', 'critical', '14', '48,210.55 EUR', 'oldest 1 h 12 min', 'WORSE', 3),
  tile('Returns awaiting ERP confirmation', 'serious', '1,204', '93,014.10 EUR', 'oldest 42 min', 'WORSE', 5),
  tile('Inventory updates delayed', 'warning', '386', '', 'oldest 18 min', 'STEADY', 8),
  tile('APIs near their limit', 'info', '2', '', 'erp-sales at 87 % of 800 ms', 'STEADY', 13),
  tile('Objectives breached', 'ok', '0', '', '', 'BETTER', 21),
  {
    ...tile('Exceptions by owner', 'warning', '61', '12,400.00 EUR', 'oldest 2 d 4 h', 'BETTER', 34),
    lines: [
      { label: 'mine', value: '4', href: '#mine' },
      { label: 'business', value: '23', href: '#business' },
      { label: 'IT', value: '29', href: '#it' },
      { label: 'nobody', value: '5', href: '#nobody' },
    ],
  },
];

function tile(
  title: string,
  severity: string,
  count: string,
  money: string,
  oldest: string,
  direction: ImpactFigures['direction'],
  seed: number,
): ImpactFigures {
  const random = dice(seed);
  const slope = direction === 'WORSE' ? 1 : direction === 'BETTER' ? -1 : 0;
  return {
    title,
    href: '#list',
    severity,
    count,
    money,
    oldest,
    direction,
    trend: Array.from({ length: 24 }, (_, hour) => Math.max(0, 24 + slope * (hour - 12) * 1.6 + random() * 9)),
    trendSummary: 'Last 6 hours',
    lines: [],
  };
}

export function chart(points = 96): Chart {
  const random = dice(11);
  const start = Date.parse('2026-11-24T06:00:00Z');
  const series = (base: number, noise: number) =>
    Array.from({ length: points }, (_, index) => {
      const value = base + Math.sin(index / 9) * noise + random() * noise;
      return [start + index * 300_000, index > 40 && index < 45 ? null : Math.round(value)] as const;
    });
  return {
    unit: 'ms',
    zone: ZONE,
    summary: 'ERP sales API, 06:00 to 14:00: p95 between 320 and 710 ms, over its threshold of 650 ms twice.',
    threshold: { name: 'Threshold', value: 650 },
    series: [
      { name: 'p50', shape: 'AREA', points: series(180, 40) },
      { name: 'p95', shape: 'LINE', points: series(430, 130) },
      { name: 'p99', shape: 'LINE', severity: 'serious', points: series(560, 190) },
    ],
  };
}

export const bars: Chart = {
  unit: '',
  zone: ZONE,
  summary: 'Exceptions an hour, by owner side: most belong to business, the peak was 31 at 11:00.',
  series: ['Business', 'IT', 'Nobody'].map((name, index) => {
    const random = dice(index + 3);
    return {
      name,
      shape: 'STACKED_BAR' as const,
      points: Array.from(
        { length: 24 },
        (_, hour) => [Date.parse('2026-11-24T00:00:00Z') + hour * 3_600_000, Math.floor(random() * 14)] as const,
      ),
    };
  }),
};

export const sale = JSON.stringify({
  messageId: 'sale-0412-2026-11-24-03-004711',
  storeId: '0412',
  register: '03',
  businessDate: '2026-11-24',
  currency: 'EUR',
  total: 123.4,
  bigNumber: 0,
  cancelled: false,
  customer: null,
  lines: [
    { sku: '4006381333931', quantity: 2, price: 3.99, taxCode: 'A1' },
    { sku: '5010029217025', quantity: 1, price: 109.95, taxCode: 'A1' },
    {
      sku: '4009900484442',
      quantity: 1,
      price: 5.47,
      taxCode: 'V9',
      text: '<img src=x onerror=alert(1)>\u202Egnp.exe',
    },
  ],
  payments: [{ type: 'CARD', amount: 123.4, card: '************1881' }],
}).replace('"bigNumber":0', '"bigNumber":12345678901234567890.10');

export const order =
  '<?xml version="1.0"?><Order xmlns="urn:example"><!-- from the web shop --><Store>0412</Store><Lines><Line no="1">' +
  '<Sku>4006381333931</Sku><Note><![CDATA[<b>bold</b>]]></Note></Line><Line no="2"/></Lines></Order>';
