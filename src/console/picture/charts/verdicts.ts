import { barX, dot, text } from '@observablehq/plot';
import { drawn, INK, PALE, SOFT, STRONG, WARM, type Room } from './drawn.js';

/** How the same alerts come out under a law: numbers, and each as it is written. */
export interface DrawnVerdicts {
  readonly law: string;
  readonly parts: readonly { readonly verdict: string; readonly count: number | null; readonly written: string }[];
}

const COLOURS = [STRONG, SOFT, WARM, PALE] as const;

/** A bar for each law, divided by verdicts, with each part named and numbered below it. */
export function drawVerdicts(laws: readonly DrawnVerdicts[], room: Room): SVGSVGElement {
  const { width, scale } = room;
  const columns = width > 560 * scale ? 2 : 1;
  const lines = Math.ceil(4 / columns);
  const [name, bar, line] = [24 * scale, 20 * scale, 20 * scale];
  const band = name + bar + lines * line + 18 * scale;
  const whole = Math.max(1, ...laws.map(({ parts }) => parts.reduce((sum, { count }) => sum + (count ?? 0), 0)));
  const inPixels = (pixels: number): number => (pixels / width) * whole;
  const segments = laws.flatMap(({ parts }, at) => {
    let end = 0;
    return parts.map(({ count }, part) => {
      const start = end;
      end += count ?? 0;
      return { at, start, end, colour: COLOURS[part] ?? PALE };
    });
  });
  const legend = laws.flatMap(({ parts }, at) =>
    parts.map(({ written }, part) => ({
      at,
      written,
      colour: COLOURS[part] ?? PALE,
      x: inPixels((part % columns) * (width / columns) + 8 * scale),
      line: Math.floor(part / columns),
    })),
  );
  const offset = (row: number): number => -band / 2 + name + bar + (row + 0.5) * line + 6 * scale;
  return drawn(room, {
    height: laws.length * band,
    ...{ marginTop: 0, marginBottom: 0, marginLeft: 0, marginRight: 0 },
    x: { axis: null, domain: [0, whole] },
    y: { axis: null, type: 'band', domain: laws.map((_, at) => at), padding: 0 },
    marks: [
      text(laws, {
        ...{ x: 0, y: (_: DrawnVerdicts, at: number) => at, text: 'law', fill: INK, fontWeight: 600 },
        ...{ textAnchor: 'start', lineAnchor: 'top', dy: -band / 2 + 4 * scale },
      }),
      barX(segments, {
        ...{ x1: 'start', x2: 'end', y: 'at', fill: 'colour', stroke: INK, strokeWidth: 0.75 },
        ...{ insetTop: name, insetBottom: band - name - bar },
      }),
      ...Array.from({ length: lines }, (_, row) => {
        const inRow = legend.filter((one) => one.line === row);
        return [
          dot(inRow, {
            ...{ x: 'x', y: 'at', fill: 'colour', stroke: INK, strokeWidth: 0.75, symbol: 'square', r: 5 * scale },
            dy: offset(row),
          }),
          text(inRow, {
            ...{ x: 'x', y: 'at', text: 'written', fill: INK, textAnchor: 'start' },
            ...{ dx: 12 * scale, dy: offset(row), fontSize: 13.5 * scale },
          }),
        ];
      }),
    ],
  });
}
