type Position = readonly number[];
type Ring = readonly Position[];

/** A shape of a country, as GeoJSON has it. */
export type Shape =
  | { readonly type: 'Polygon'; readonly coordinates: readonly Ring[] }
  | { readonly type: 'MultiPolygon'; readonly coordinates: readonly (readonly Ring[])[] };

/** Where a country is marked, in degrees east and north: the middle of its largest piece, so that France is not marked on the way to Guiana. */
export function centreOf(shape: Shape): readonly [number, number] {
  const pieces = shape.type === 'Polygon' ? [shape.coordinates] : shape.coordinates;
  const rings = pieces.flatMap(([outer]) => (outer ? [outer] : []));
  const measured = rings.map((ring) => middleOf(unrolled(ring))).sort((a, b) => b.area - a.area);
  const [east = 0, north = 0] = measured[0]?.at ?? [];
  return [((((east + 180) % 360) + 360) % 360) - 180, north];
}

/** A ring that crosses the 180th meridian, as Russia's does, goes on beyond it. */
function unrolled(ring: Ring): Ring {
  let last = ring[0]?.[0] ?? 0;
  return ring.map(([east = 0, north = 0]) => {
    last = east + 360 * Math.round((last - east) / 360);
    return [last, north];
  });
}

/** The centroid of a ring on the plane, with its area shrunk as meridians meet. */
function middleOf(ring: Ring): { readonly at: readonly [number, number]; readonly area: number } {
  let [twice, x, y] = [0, 0, 0];
  for (const [at, [x1 = 0, y1 = 0]] of ring.entries()) {
    const [x2 = 0, y2 = 0] = ring[(at + 1) % ring.length] ?? [];
    const cross = x1 * y2 - x2 * y1;
    twice += cross;
    x += (x1 + x2) * cross;
    y += (y1 + y2) * cross;
  }
  if (twice === 0) {
    const [x1 = 0, y1 = 0] = ring[0] ?? [];
    return { at: [x1, y1], area: 0 };
  }
  const latitude = y / (3 * twice);
  return {
    at: [x / (3 * twice), latitude],
    area: Math.abs(twice / 2) * Math.cos((latitude * Math.PI) / 180),
  };
}
