import { alertIdOf, decodeStatement, readDisclosure, splitSent, type AlertContent } from '../../src/protocol/index.js';
import type { OfficerSeat } from '../../src/member/index.js';
import type { CustodianProcesses } from './custodian-processes.js';
import { FakeHub, type Asked } from './fake-hub.js';

/** What a hub that stores alerts in memory has stored. */
export interface StoredAlert {
  readonly id: string;
  readonly hash: string;
  readonly content: AlertContent;
  readonly sent: string;
}

/** A stand-in for the hub that stores alerts as S7 and K2 say, names real custodians, and can be told to fail around the storing. */
export class StoringHub {
  readonly stored: StoredAlert[] = [];
  /** How often a statement came. */
  came = 0;
  onLinkage: (() => void) | null = null;
  beforeStoring: (() => 'store' | 'fail') | null = null;
  afterStoring: (() => void) | null = null;

  readonly url: string;

  private constructor(
    readonly fake: FakeHub,
    private readonly custodians: CustodianProcesses,
  ) {
    this.url = fake.url;
    fake.answer = (asked) => this.answer(asked);
  }

  static async start(custodians: CustodianProcesses, seat: OfficerSeat): Promise<StoringHub> {
    return new StoringHub(await FakeHub.start(seat, () => null), custodians);
  }

  private answer({ query, variables }: Asked): unknown {
    if (query.includes('query Linkage')) {
      this.onLinkage?.();
      return { linkage: this.agreement() };
    }
    if (query.includes('raiseAlert(')) return this.take(String(variables['statement']));
    return { status: 400, body: { errors: [{ message: 'not asked for here' }] } };
  }

  private agreement(): object {
    const { statements } = this.custodians.epoch();
    const named = [...this.custodians.known].map(([code, thumbprint]) => ({
      ...{ code, thumbprint },
      url: this.custodians.of(code).identity.card.url,
    }));
    return { profile: 'symbolon-linkage/1', custodians: named, epochs: [{ statements }] };
  }

  private take(sent: string): unknown {
    this.came++;
    if (this.beforeStoring?.() === 'fail') return { status: 502, body: {} };
    const { compact, disclosure } = splitSent(sent);
    const { claims, payloadHash: hash } = decodeStatement(compact);
    const { iss, jti, events } = claims;
    if (typeof iss !== 'string' || typeof jti !== 'string') throw new Error('no statement');
    const id = alertIdOf(iss, jti);
    const [content] = Object.values(events as unknown as Record<string, AlertContent>);
    if (!content) throw new Error('no content');
    if (content.linkage) readDisclosure(disclosure ?? '', { digest: content.linkage.digest, alert: id });
    const before = this.stored.find((one) => one.id === id);
    if (before && before.hash !== hash) return { result: { ...REPLAYED } };
    if (!before) this.stored.push({ id, hash, content, sent });
    this.afterStoring?.();
    const answer = { jti, payloadHash: hash, receivedAt: '2026-11-24T12:00:00.000Z', receipt: 'r' };
    return { result: { __typename: 'AlertAccepted', alertId: id, repeated: before !== undefined, ...answer } };
  }
}

const REPLAYED = {
  __typename: 'Refused',
  code: 'REPLAYED',
  message: 'Replayed.',
  path: ['jti'],
  remedy: 'Take another.',
};
