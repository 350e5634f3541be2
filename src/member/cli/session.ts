import { PURPOSES, type Purpose } from '../../protocol/index.js';
import { ACCORD, type AccordAnswer } from '../documents/membership.js';
import { defaultHome, KeyStore } from '../files/key-store.js';
import type { HubAddress, MemberSeat, OfficerSeat } from '../seats.js';
import { MemberClient } from '../member-client.js';
import { MemberError } from '../member-error.js';
import { openQuery } from '../open-query.js';
import { readPassphrase } from './passphrase.js';
import { Printer, type Output } from './printer.js';
import { checkContent } from '../files/content-check.js';

/** The options that every command takes. */
export interface GlobalOptions {
  readonly home?: string;
  readonly hub?: string;
  readonly as?: string;
  readonly purpose?: string;
  readonly json?: boolean;
  readonly passphraseFile?: string;
}

/** What surrounds a run of the command line. */
export interface Surroundings {
  readonly output: Output;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly interactive: boolean;
  /** What `-` reads in the place of a file. */
  readonly input?: AsyncIterable<Uint8Array>;
}

/** One run of one command: who acts, on which hub, and where it prints. */
export class Session {
  readonly print: Printer;

  private constructor(
    readonly options: GlobalOptions,
    readonly surroundings: Surroundings,
    readonly store: KeyStore,
  ) {
    this.print = new Printer(surroundings.output, options.json === true);
  }

  static async open(options: GlobalOptions, surroundings: Surroundings): Promise<Session> {
    const home = options.home ?? (await defaultHome(surroundings.environment));
    let known: string | null = null;
    const askPassphrase = async (): Promise<string> =>
      (known ??= await readPassphrase(
        { file: options.passphraseFile, interactive: surroundings.interactive },
        'Passphrase of the key',
      ));
    return new Session(options, surroundings, KeyStore.open(home, askPassphrase));
  }

  /** The hub's base URL: `--hub`, `SYMBOLON_HUB`, or what the key store remembers. */
  async hub(): Promise<string> {
    const named =
      this.options.hub ?? this.surroundings.environment['SYMBOLON_HUB'] ?? (await this.store.loadHub())?.hub;
    if (named) return named.replace(/\/+$/, '');
    throw new MemberError(
      'NO_HUB',
      'No hub is named.',
      'Name it with --hub, such as --hub http://127.0.0.1:4000 on a sandbox.',
    );
  }

  /**
   * The hub with the audience that its statements name. Where the key store does not know any hub, the hub is asked and the answer is kept: what this place
   * saw first of members and custodians is kept by audience, and a hub that names another one would be seen for the first time again. Throws `MemberError`
   * NOT_VERIFIED when another address of the hub names another audience than the one that is kept.
   */
  async address(): Promise<HubAddress> {
    const hub = await this.hub();
    const saved = await this.store.loadHub();
    if (saved?.hub === hub) return saved;
    const address = { hub, audience: (await this.accord()).audience };
    await this.assertSameAccord(address.audience);
    if (saved === null) await this.store.saveHub(address);
    return address;
  }

  /** Throws `MemberError` NOT_VERIFIED when this place belongs to another accord: under a new audience all pins would silently start anew. */
  async assertSameAccord(audience: string): Promise<void> {
    const saved = await this.store.loadHub();
    if (saved === null || saved.audience === audience) return;
    throw new MemberError(
      'NOT_VERIFIED',
      'This hub is of another accord than the one that this place belongs to. Nothing was done.',
      'Check --hub and SYMBOLON_HUB; for another accord name another folder with --home.',
      ['hub'],
    );
  }

  /** The accord in force. */
  async accord(): Promise<AccordAnswer> {
    const { accord } = await openQuery<{ accord: AccordAnswer }>(await this.hub(), ACCORD);
    return accord;
  }

  /** The one purpose of this run: `--purpose`, `SYMBOLON_PURPOSE`, or the command's own. */
  purpose(fallback?: Purpose): Purpose {
    const named = this.options.purpose ?? this.surroundings.environment['SYMBOLON_PURPOSE'] ?? fallback;
    const purpose = PURPOSES.find((known) => known === named);
    if (purpose) return purpose;
    throw new MemberError(
      'BAD_INPUT',
      named === undefined ? 'No purpose is named; a token is for exactly one.' : 'There is no such purpose.',
      `Name one with --purpose: ${PURPOSES.join(', ')}.`,
      ['purpose'],
    );
  }

  /** The seat that acts: `--as member/officer`, `SYMBOLON_AS`, or the only officer whose key is here. */
  async seat(): Promise<OfficerSeat> {
    const { member, officer } = await this.namedSeat();
    if (officer !== null) return this.store.loadOfficer(member, officer);
    throw new MemberError(
      'BAD_INPUT',
      '--as names a member, and this takes an officer.',
      'Write --as member/officer.',
      ['as'],
    );
  }

  /** The member whose own key signs: the member of `--as`, or the only one whose key is here. */
  async member(): Promise<MemberSeat> {
    return this.store.loadMember((await this.namedSeat()).member);
  }

  /** The member code of `--as` without loading a key. */
  async memberCode(): Promise<string> {
    return (await this.namedSeat()).member;
  }

  /** A client of the hub for the seat and purpose of this run. */
  async connect(fallback?: Purpose): Promise<MemberClient> {
    const purpose = this.purpose(fallback);
    const seat = await this.seat();
    return MemberClient.connect({ ...(await this.address()), seat, purpose, check: checkContent });
  }

  private async namedSeat(): Promise<{ member: string; officer: string | null }> {
    const named = this.options.as ?? this.surroundings.environment['SYMBOLON_AS'];
    if (named !== undefined) {
      const [member = '', officer, ...more] = named.split('/');
      if (more.length > 0)
        throw new MemberError('BAD_INPUT', 'That is not a seat.', 'Write --as member/officer.', ['as']);
      return { member, officer: officer ?? null };
    }
    const keys = await this.store.list();
    const officers = keys.filter(({ officer }) => officer !== null);
    const [only] = officers.length === 1 ? officers : officers.length === 0 && keys.length === 1 ? keys : [];
    if (only) return { member: only.member, officer: only.officer };
    throw new MemberError(
      'BAD_INPUT',
      keys.length === 0 ? `There are no keys in ${this.store.home}.` : 'There are keys of several seats here.',
      keys.length === 0
        ? 'Make one with "symbolon keys new", or name a folder with --home.'
        : 'Choose one with --as member/officer ("symbolon keys list" shows them).',
      ['as'],
    );
  }
}
