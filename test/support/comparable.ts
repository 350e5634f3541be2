import { decodeStatement, type SigningKey } from '../../src/protocol/index.js';
import { holds } from '../../src/identity/index.js';
import type { RawAnswer } from './raw-seat.js';

/** An answer of which only that was replaced which must differ from one asking to the next. */
export interface ComparableAnswer {
  readonly asked: string;
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly text: string;
}

const INSTANT = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g;
// Looked for where words begin alone: in the middle of long ones it would be sought in vain once for each letter.
const STATEMENT = /(?<![\w-])[\w-]{20,}\.[\w-]{20,}\.[\w-]{86}/g;
const SEALED = /"(cursor|startCursor|endCursor)":"([\w-]{60,})"/g;

/**
 * Makes answers of two hubs comparable byte by byte. Three things are replaced, each by a text that says how long it was: instants between the start of
 * the test and a little from now, the hub's receipts (whose signatures are checked) except for what they say but the time and the place in the log, and sealed cursors, which
 * are numbered in the order in which they were first seen: they may be compared with each other and nothing else.
 */
export class Comparable {
  private readonly sealed = new Map<string, number>();

  constructor(
    private readonly hubKey: SigningKey,
    private readonly since: number,
  ) {}

  /** Without when and under which id it was answered. */
  of(asked: string, { status, headers, text }: RawAnswer): ComparableAnswer {
    return {
      asked,
      status,
      headers: [...headers].filter(([name]) => name !== 'date' && name !== 'x-correlation-id'),
      text: this.instants(
        text
          .replace(STATEMENT, (compact) => this.receipt(compact))
          .replace(SEALED, (_, name: string, cursor: string) => `"${name}":"${this.cursor(cursor)}"`),
      ),
    };
  }

  private receipt(compact: string): string {
    const { typ, claims } = decodeStatement(compact);
    if (typ !== 'receipt+jwt') return compact;
    if (!holds(compact, this.hubKey)) throw new Error('a receipt does not verify');
    const { iat, accepted, ...others } = claims;
    const said = { ...others, accepted: Array.isArray(accepted) ? accepted.map(withoutPlace) : accepted };
    if (typeof iat !== 'number' || Math.abs(iat - Date.now() / 1000) > 60) throw new Error('a receipt of another time');
    return `<receipt of ${compact.length} characters: ${JSON.stringify(said)}>`;
  }

  private cursor(cursor: string): string {
    const known = this.sealed.get(cursor) ?? this.sealed.size;
    this.sealed.set(cursor, known);
    return `<cursor ${known} of ${cursor.length} characters>`;
  }

  private instants(text: string): string {
    const until = Date.now() + 15 * 60_000;
    return text.replace(INSTANT, (instant) =>
      Date.parse(instant) >= this.since && Date.parse(instant) <= until ? '<now>' : instant,
    );
  }
}

/** Where the log has a statement depends on how much all others sent, as the public tree head does; salt and leaf hash are of chance. */
function withoutPlace(accepted: unknown): unknown {
  if (typeof accepted !== 'object' || accepted === null || !('log' in accepted)) return accepted;
  const { log, ...rest } = accepted;
  return {
    ...rest,
    log: Object.entries(log ?? {}).map(([name, value]) => [name, name === 'event' ? value : typeof value]),
  };
}
