/** What one side asks in one kind of element, over its variants. */
export interface SideOfDifference {
  /** Whether all of the variants have an element of the kind, only some, or none. */
  readonly asked: 'always' | 'sometimes' | 'never';
  /** The ages in years under which an element of the kind is met as well, ascending. */
  readonly waivedUnder: readonly number[];
  /** Whether a list of the kind is open. */
  readonly open: boolean;
}
