import { Injectable } from '@nestjs/common';
import { Cursors } from '../alerts/index.js';
import type { PageRequest } from '../graphql/index.js';

/** The cursors of one list whose items have a number among all of their kind, which is nobody's to know. */
export interface OpenedCursors {
  /** Between which places the page lies. */
  readonly between: { readonly after: string | null; readonly before: string | null };
  /** The cursor at a place, always as long: its length would else tell how many there are. */
  at(place: string): string;
}

/** Seals the places of lists whose order is a number of the hub's own. */
@Injectable()
export class PlaceCursors {
  constructor(private readonly cursors: Cursors) {}

  /** `list` spells member and filter canonically. Throws `Refusal` ARGUMENT_INVALID for a cursor of another list. */
  of({ after, before }: PageRequest, list: readonly unknown[]): OpenedCursors {
    const cursors = this.cursors.ofSecrets(JSON.stringify(list));
    return {
      between: {
        after: after === null ? null : cursors.open(after, 'after'),
        before: before === null ? null : cursors.open(before, 'before'),
      },
      at: (place) => cursors.of(place.padStart(19, '0')),
    };
  }
}
