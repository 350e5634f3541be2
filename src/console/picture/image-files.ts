import { saveFile } from '../controls/index.js';

/** As many image pixels as CSS pixels, so that print is sharp. */
const DENSITY = 2;

/** Keeps a drawing as SVG. */
export function saveSvg(name: string, image: SVGSVGElement): void {
  saveFile(`${name}.svg`, svgText(image), 'image/svg+xml');
}

/** Keeps a drawing as PNG. Throws when the browser cannot paint it. */
export async function savePng(name: string, image: SVGSVGElement): Promise<void> {
  const address = URL.createObjectURL(new Blob([svgText(image)], { type: 'image/svg+xml' }));
  try {
    const picture = new Image();
    picture.src = address;
    await picture.decode();
    const canvas = document.createElement('canvas');
    canvas.width = Number(image.getAttribute('width')) * DENSITY;
    canvas.height = Number(image.getAttribute('height')) * DENSITY;
    const paint = canvas.getContext('2d');
    if (!paint) throw new Error('this browser paints no images');
    paint.drawImage(picture, 0, 0, canvas.width, canvas.height);
    const png = await new Promise<Blob | null>((done) => {
      canvas.toBlob(done, 'image/png');
    });
    if (!png) throw new Error('this browser makes no PNG');
    saveFile(`${name}.png`, png, 'image/png');
  } finally {
    URL.revokeObjectURL(address);
  }
}

function svgText(image: SVGSVGElement): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(image)}`;
}
