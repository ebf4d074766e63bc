import { severityOf, severityRank, type Severity } from './severity';

/** As it comes from the server: store id, severity, explanation. */
export type RawCell = readonly [storeId: string, severity: string, explanation: string];

/** A cell that looks different now: the name of its region, then as it comes from the server. */
export type RawChange = readonly [region: string, ...cell: RawCell];

export interface RawRegion {
  name: string;
  stores: readonly RawCell[];
}

export interface Cell {
  storeId: string;
  severity: Severity;
  explanation: string;
}

export interface Region {
  name: string;
  cells: Cell[];
  /** How many stores of each severity, the worst first, none left out but those with 0. */
  counts: [Severity, number][];
}

/**
 * Regions and stores, worst first. What has not changed since `before` is the same object as there,
 * so that nothing of it is drawn again.
 */
export function regionsOf(raw: readonly RawRegion[], before: readonly Region[]): Region[] {
  const known = new Map(before.map((region) => [region.name, region]));
  return raw
    .filter((region) => region.stores.length > 0)
    .map((region) => regionOf(region, known.get(region.name)))
    .sort(worstRegionFirst);
}

/** The same regions with these cells in place of those of the same store; regions without any are the same objects. */
export function changed(raw: readonly RawRegion[], changes: readonly RawChange[]): RawRegion[] {
  const byRegion = new Map<string, Map<string, RawCell>>();
  for (const [region, ...cell] of changes) {
    const cells = byRegion.get(region) ?? new Map<string, RawCell>();
    byRegion.set(region, cells.set(cell[0], cell));
  }
  return raw.map((region) => {
    const cells = byRegion.get(region.name);
    return cells ? { ...region, stores: region.stores.map((old) => cells.get(old[0]) ?? old) } : region;
  });
}

function regionOf(raw: RawRegion, before: Region | undefined): Region {
  const old = new Map(before?.cells.map((cell) => [cell.storeId, cell]));
  const cells = raw.stores.map(([storeId, token, explanation]): Cell => {
    const severity = severityOf(token);
    const same = old.get(storeId);
    return same && same.severity === severity && same.explanation === explanation
      ? same
      : { storeId, severity, explanation };
  });
  cells.sort(
    (one, other) => severityRank(other.severity) - severityRank(one.severity) || compare(one.storeId, other.storeId),
  );
  if (before && cells.length === before.cells.length && cells.every((cell, index) => cell === before.cells[index])) {
    return before;
  }
  return { name: raw.name, cells, counts: countsOf(cells) };
}

function countsOf(cells: readonly Cell[]): [Severity, number][] {
  const counts = new Map<Severity, number>();
  for (const cell of cells) {
    counts.set(cell.severity, (counts.get(cell.severity) ?? 0) + 1);
  }
  return [...counts];
}

function worstRegionFirst(one: Region, other: Region): number {
  const [worst, many] = one.counts[0] ?? ['ok', 0];
  const [otherWorst, otherMany] = other.counts[0] ?? ['ok', 0];
  return (
    severityRank(otherWorst) - severityRank(worst) ||
    (worst === 'ok' ? 0 : otherMany - many) ||
    compare(one.name, other.name)
  );
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

export type Density = 'roomy' | 'dense' | 'tiny';

/** So that a screen shows as many stores as it can, as large as it can. */
export function densityOf(stores: number): Density {
  return stores <= 400 ? 'roomy' : stores <= 3000 ? 'dense' : 'tiny';
}
