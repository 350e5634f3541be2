import { encodeBase64url, sha256Bytes, signPayload, type SigningKey } from '../../src/protocol/index.js';
import {
  entryHash,
  proveConsistency,
  proveInclusion,
  RECEIPT_TYPE,
  rootOf,
  signTreeHead,
  writeConsistencyProof,
  writeInclusionProof,
  writePlace,
  type Hash,
  type LogEntry,
} from '../../src/protocol/transparency/index.js';
import { growTree } from '../protocol/transparency/grown-tree.js';
import type { Asked, Reply } from './fake-hub.js';

/** A statement that a log took in, and where. */
export interface Placed {
  readonly jti: string;
  readonly entry: LogEntry;
  readonly index: number;
}

/** One history of a hub's log, as it is shown to one member: a real tree in memory, and the heads that were signed. */
export class FakeLog {
  readonly leaves: Hash[] = [];
  private readonly heads = new Map<number, string>();
  private latest = 0;
  /** Whether it refuses to prove anything. */
  isMute = false;

  constructor(
    readonly audience: string,
    readonly key: SigningKey,
  ) {}

  /** Another history that begins as this one did. */
  fork(size: number): FakeLog {
    const fork = new FakeLog(this.audience, this.key);
    fork.leaves.push(...this.leaves.slice(0, size));
    for (const [at, head] of this.heads) if (at <= size) fork.heads.set(at, head);
    return fork;
  }

  /** Appends so many entries of others. */
  grow(count: number, name = 'other'): this {
    for (let at = 0; at < count; at++) this.leaves.push(sha256Bytes(`leaf ${name} ${this.leaves.length}`));
    return this;
  }

  /** Takes a statement in. */
  take(jti: string, claims: Pick<LogEntry, 'event' | 'issuer'> & { readonly payloadHash: string }): Placed {
    const salt = sha256Bytes(`salt ${this.leaves.length}`);
    const payloadHash = Uint8Array.from(Buffer.from(claims.payloadHash, 'base64url'));
    const entry: LogEntry = { ...claims, salt, receivedAt: new Date().toISOString(), payloadHash };
    this.leaves.push(entryHash(entry));
    return { jti, entry, index: this.leaves.length - 1 };
  }

  /** The hub's receipt for what it took in, so many seconds from now. */
  receipt(placed: readonly Placed[], after = 0): Promise<string> {
    const accepted = placed.map(({ jti, entry, index }) => ({
      ...{ jti, payload_hash: encodeBase64url(entry.payloadHash), received_at: entry.receivedAt },
      log: writePlace({ index, event: entry.event, salt: entry.salt, leafHash: entryHash(entry) }),
    }));
    const payload = { iss: this.audience, iat: now() + after, sub: placed[0]?.entry.issuer ?? '', accepted };
    return signPayload(payload, this.key, RECEIPT_TYPE);
  }

  /** Signs a head of what there is, so many seconds from now, and shows it from now on. */
  async publish(after = 0): Promise<string> {
    this.latest = this.leaves.length;
    return this.sign(this.latest, after);
  }

  /** Signs a head of an earlier size, and shows it from now on, as a hub that was rolled back. */
  async publishEarlier(size: number, after = 0): Promise<string> {
    this.latest = size;
    return this.sign(size, after);
  }

  /** Answers what is asked about the log; null for other questions. */
  answer({ query, variables }: Asked): unknown {
    if (query.includes('query TreeHead')) return { treeHead: { statement: this.heads.get(this.latest) } };
    if (query.includes('query InclusionProof')) {
      const [index, size] = [Number(variables['index']), Number(variables['size'])];
      const head = this.heads.get(size);
      if (this.isMute || head === undefined) return NO_SUCH_HEAD;
      const proof = writeInclusionProof(proveInclusion(index, size, this.tree.read));
      return { inclusionProof: { ...proof, head: { statement: head } } };
    }
    if (query.includes('query ConsistencyProof')) {
      const [from, to] = [Number(variables['from']), Number(variables['to'])];
      const head = this.heads.get(to);
      if (this.isMute || head === undefined || !this.heads.has(from) || from > to) return NO_SUCH_HEAD;
      const proof = writeConsistencyProof(proveConsistency(from, to, this.tree.read));
      return { consistencyProof: { ...proof, head: { statement: head } } };
    }
    return null;
  }

  private get tree(): ReturnType<typeof growTree> {
    return growTree(this.leaves);
  }

  private async sign(size: number, after: number): Promise<string> {
    const root = rootOf(size, this.tree.read);
    const head = await signTreeHead({ audience: this.audience, size, root, issuedAt: now() + after }, this.key);
    this.heads.set(size, head);
    return head;
  }
}

const NO_SUCH_HEAD: Reply = {
  status: 200,
  body: { errors: [{ message: 'No such head.', extensions: { code: 'NO_SUCH_HEAD', path: [], remedy: 'Ask.' } }] },
};

function now(): number {
  return Math.floor(Date.now() / 1000);
}
