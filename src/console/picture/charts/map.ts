import { dot, text } from '@observablehq/plot';
import { areNear, onMap, type View } from './base-map.js';
import { INK, PAPER, STRONG, type Room } from './drawn.js';
import type { World } from './world.js';

/** A country with its number, as it is named and written. */
export interface DrawnPlace {
  readonly code: string;
  readonly name: string;
  readonly count: number;
  readonly written: string;
}

const MOST_LABELS = 12;
/** A circle with at least this radius bears its label, a smaller one has it above. */
const INSIDE = 14;
const LABEL = {
  ...{ x: 'x', y: 'y', text: 'label', fill: INK, stroke: PAPER, strokeWidth: 3.5, fontWeight: 600 },
};

/** A map with a circle on each country, its area by the number; the largest are labelled. */
export function drawMap(places: readonly DrawnPlace[], world: World, view: View, room: Room): SVGSVGElement {
  const largest = Math.max(1, ...places.map(({ count }) => count));
  const marked = places.flatMap((place) => {
    const at = world.centres.get(place.code);
    return at
      ? [
          {
            ...place,
            at,
            x: at[0],
            y: at[1],
            label: `${place.name}\n${place.written}`,
            radius: radiusOf(place.count / largest, room),
          },
        ]
      : [];
  });
  const labelled: (typeof marked)[number][] = [];
  for (const place of marked)
    if (
      labelled.length < MOST_LABELS &&
      isInView(place.at, view) &&
      !labelled.some((other) => areNear(place.at, other.at, view, room, widthOf(place.name, other.name)))
    )
      labelled.push(place);
  return onMap(world, new Set(marked.map(({ code }) => code)), view, room, [
    dot(marked, {
      ...{ x: 'x', y: 'y', r: 'radius', fill: STRONG, fillOpacity: 0.75 },
      ...{ stroke: PAPER, strokeWidth: 1, sort: { channel: '-r' } },
    }),
    text(
      labelled.filter(({ radius }) => radius >= INSIDE * room.scale),
      { ...LABEL, fontSize: 12.5 * room.scale },
    ),
    text(
      labelled.filter(({ radius }) => radius < INSIDE * room.scale),
      { ...LABEL, fontSize: 12.5 * room.scale, lineAnchor: 'bottom', dy: -6 * room.scale },
    ),
  ]);
}

function isInView([x, y]: readonly [number, number], view: View): boolean {
  return view === 'world' || (x > -12 && x < 45 && y > 33 && y < 68);
}

/** How far apart the middles of two labels have to be, pixels. */
function widthOf(one: string, other: string): number {
  return ((one.length + other.length) / 2) * 7.5 + 10;
}

/** Areas go by numbers. */
function radiusOf(share: number, { width }: Room): number {
  return Math.max(2, Math.sqrt(share) * Math.min(30, width / 22));
}
