import {
  asCustodianRefusal,
  countsOf,
  CustodianRefusal,
  MAX_GRANT_SECONDS,
  mapClasses,
  readGrant,
  readRequest,
  signAnswer,
  type CustodianCode,
  type ReadRequest,
} from '../protocol/custodian/index.js';
import {
  CLOCK_SKEW_SECONDS,
  decodeStatement,
  verifySignature,
  type DecodedStatement,
  type OfficerRole,
  type SigningKey,
} from '../protocol/index.js';
import {
  evaluateForeign,
  proveEvaluation,
  type Element,
  type KeyClass,
  type Ristretto,
} from '../protocol/oprf/index.js';
import { BudgetBook } from './budget-book.js';
import type { BudgetPolicy } from './budget-policy.js';
import type { ChainRecord, EntryDetail } from './chain-entry.js';
import { EVALUATING_ROLES, GRANTING_ROLES, type DirectoryOfficer, type MemberDirectory } from './member-directory.js';
import type { RequestChain } from './request-chain.js';
import { RequestMemory } from './request-memory.js';
import { epochFor, type HeldEpochs, type ServedEpoch } from './served-epoch.js';

/** What the service is put together from. */
export interface ServiceParts {
  readonly group: Ristretto;
  readonly code: string;
  readonly key: SigningKey;
  readonly directory: MemberDirectory;
  readonly epochs: HeldEpochs;
  readonly policy: BudgetPolicy;
  /** Seconds since 1970. */
  readonly now: () => number;
}

const UNRECORDED: ReadonlySet<CustodianCode> = new Set<CustodianCode>(['EXPIRED', 'NOT_YET_VALID', 'WRONG_AUDIENCE']);

/** A custodian at work: what may be asked, is counted, recorded and evaluated. */
export class EvaluationService {
  private readonly budgets: BudgetBook;
  private readonly memory = new RequestMemory();
  private readonly served = new Set<string>();
  private opened: RequestChain | null = null;

  private constructor(private readonly parts: ServiceParts) {
    this.budgets = new BudgetBook(parts.policy);
  }

  /** Reads what was done before from the chain, then serves. `open` opens it and gives each entry to the function. */
  static async start(
    parts: ServiceParts,
    open: (replay: (entry: EntryDetail, record: ChainRecord) => void) => Promise<RequestChain>,
  ): Promise<EvaluationService> {
    const service = new EvaluationService(parts);
    service.opened = await open((entry, { at }) => {
      service.remember(entry, at);
    });
    return service;
  }

  /** Records the epochs and generations that are served and not in the chain yet: at a start, and when a refresh brought new shares. */
  async recordEpochs(): Promise<void> {
    const fresh = this.parts.epochs.all().filter(({ hash }) => !this.served.has(hash));
    const placed = fresh.map(({ description: { epoch, generation }, hash }) => {
      const entry: EntryDetail = { kind: 'epoch', epoch, generation, hash };
      this.remember(entry, this.parts.now());
      return this.chain.append(entry, this.parts.now()).durable;
    });
    await Promise.all(placed);
  }

  /** What this custodian did. */
  get chain(): RequestChain {
    if (!this.opened) throw new Error('the chain is not read yet');
    return this.opened;
  }

  /** Answers a request with a compact JWS. Throws `CustodianRefusal`; what a known officer asked for in vain is recorded too. */
  async evaluate(compact: string): Promise<string> {
    const { statement, officer } = await this.admit(compact);
    const { code, now } = this.parts;
    // From here to the entry in the chain nothing waits: of two requests at the same instant one is first.
    this.memory.assertNew(statement, officer.member, now());
    try {
      const request = readRequest(statement, code, now());
      const epoch = this.assertAllowed(request, officer);
      return await this.answer(statement, request, officer, epoch);
    } catch (error) {
      const refusal = asCustodianRefusal(error);
      if (refusal) await this.recordRefusal(statement, officer, refusal);
      throw refusal ?? error;
    }
  }

