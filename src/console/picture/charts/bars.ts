import { barX, text } from '@observablehq/plot';
import { wrapText } from '../wrapped-text.js';
import { drawn, INK, STRONG, type Room } from './drawn.js';

/** A bar with its name and its number as they are written. */
export interface Bar {
  readonly label: string;
  readonly count: number;
  readonly written: string;
}

/** Bars that lie, each below its name, so that names have room on a small screen. */
export function drawBars(bars: readonly Bar[], room: Room): SVGSVGElement {
  const { width, scale } = room;
  const longest = Math.max(1, ...bars.map(({ written }) => written.length));
  const most = Math.floor(width / (7.2 * scale));
  const named = bars.map((bar, at) => ({ ...bar, at, name: wrapText(bar.label, most).join('\n') }));
  const lines = Math.max(1, ...named.map(({ name }) => name.split('\n').length));
  const [line, bar] = [17 * scale, 16 * scale];
  const band = lines * line + bar + 10 * scale;
  return drawn(room, {
    height: Math.max(1, bars.length) * band,
    ...{ marginTop: 0, marginBottom: 0, marginLeft: 0, marginRight: longest * 8.5 * scale + 12 },
    x: { axis: null, domain: [0, Math.max(1, ...bars.map(({ count }) => count))] },
    y: { axis: null, domain: named.map(({ at }) => at), padding: 0 },
    marks: [
      barX(named, { x: 'count', y: 'at', fill: STRONG, insetTop: lines * line + 5 * scale, insetBottom: 5 * scale }),
      text(named, {
        ...{ x: 0, y: 'at', text: 'name', fill: INK },
        ...{ textAnchor: 'start', lineAnchor: 'top', dy: -band / 2 + 4 * scale },
      }),
      text(named, {
        ...{ x: 'count', y: 'at', text: 'written', fill: INK, fontWeight: 600 },
        ...{ textAnchor: 'start', dx: 6, dy: (lines * line) / 2 },
      }),
    ],
  });
}
