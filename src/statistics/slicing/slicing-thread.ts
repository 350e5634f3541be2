import { parentPort } from 'node:worker_threads';
import type { CountedClass } from '../disclosure/counted-class.js';
import { sliceOfCounted } from '../disclosure/slice-of-counted.js';
import { slice } from '../disclosure/slice.js';
import type { Job, JobPart, PlacedSlices } from './job.js';

const classes: CountedClass[] = [];

/** Cuts what it was given, answers, and ends. */
parentPort?.on('message', (part: JobPart) => {
  if (part.kind === 'classes') for (const one of part.classes) classes.push(one);
  else {
    parentPort?.postMessage(placed(cut(part)));
    parentPort?.close();
  }
});

function cut({ facets, threshold, counted }: Job) {
  return counted === null
    ? slice(classes, facets, threshold)
    : { ...sliceOfCounted(classes, facets, counted, threshold), waiting: [] };
}

/** Classes by their place. Throws for one that has none: left out, its alerts would be counted nowhere. */
function placed({ core, facets, waiting }: ReturnType<typeof cut>): PlacedSlices {
  const places = new Map(classes.map((one, place) => [one, place]));
  const placesOf = (some: readonly CountedClass[]) =>
    some.map((one) => {
      const place = places.get(one);
      if (place === undefined) throw new Error('what was cut is none of what was to be cut');
      return place;
    });
  return {
    core: core.map((piece) => ({ ...piece, classes: placesOf(piece.classes) })),
    facets: facets.map((piece) => ({ ...piece, classes: placesOf(piece.classes) })),
    waiting: placesOf(waiting),
  };
}
