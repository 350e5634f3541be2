/** A profile or its frequencies cannot be used; says what is wrong in the file. */
export class LinkageProfileError extends Error {
  override readonly name = 'LinkageProfileError';
  readonly code = 'LINKAGE_PROFILE_INVALID';
}
