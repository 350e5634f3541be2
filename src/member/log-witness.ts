import type { PublicKey } from '../protocol/index.js';
import {
  assertIncluded,
  assertOneHistory,
  LogFault,
  readTreeHead,
  witnessHead,
  writeConsistencyProof,
  writeInclusionProof,
  type ConsistencyProof,
  type ConsistencyProofForm,
  type InclusionProofForm,
  type KnownLog,
  type PlaceInLog,
  type Receipt,
  type TreeHead,
  type TrustedAccord,
} from '../protocol/transparency/index.js';
import { brokenPromise } from './broken-promise.js';
import { keepFault } from './fault-file.js';
import type { HubAddress } from './seats.js';
import { logPins, type PinnedLog } from './log-pins.js';
import { LogQueries } from './log-queries.js';
import { knowLog, type TrustedLog } from './log-trust.js';
import { MemberError } from './member-error.js';
import type { Place } from './place.js';

/** What a witness saw. */
export interface Look {
  /** The head that it trusts from now on; kept durably already. */
  readonly head: TreeHead;
  /** The head that it trusted before; null at the first sight. */
  readonly before: TreeHead | null;
}

/** That an entry is in the log. */
export interface ProvenPlace {
  readonly jti: string;
  readonly place: PlaceInLog;
  readonly head: TreeHead;
  readonly inclusion: InclusionProofForm;
}

/** Heads of a log from an earlier one on, with the proof between them. */
export interface Span {
  readonly heads: readonly string[];
  readonly consistency: ConsistencyProofForm | null;
}

/**
 * A member that holds the hub to its log (T13 to T15). It keeps, durably, the last head that it trusts. Methods throw `LogFault` when what the hub says does not
 * hold, after what shows it was written to a file that the remedy names; `MemberError` when the hub is away.
 */
export class LogWitness {
  private readonly queries: LogQueries;
  private looked = false;

  private constructor(
    private readonly address: HubAddress,
    private readonly store: Place,
    private trust: TrustedLog,
  ) {
    this.queries = new LogQueries(address.hub);
  }

  /** `given` are keys of the hub that are known from elsewhere; without them, and without pins, the hub is asked for its own. */
  static async open(address: HubAddress, store: Place, given: readonly PublicKey[] = []): Promise<LogWitness> {
    return new LogWitness(address, store, await knowLog(address, store, given));
  }

  /** The hub's keys and the accord, as this place knows them. */
  get trusted(): TrustedAccord {
    return { log: this.trust.log, accord: this.trust.pinned.accord };
  }

  /** Asks for the latest head, applies the rules of a witness, and keeps what it trusts from now on. */
  look(): Promise<Look> {
    return this.alone(async () => {
      // Another process may have gone on meanwhile.
      const kept = await logPins(this.store, this.address.audience).load();
      const pinned: PinnedLog = kept ? { ...kept, keys: this.trust.pinned.keys } : this.trust.pinned;
      const { log } = this.trust;
      const before = pinned.head === null ? null : await readTreeHead(pinned.head, log);
      const compact = await this.queries.head();
      const offered = await readOffered(compact, log);
      const heads = before ? [before, offered] : [offered];
      const head = await this.holding(heads, async () => {
        const consistency = before && (await this.proofBetween(before, offered));
        return witnessHead(log, before, { compact, consistency, now: Date.now() / 1000 });
      });
      const next = { ...pinned, first: pinned.first ?? head.compact, head: head.compact };
      await logPins(this.store, this.address.audience).save(next);
      this.trust = { log, pinned: next };
      this.looked = true;
      return { head, before };
    });
  }

  /** Compares the head that is trusted with one that another member saw, compact. Gives that head. */
  async compare(compact: string): Promise<TreeHead> {
    const own = await this.present();
    const other = await readTreeHead(compact, this.trust.log);
    await this.holding([own, other], async () => assertOneHistory(own, other, await this.proofBetween(own, other)));
    return other;
  }

  /** Proves that what a receipt promises is in the log: under the head that is trusted, or under one that others saw, compact, and that is of one history with it. */
  async prove(receipt: Receipt, jti: string, under: string | null = null): Promise<ProvenPlace> {
    const accepted = receipt.accepted.find((one) => one.jti === jti);
    if (!accepted)
      throw new LogFault('WRONG_ENTRY', 'The receipt holds no such statement.', 'Name one that it holds.', ['jti']);
    const { place } = accepted;
    const head = under === null ? await this.present(place?.index ?? 0) : await this.compare(under);
    return this.holding([head], async () => {
      const [index, none] = [place?.index ?? 0, { index: 0, size: 1, path: [] }];
      const given = index < head.size ? await this.queries.inclusion(index, head.size) : null;
      if (given) await this.assertSameHead(head, given.head);
      const proof = given?.proof ?? none;
      try {
        assertIncluded(receipt, accepted, head, proof);
      } catch (error) {
        if (!(error instanceof LogFault) || error.code !== 'NOT_INCLUDED' || !place) throw error;
        throw (await brokenPromise({ receipt, jti, place, head, proof }, this.queries)) ?? error;
      }
      if (!place) throw new Error('what is included has a place');
      return { jti, place, head, inclusion: writeInclusionProof(proof) };
    });
  }

