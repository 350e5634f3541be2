/**
 * On what ground an alert is erased before its time (PROTOCOL.md W12), after Regulation (EU) 2016/679 art. 17(1): the person asked, having been told what is
 * held; consent is taken back (b); the person objects (c); it is not needed any more (a); it should not have been there (d); a law asks for it (e).
 */
export const ERASURE_GROUNDS = [
  'access-request',
  'consent-withdrawn',
  'objection',
  'not-needed',
  'unlawful',
  'legal-obligation',
] as const;
export type ErasureGround = (typeof ERASURE_GROUNDS)[number];