  /** Takes in a budget that an officer of another member granted. */
  async grant(compact: string): Promise<{ readonly jti: string }> {
    const { statement, officer } = await this.admit(compact);
    const { epochs, now, policy } = this.parts;
    const audience = epochs.all().at(0)?.description.audience ?? '';
    const grant = orRefused(() => readGrant(statement, audience, now()));
    if (grant.grantedBy !== officer.member) throw notTheIssuer();
    assertRole(officer, GRANTING_ROLES, audience);
    if (this.budgets.hasGrant(grant.member, grant.jti)) return { jti: grant.jti };
    if (grant.member === officer.member)
      throw invalidGrant('A member does not grant itself a budget.', 'Have an officer of another member grant it.');
    if (grant.alerts > policy.alertsPerGrant || grant.until > now() + MAX_GRANT_SECONDS)
      throw invalidGrant(
        'The grant is for more than this custodian takes.',
        `At most ${policy.alertsPerGrant} alerts and 30 days; have several granted, one after another.`,
      );
    const { alerts, partial, until, member, grantedBy, jti } = grant;
    const entry = {
      ...{ kind: 'granted' as const, member, grantedBy, epoch: grant.epoch, alerts, partial, until, jti },
      statement: statement.payloadHash,
    };
    this.remember(entry, now());
    await this.chain.append(entry, now()).durable;
    return { jti };
  }

  /** The officer who signed, when the signature verifies and officer and member may act. */
  private async admit(compact: string): Promise<{ statement: DecodedStatement; officer: DirectoryOfficer }> {
    try {
      const statement = decodeStatement(compact);
      const officer = await this.parts.directory.findOfficer(statement.kid);
      await verifySignature(statement, officer?.key ?? null);
      if (!officer) throw notTheIssuer();
      assertActive(officer, this.parts.now());
      return { statement, officer };
    } catch (error) {
      throw asCustodianRefusal(error) ?? error;
    }
  }

  private assertAllowed(request: ReadRequest, officer: DirectoryOfficer): ServedEpoch {
    const { epochs, now } = this.parts;
    if (request.member !== officer.member) throw notTheIssuer();
    if (!officer.mandate.includes(request.purpose))
      throw new CustodianRefusal(
        'PURPOSE_OUTSIDE_MANDATE',
        'The purpose is outside the mandate of the member.',
        'Ask for a purpose within it.',
        ['events', 'purpose'],
      );
    const epoch = epochFor(epochs, request, now());
    assertRole(officer, EVALUATING_ROLES, epoch.description.audience);
    this.memory.assertUnusedAlert(request);
    this.budgets.assertAffordable(spendingOf(request, officer, now()));
    return epoch;
  }

  private async answer(
    statement: DecodedStatement,
    request: ReadRequest,
    officer: DirectoryOfficer,
    epoch: ServedEpoch,
  ): Promise<string> {
    const { code, key, now } = this.parts;
    // Whether elements are of the group shows when they are multiplied: nothing is counted before.
    const evaluated = mapClasses(request.elements, (elements, keyClass) => this.multiply(epoch, keyClass, elements));
    const entry: EntryDetail = {
      ...{ kind: 'evaluated', member: request.member, officer: officer.officer, epoch: request.epoch },
      ...{ alert: request.alert, counts: countsOf(request.elements), jti: request.jti, request: statement.payloadHash },
      ...(request.grant === undefined ? {} : { grant: request.grant }),
    };
    this.remember(entry, now());
    const { record, durable } = this.chain.append(entry, now());
    // The disk works while this proves; the answer leaves when both are done.
    const classes = mapClasses(evaluated, (elements, keyClass) => ({
      evaluated: elements,
      proof: this.prove(epoch, keyClass, request.elements[keyClass] ?? [], elements),
    }));
    const { seq, hash, salt } = record;
    const signed = signAnswer(
      {
        ...{ custodian: code, member: request.member, request: statement.payloadHash, classes },
        ...{ epoch: request.epoch, generation: request.generation, chain: { seq, hash, salt }, issuedAt: now() },
      },
      key,
    );
    const [compact] = await Promise.all([signed, durable]);
    return compact;
  }

  private multiply({ shares }: ServedEpoch, keyClass: KeyClass, blinded: readonly Uint8Array[]): readonly Element[] {
    return evaluateForeign(this.parts.group, shares[keyClass], blinded).map((element, at) => {
      if (!element) throw notAnElement(keyClass, at);
      return element;
    });
  }

