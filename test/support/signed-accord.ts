import type { OfficerSeat } from '../../src/member/index.js';
import {
  decodeStatement,
  EVENTS,
  generateSigningKey,
  type Json,
  type OfficerRole,
  randomJti,
  sha256Base64url,
  signKeyProof,
  signPayload,
  signStatement,
  type SigningKey,
  type StatementAlgorithm,
} from '../../src/protocol/index.js';

/** A member as a hub lists it. */
export interface Listed {
  readonly code: string;
  readonly name: string;
  readonly kind: string;
  readonly country: string;
  readonly mandate: readonly string[];
  readonly state: string;
  readonly keys: readonly { kid: string; jwk: string; validFrom: string; validTo: string | null }[];
  readonly statements: readonly string[];
}

/** An accord that lives in its statements alone, as a hub would list it; every key is at hand, so that a test can play any member, or the hub. */
export class SignedAccord {
  private readonly held = new Map<string, SigningKey>();
  private readonly said = new Map<string, string[]>();

  private constructor(
    readonly audience: string,
    /** The hub's key. */
    readonly hub: SigningKey,
  ) {}

  /** Founded by these members, as only a hub can. */
  static async foundedBy(audience: string, ...codes: readonly string[]): Promise<SignedAccord> {
    return SignedAccord.foundedUnder(await generateSigningKey(), audience, ...codes);
  }

  /** Founded by these members at a hub that has this key. */
  static async foundedUnder(hub: SigningKey, audience: string, ...codes: readonly string[]): Promise<SignedAccord> {
    const accord = new SignedAccord(audience, hub);
    for (const code of codes) await accord.join(code);
    const events = { [EVENTS.found]: { members: codes } };
    const found = await signPayload({ iss: audience, iat: now(), jti: randomJti(), events }, hub, 'secevent+jwt');
    for (const code of codes) accord.of(code).push(found);
    return accord;
  }

  get list(): readonly Listed[] {
    return [...this.said].map(([code, statements]) => {
      const { kid, jwk } = this.keyOf(code);
      const present = { kid, jwk: JSON.stringify(jwk), validFrom: '2026-01-01T00:00:00Z', validTo: null };
      return {
        ...{ code, name: `The ${code}`, kind: 'NGO', country: code.slice(0, 2).toUpperCase(), mandate: ['PROTECTION'] },
        ...{ state: 'ACTIVE', keys: [present], statements: [...statements] },
      };
    });
  }

  /** Signs the accord for a new member and gives the hash of its join. */
  async join(code: string): Promise<string> {
    const key = await generateSigningKey();
    this.held.set(code, key);
    const country = code.slice(0, 2).toUpperCase();
    const body = { accord: sha256Base64url('text'), name: code, kind: 'ngo', country, mandate: ['protection'] };
    this.said.set(code, []);
    return decodeStatement(await this.say(code, 'join', { ...body, key: key.jwk })).payloadHash;
  }

  /** Has members vouch for a join. */
  async countersign(code: string, by: readonly string[]): Promise<void> {
    const [join = ''] = this.of(code);
    const body = { member: code, join: decodeStatement(join).payloadHash };
    for (const voter of by) await this.say(voter, 'countersign', body, code);
  }

  /** A new member that these vouch for. */
  async admit(code: string, ...by: readonly string[]): Promise<void> {
    await this.join(code);
    await this.countersign(code, by);
  }

  /** Rotates a member's key. */
  async rotate(code: string): Promise<SigningKey> {
    const [next, jti] = [await generateSigningKey('ES256'), randomJti()];
    await this.say(code, 'rotateKey', { key: next.jwk, proof: await signKeyProof(code, jti, next) }, code, jti);
    this.held.set(code, next);
    return next;
  }

  /** Certifies an officer. */
  async certify(
    code: string,
    officer = 'desk-1',
    role: OfficerRole = 'case-worker',
    algorithm: StatementAlgorithm = 'EdDSA',
  ): Promise<OfficerSeat> {
    const key = await generateSigningKey(algorithm);
    await this.say(code, 'certifyOfficer', { officer, role, key: key.jwk, until: now() + 86_400 });
    return { member: code, officer, role, key };
  }

  /** A statement of a member about itself or another, added to the list under its subject. */
  async say(
    issuer: string,
    event: keyof typeof EVENTS,
    body: object,
    subject: string = issuer,
    jti: string = randomJti(),
  ): Promise<string> {
    const json = JSON.parse(JSON.stringify(body)) as { readonly [key: string]: Json };
    const claims = { issuer, audience: this.audience, event: EVENTS[event], body: json, jti, issuedAt: now() };
    const statement = await signStatement(claims, this.keyOf(issuer));
    this.of(subject).push(statement);
    return statement;
  }

  /** A member's present key. */
  keyOf(code: string): SigningKey {
    const key = this.held.get(code);
    if (!key) throw new Error(`${code} has not joined`);
    return key;
  }

  /** Has another sign in a member's name from now on, as who took its key would, or who made one up. */
  holdAs(code: string, key: SigningKey): void {
    this.held.set(code, key);
  }

  /** The statements about a member, which a test may change as a hub could. */
  of(code: string): string[] {
    const statements = this.said.get(code);
    if (!statements) throw new Error(`${code} has not joined`);
    return statements;
  }
}

function now(): number {
  return Math.floor(Date.now() / 1000);
}
