/** On what ground a recipient keeps what it was to erase (PROTOCOL.md W4). The list is closed, so that nobody has to write why about a person. */
export const RETENTION_GROUNDS = [
  'ongoing-proceedings',
  'court-order',
  'legal-obligation',
  'legal-claims',
  'public-archive',
] as const;

export type RetentionGround = (typeof RETENTION_GROUNDS)[number];