  private prove(
    { shares, commitments }: ServedEpoch,
    keyClass: KeyClass,
    blinded: readonly Element[],
    evaluated: readonly Element[],
  ): Uint8Array {
    const spoken = { publicKey: commitments[keyClass], blinded, evaluated };
    return proveEvaluation(this.parts.group, shares[keyClass], spoken);
  }

  private async recordRefusal(
    statement: DecodedStatement,
    { member, officer }: DirectoryOfficer,
    { code }: CustodianRefusal,
  ): Promise<void> {
    const { jti } = statement.claims;
    // What has no jti, or is of another time or for somebody else, could be sent again and again by anybody: it would fill the disk.
    if (typeof jti !== 'string' || jti.length > 64 || UNRECORDED.has(code)) return;
    const entry = { kind: 'refused' as const, member, officer, code, jti, request: statement.payloadHash };
    this.remember(entry, this.parts.now());
    await this.chain.append(entry, this.parts.now()).durable;
  }

  /** What an entry of the chain means for requests to come; the same at a start as while serving. `at` in seconds since 1970. */
  private remember(entry: EntryDetail, at: number): void {
    switch (entry.kind) {
      case 'evaluated':
        this.memory.use(entry.member, entry.jti, at);
        if (this.holds(entry.epoch)) this.memory.useAlert(entry);
        this.budgets.spend({ ...entry, at });
        return;
      case 'refused':
        this.memory.use(entry.member, entry.jti, at);
        return;
      case 'granted':
        this.budgets.addGrant(entry.jti, entry);
        return;
      case 'epoch':
        this.served.add(entry.hash);
    }
  }

  /** What was asked for in an epoch that is over is not asked for again; in one that is spoilt it is, once that is restored. */
  private holds(epoch: string): boolean {
    return this.parts.epochs.names().includes(epoch);
  }
}

function spendingOf({ member, epoch, elements, grant }: ReadRequest, { officer }: DirectoryOfficer, at: number) {
  return { member, officer, epoch, counts: countsOf(elements), at, ...(grant === undefined ? {} : { grant }) };
}

function assertActive({ standing, validFrom, validTo }: DirectoryOfficer, now: number): void {
  if (standing !== 'active') {
    const codes = { pending: 'MEMBER_PENDING', suspended: 'MEMBER_SUSPENDED', left: 'MEMBER_LEFT' } as const;
    throw new CustodianRefusal(codes[standing], 'The member may not act now.', 'Ask the members of the accord.', [
      'iss',
    ]);
  }
  if (now > validTo || now < validFrom - CLOCK_SKEW_SECONDS)
    throw new CustodianRefusal(
      'OFFICER_EXPIRED',
      "The officer's certificate does not count now.",
      'Have the member certify the officer again, and the custodians fetch the member list.',
      ['header', 'kid'],
    );
}

/** The officer is certified to this accord, in one of the roles. */
function assertRole(officer: DirectoryOfficer, roles: readonly OfficerRole[], audience: string): void {
  if (officer.audience !== audience)
    throw new CustodianRefusal(
      'WRONG_AUDIENCE',
      'The officer is certified to another accord.',
      'Have the member certify the officer to the audience of this accord.',
      ['header', 'kid'],
    );
  if (roles.some((role) => role === officer.role)) return;
  throw new CustodianRefusal(
    'ROLE_NOT_ALLOWED',
    'The role of the officer does not allow this.',
    `Have an officer sign whose role is ${roles.join(' or ')}.`,
    ['header', 'kid'],
  );
}

/** A refusal of a statement's form is the custodian's own. */
function orRefused<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw asCustodianRefusal(error) ?? error;
  }
}

function notTheIssuer(): CustodianRefusal {
  return new CustodianRefusal(
    'ISSUER_MISMATCH',
    'The officer who signed belongs to another member.',
    'Sign with the key of an officer of the issuer.',
    ['iss'],
  );
}

function notAnElement(keyClass: KeyClass, at: number): CustodianRefusal {
  return new CustodianRefusal(
    'ELEMENT_INVALID',
    'This is no element of the group, or the identity.',
    'Blind with a current client and send what it gives unchanged.',
    ['events', 'elements', keyClass, String(at)],
  );
}

function invalidGrant(message: string, remedy: string): CustodianRefusal {
  return new CustodianRefusal('GRANT_INVALID', message, remedy, ['events']);
}