  /** The first head that this place trusted, then this one, and the proof between them; this one alone when it is the first or of a smaller log. */
  async span(head: TreeHead): Promise<Span> {
    const { first } = this.trust.pinned;
    if (first === null || first === head.compact) return { heads: [head.compact], consistency: null };
    const earlier = await readTreeHead(first, this.trust.log);
    if (earlier.size > head.size) return { heads: [head.compact], consistency: null };
    const proof =
      earlier.size === head.size
        ? { from: head.size, to: head.size, path: [] }
        : await this.holding([earlier, head], () => this.proofBetween(earlier, head));
    return { heads: [first, head.compact], consistency: proof && writeConsistencyProof(proof) };
  }

  /** The head that is trusted, after a look when there was none yet or it does not reach beyond this index. */
  private async present(index = 0): Promise<TreeHead> {
    const { head } = this.trust.pinned;
    if (head !== null && this.looked) {
      const kept = await readTreeHead(head, this.trust.log);
      if (index < kept.size) return kept;
    }
    return (await this.look()).head;
  }

  /** The hub's proof that the smaller log is the beginning of the larger; null when it gives none. */
  private async proofBetween(one: TreeHead, other: TreeHead): Promise<ConsistencyProof | null> {
    const [smaller, larger] = one.size <= other.size ? [one, other] : [other, one];
    if (smaller.size === larger.size) return null;
    // Nothing begins every log.
    if (smaller.size === 0) return { from: 0, to: larger.size, path: [] };
    const given = await this.queries.consistency(smaller.size, larger.size);
    if (given) await this.assertSameHead(larger, given.head);
    return given?.proof ?? null;
  }

  /** Holds a head that the hub gave with a proof against the one that the proof was asked for: another root under one size is a split view, signed. */
  private async assertSameHead(expected: TreeHead, compact: string): Promise<void> {
    const given = await readTreeHead(compact, this.trust.log);
    if (given.size === expected.size) assertOneHistory(expected, given, null);
  }

  /** Runs a step that may find the hub at fault about these heads, and keeps what shows it before it says so. */
  private async holding<T>(heads: readonly TreeHead[], step: () => Promise<T>): Promise<T> {
    try {
      return await step();
    } catch (error) {
      if (!(error instanceof LogFault)) throw error;
      const fault = error.code === 'NOT_CONSISTENT' ? await this.asSplitView(heads, error) : error;
      throw await this.kept(fault, heads);
    }
  }

  /** Asks the hub once more for its heads of the sizes that do not go together: one that it signed anew, with another root, is evidence. */
  private async asSplitView(heads: readonly TreeHead[], fault: LogFault): Promise<LogFault> {
    try {
      for (const head of heads) {
        const given = head.size === 0 ? null : await this.queries.consistency(head.size, head.size);
        if (given) await this.assertSameHead(head, given.head);
      }
      return fault;
    } catch (error) {
      return error instanceof LogFault && error.evidence ? error : fault;
    }
  }

  private async kept(fault: LogFault, heads: readonly TreeHead[]): Promise<LogFault> {
    const { code, message, remedy, path, evidence, cause } = fault;
    if (evidence) {
      const file = await keepFault(this.store, evidence.kind, evidence);
      const told = `${remedy} It is in ${file}; anybody who has the hub’s key can check it with "symbolon verify".`;
      return new LogFault(code, message, told, path, { cause, evidence });
    }
    if (code !== 'NOT_CONSISTENT' && code !== 'NOT_INCLUDED') return fault;
    const file = await keepFault(this.store, code, { heads: heads.map(({ compact }) => compact) });
    return new LogFault(code, message, `${remedy} What the hub signed is kept in ${file}.`, path, { cause });
  }

  /** Only one process of this place looks at a time. */
  private async alone<T>(step: () => Promise<T>): Promise<T> {
    const done = await this.store.alone('log-witness', async () => ({ value: await step() }));
    if (done) return done.value;
    throw new MemberError('BAD_INPUT', 'Another process of this place is looking at the log.', 'Wait until it has.');
  }
}

async function readOffered(compact: string, log: KnownLog): Promise<TreeHead> {
  try {
    return await readTreeHead(compact, log);
  } catch (error) {
    if (!(error instanceof LogFault) || error.code !== 'BAD_SIGNATURE') throw error;
    throw new LogFault(
      'BAD_SIGNATURE',
      'The head is not signed by a key of the hub that this place knows.',
      'Trust nothing of it. Ask other members for the hub’s key; if the hub changed its key, give the new one once with "symbolon witness --key FILE".',
      error.path,
      { cause: error },
    );
  }
}
