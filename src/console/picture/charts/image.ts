import { wrapText } from '../wrapped-text.js';
import { INK, PAPER } from './drawn.js';

/** What stands in an image beside the chart, so that it is understood where nothing else goes with it. */
export interface ImageTexts {
  readonly title: string;
  /** Law, period, source, what is not shown, and what the numbers do not say. */
  readonly notes: readonly string[];
}

const SVG = 'http://www.w3.org/2000/svg';
/** In pixels; charts are drawn for it. */
export const IMAGE_WIDTH = 960;
const MARGIN = 32;
/** So many letters go into a line, even of the widest of the fonts below: whoever opens the image may have none of the others. */
const TITLE_LETTERS = 54;
const NOTE_LETTERS = 100;
const FONT = "'Source Sans 3 Variable', 'Source Sans 3', 'Segoe UI', 'DejaVu Sans', sans-serif";

/** An image that stands by itself: title, chart, and what has to be known of it. `draw` draws the chart for a width. */
export function imageOf({ title, notes }: ImageTexts, draw: (width: number) => SVGSVGElement): SVGSVGElement {
  const inner = IMAGE_WIDTH - 2 * MARGIN;
  const chart = draw(inner);
  const chartHeight = Number(chart.getAttribute('height'));
  const heading = textBlock(wrapText(title, TITLE_LETTERS), MARGIN + 22, 24, 30, 700);
  const top = MARGIN + heading.height + 16;
  const lines = notes.flatMap((note) => wrapText(note, NOTE_LETTERS));
  const foot = textBlock(lines, top + chartHeight + 36, 15, 20, 400);
  const height = top + chartHeight + 36 + foot.height + MARGIN;
  const image = document.createElementNS(SVG, 'svg');
  setAll(image, { width: IMAGE_WIDTH, height, viewBox: `0 0 ${IMAGE_WIDTH} ${height}`, 'font-family': FONT });
  const name = document.createElementNS(SVG, 'title');
  name.textContent = title;
  setAll(chart, { x: MARGIN, y: top, overflow: 'visible' });
  image.append(name, element('rect', { width: IMAGE_WIDTH, height, fill: PAPER }), heading.block, chart, foot.block);
  return image;
}

function textBlock(
  lines: readonly string[],
  top: number,
  size: number,
  step: number,
  weight: number,
): { readonly block: SVGElement; readonly height: number } {
  const block = element('text', { 'font-size': size, 'font-weight': weight, fill: INK });
  for (const [at, line] of lines.entries()) {
    const span = element('tspan', { x: MARGIN, y: top + at * step });
    span.textContent = line;
    block.append(span);
  }
  return { block, height: lines.length * step };
}

function element(name: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const made = document.createElementNS(SVG, name);
  setAll(made, attributes);
  return made;
}

function setAll(of: SVGElement, attributes: Readonly<Record<string, string | number>>): void {
  for (const [key, value] of Object.entries(attributes)) of.setAttribute(key, String(value));
}
