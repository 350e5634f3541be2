import { plot, type PlotOptions } from '@observablehq/plot';

/** Room for a chart, in CSS pixels, and how much larger than usual text is wished. */
export interface Room {
  readonly width: number;
  readonly scale: number;
}

/** Colours that people who see colours differently tell apart by their lightness; numbers stand beside all of them. */
export const INK = '#1c2b33';
export const STRONG = '#0b5563';
export const SOFT = '#9cc3c9';
export const WARM = '#d9a441';
export const PALE = '#dedbd2';
export const LAND = '#e6e3da';
export const COAST = '#b9b5a9';
export const PAPER = '#ffffff';

/** Draws a chart. Its style element is taken out before it comes into the page, where the policy forbids it; the page's own style sheet says the same. */
export function drawn({ width, scale }: Room, options: PlotOptions): SVGSVGElement {
  const chart = plot({
    ...options,
    width,
    className: 'chart-drawn',
    style: { fontFamily: 'inherit', fontSize: `${14 * scale}px`, color: INK, background: 'none', overflow: 'visible' },
  });
  if (!(chart instanceof SVGSVGElement)) throw new Error('a chart is one drawing');
  for (const style of chart.querySelectorAll('style')) style.remove();
  for (const part of chart.querySelectorAll('[aria-label]')) part.removeAttribute('aria-label'); // the whole is one image
  return chart;
}
