import type { PictureRequest } from './picture-request.js';

/** Whence numbers are. */
export const SOURCES = {
  SHARED:
    'Symbolon: alerts exchanged between the members of the accord, by which the asker is addressed for monitoring.',
  OWN: 'Symbolon: the asker’s own alerts in force.',
} as const satisfies Readonly<Record<PictureRequest['scope'], string>>;

/** What they do not say, by what the alerts are about. */
export const CAVEATS = {
  PERSON:
    'These are alerts about identified or presumed victims; they say how often trafficking was seen and reported, not how much of it there is. Identified cases are not prevalence.',
  PATTERN:
    'These are observations of how trafficking is done, about no person. Several may describe the same, and they say nothing of how much of it there is.',
} as const satisfies Readonly<Record<PictureRequest['about'], string>>;
