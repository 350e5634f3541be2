import { Injectable } from '@nestjs/common';
import { Cursors } from '../alerts/index.js';
import type { Acting } from '../database/index.js';

/** The cursors of one inbox's dead letters. */
@Injectable()
export class DeadLetterCursors {
  constructor(private readonly cursors: Cursors) {}

  of({ member, purpose }: Acting) {
    const sealed = this.cursors.ofSecrets(JSON.stringify(['dead letters', member, purpose]));
    return {
      of: (seq: number): string => sealed.of(String(seq)),
      /** The number of the entry of a cursor of this list. Throws `Refusal` ARGUMENT_INVALID. */
      open: (cursor: string, argument: string): number => Number(sealed.open(cursor, argument)),
    };
  }
}
