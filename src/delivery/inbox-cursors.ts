import { Injectable } from '@nestjs/common';
import { Cursors, type ListCursors } from '../alerts/index.js';
import type { Acting } from '../database/index.js';
import { Refusal, sha256Base64url } from '../protocol/index.js';

/** The cursors of one inbox under one filter. */
export interface InboxCursors {
  of(seq: number): string;
  /** The number of the entry of a cursor of this inbox and filter. Throws `Refusal` ARGUMENT_INVALID. */
  open(cursor: string, argument: string): number;
}

/** Cursors at entries: sealed, and bound to member, purpose and filter. */
@Injectable()
export class InboxCursorBook {
  constructor(private readonly cursors: Cursors) {}

  /** `filter` is spelt canonically. */
  under(reader: Acting, filter: string): InboxCursors {
    const sealed = this.sealed(reader);
    const mark = sha256Base64url(filter).slice(0, 16);
    return {
      of: (seq) => sealed.of(`${mark} ${String(seq).padStart(10, '0')}`),
      open(cursor, argument) {
        const [marked, seq] = sealed.open(cursor, argument).split(' ');
        if (marked === mark) return Number(seq);
        const remedy = 'Use a cursor that this same query gave, or begin anew without one.';
        throw new Refusal('ARGUMENT_INVALID', 'The cursor belongs to another filter.', remedy, [argument]);
      },
    };
  }

  /** The number of the entry of a cursor of this inbox, under whatever filter. Throws `Refusal` ARGUMENT_INVALID. */
  openAny(reader: Acting, cursor: string, argument: string): number {
    return Number(this.sealed(reader).open(cursor, argument).split(' ')[1]);
  }

  private sealed({ member, purpose }: Acting): ListCursors {
    return this.cursors.ofSecrets(JSON.stringify(['inbox', member, purpose]));
  }
}
