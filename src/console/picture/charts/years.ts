import { axisX, barY, ruleX, text } from '@observablehq/plot';
import { drawn, INK, STRONG, type Room } from './drawn.js';

/** A year with its number as it is written; null when it is too small to be shown. */
export interface DrawnYear {
  readonly year: number;
  readonly count: number | null;
  readonly written: string;
}

/** A year in which a law changed. */
export interface LawBreak {
  readonly year: number;
  readonly label: string;
}

/** A bar for each year. A year that is too small to be shown has no bar but its "<11": it is not none. */
export function drawYears(years: readonly DrawnYear[], breaks: readonly LawBreak[], room: Room): SVGSVGElement {
  const { width, scale } = room;
  const each = width / Math.max(1, years.length);
  const isNarrow = each < 46 * scale;
  const every = Math.ceil((38 * scale) / each);
  const shown = breaks.filter(({ year }) => years.some((one) => one.year === year));
  return drawn(room, {
    height: 280 * scale,
    ...{ marginTop: (isNarrow ? 64 : 30) * scale, marginBottom: 30 * scale, marginLeft: 0, marginRight: 0 },
    x: { type: 'band', domain: years.map(({ year }) => year), label: null, padding: 0.15 },
    y: { axis: null, domain: [0, Math.max(1, ...years.map(({ count }) => count ?? 0))] },
    marks: [
      axisX({
        label: null,
        ticks: years.map(({ year }) => year).filter((_, at) => at % every === 0),
        tickFormat: String,
        fontSize: 13 * scale,
      }),
      ruleX(shown, { x: 'year', stroke: INK, strokeDasharray: '3 3', strokeOpacity: 0.7 }),
      barY(years, { x: 'year', y: (one: DrawnYear) => one.count ?? 0, fill: STRONG }),
      text(years, {
        x: 'year',
        y: (one: DrawnYear) => one.count ?? 0,
        ...{ text: 'written', fill: INK, rotate: isNarrow ? -90 : 0 },
        ...{ textAnchor: isNarrow ? 'start' : 'middle', lineAnchor: isNarrow ? 'middle' : 'bottom', dy: -5 },
        ...{ fontSize: 12.5 * scale, fontWeight: 600, stroke: 'white', strokeWidth: 3 },
      }),
      text(shown, {
        ...{ x: 'year', text: 'label', frameAnchor: 'top', lineAnchor: 'bottom', dy: -(isNarrow ? 48 : 14) * scale },
        ...{ fill: INK, fontSize: 12.5 * scale },
      }),
    ],
  });
}
