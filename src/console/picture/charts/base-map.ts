import { geo, type Markish } from '@observablehq/plot';
import { COAST, drawn, LAND, SOFT, type Room } from './drawn.js';
import type { World } from './world.js';

/** Which part of the world is shown. */
export type View = 'world' | 'europe';

/** The corners of Europe with its neighbours, in degrees. */
const EUROPE = [
  [-11, 35],
  [-11, 66],
  [42, 35],
  [42, 66],
];

const PROJECTIONS = {
  world: {
    type: 'equal-earth',
    domain: {
      type: 'MultiPoint',
      coordinates: [
        [-170, -50],
        [178, -50],
        [-170, 76],
        [178, 76],
      ],
    },
  },
  europe: { type: 'azimuthal-equal-area', rotate: [-15, -52], domain: { type: 'MultiPoint', coordinates: EUROPE } },
} as const satisfies Readonly<Record<View, object>>;

const SHAPES: Readonly<Record<View, number>> = { world: 0.5, europe: 0.85 };

/** Draws something on a map, with the countries that it is about toned. */
export function onMap(
  world: World,
  about: ReadonlySet<string>,
  view: View,
  room: Room,
  marks: readonly Markish[],
): SVGSVGElement {
  const isAbout = ({ code }: World['lands'][number]): boolean => code !== null && about.has(code);
  return drawn(room, {
    height: room.width * SHAPES[view],
    ...{ marginTop: 0, marginBottom: 0, marginLeft: 0, marginRight: 0 },
    projection: PROJECTIONS[view],
    r: { type: 'identity' },
    marks: [
      geo(
        world.lands.map(({ shape }) => shape),
        { fill: LAND, stroke: COAST, strokeWidth: 0.5 },
      ),
      geo(
        world.lands.filter(isAbout).map(({ shape }) => shape),
        { fill: SOFT, fillOpacity: 0.55, stroke: COAST, strokeWidth: 0.5 },
      ),
      ...marks,
    ],
  });
}

/** Whether two marks are so near on the map that only one of them can be labelled; `needed` is how wide a label is, pixels at scale 1. */
export function areNear(
  a: readonly [number, number],
  b: readonly [number, number],
  view: View,
  { width, scale }: Room,
  needed = 130,
): boolean {
  const degrees = view === 'world' ? 360 : 60;
  const [wide, high] = [(needed * scale * degrees) / width, (34 * scale * degrees) / width];
  return Math.abs(a[0] - b[0]) < wide && Math.abs(a[1] - b[1]) < high;
}
