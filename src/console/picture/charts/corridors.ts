import { arrow, dot, text } from '@observablehq/plot';
import { areNear, onMap, type View } from './base-map.js';
import { INK, PAPER, STRONG, type Room } from './drawn.js';
import type { World } from './world.js';

/** From one country to another, with its number as it is written. */
export interface DrawnCorridor {
  readonly from: string;
  readonly to: string;
  readonly count: number;
  readonly written: string;
}

const MOST = 20;
const MOST_LABELS = 8;

/** Arrows on a map, as thick as their numbers; within a country a circle. */
export function drawCorridors(
  corridors: readonly DrawnCorridor[],
  world: World,
  view: View,
  room: Room,
): SVGSVGElement {
  const largest = Math.max(1, ...corridors.map(({ count }) => count));
  const placed = corridors
    .flatMap((one) => {
      const [from, to] = [world.centres.get(one.from), world.centres.get(one.to)];
      if (!from || !to) return [];
      const width = (1.5 + 7 * Math.sqrt(one.count / largest)) * room.scale;
      const middle: readonly [number, number] = [(from[0] + 2 * to[0]) / 3, (from[1] + 2 * to[1]) / 3];
      return [{ ...one, x1: from[0], y1: from[1], x2: to[0], y2: to[1], width, middle, mx: middle[0], my: middle[1] }];
    })
    .slice(0, MOST);
  const across = placed.filter(({ from, to }) => from !== to);
  const within = placed.filter(({ from, to }) => from === to);
  const labelled: (typeof placed)[number][] = [];
  for (const one of placed)
    if (labelled.length < MOST_LABELS && !labelled.some((other) => areNear(one.middle, other.middle, view, room)))
      labelled.push(one);
  const about = new Set(placed.flatMap(({ from, to }) => [from, to]));
  return onMap(world, about, view, room, [
    dot(within, {
      x: 'x1',
      y: 'y1',
      r: (one: { width: number }) => one.width * 1.6,
      fill: 'none',
      stroke: STRONG,
      strokeWidth: 2.5,
    }),
    arrow(across, {
      ...{ x1: 'x1', y1: 'y1', x2: 'x2', y2: 'y2', bend: 14, stroke: STRONG, strokeOpacity: 0.8 },
      ...{ strokeWidth: 'width', headLength: 6, inset: 2 },
    }),
    text(labelled, {
      ...{ x: 'mx', y: 'my', text: 'written', fill: INK, stroke: PAPER, strokeWidth: 3.5, fontWeight: 600 },
      fontSize: 12.5 * room.scale,
    }),
  ]);
}
