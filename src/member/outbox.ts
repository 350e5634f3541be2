import { bytesToHex } from '@noble/hashes/utils.js';
import { alertIdOf, PURPOSES, randomJti, type AlertContent, type Purpose } from '../protocol/index.js';
import type { Identity } from '../protocol/linkage/index.js';
import type { AcceptedAnswer } from './documents/alert-submission.js';
import type { NoLinkage } from './make-linkage.js';
import { MemberError } from './member-error.js';
import type { Place } from './place.js';
import type { ActingSeat } from './seats.js';
import type { Vault } from './vault.js';

/** `draft`: with the identity, sealed. `signed`: a statement with its tokens, sealed; the identity is erased. `sent`: the hub's receipt. */
export type OutboxStage = 'draft' | 'signed' | 'sent';

/** Why an alert goes without tokens. Whether an identity was given is no identity. */
export type WithoutTokens = 'no-identity' | NoLinkage;

/** What stands in the clear in a paper of the outbox: nothing about a person. */
export interface OutboxEntry {
  /** `out-` and ten digits of hex. */
  readonly id: string;
  readonly stage: OutboxStage;
  readonly officer: string;
  readonly purpose: Purpose;
  readonly queuedAt: string;
  readonly jti: string;
  /** The id that the alert will have. */
  readonly alert: string;
  /** The last failure by its code; null when there was none. */
  readonly failure: string | null;
  /** Why it goes without tokens; null when it goes with them, and before that is known. */
  readonly withoutTokens: WithoutTokens | null;
  readonly accepted: AcceptedAnswer | null;
}

/** What a draft keeps sealed until its tokens are made. */
export interface Draft {
  readonly content: AlertContent;
  readonly identity: Identity | null;
}

interface EntryFile extends OutboxEntry {
  readonly sealed: string | null;
}

const ENTRY = /^out-[0-9a-f]{10}$/;

/**
 * Alerts of one officer that wait to be sent, a paper each in its place, for where the line comes and goes. What is told of a person is sealed
 * by the officer's vault, and every step is durable before the next, so that a kill at any point leaves one alert.
 */
export class Outbox {
  private constructor(
    private readonly place: Place,
    private readonly seat: ActingSeat,
    private readonly vault: Vault,
  ) {}

  static async open(place: Place, seat: ActingSeat): Promise<Outbox> {
    return new Outbox(place, seat, await place.vault(seat.member, seat.officer));
  }

  /** Keeps a draft, durably, under the `jti` that its statement will have. */
  async queue(draft: Draft, purpose: Purpose): Promise<OutboxEntry> {
    const jti = randomJti();
    const entry: OutboxEntry = {
      ...{
        id: `out-${bytesToHex(crypto.getRandomValues(new Uint8Array(5)))}`,
        stage: 'draft',
        officer: this.seat.officer,
        purpose,
      },
      ...{ queuedAt: new Date().toISOString(), jti, alert: alertIdOf(this.seat.member, jti) },
      ...{ failure: null, withoutTokens: null, accepted: null },
    };
    await this.write(entry, JSON.stringify(draft));
    return entry;
  }

  /** All entries of this officer that can be read, the oldest first. One that cannot keeps no other from being sent: see `spoilt`. */
  async list(): Promise<readonly OutboxEntry[]> {
    return (await this.all())
      .flatMap(({ entry }) => entry ?? [])
      .filter(({ officer }) => officer === this.seat.officer)
      .map(headOf)
      .sort((a, b) => (a.queuedAt < b.queuedAt ? -1 : 1));
  }

  /** The ids of entries that cannot be read, of whatever officer; they can be dropped. */
  async spoilt(): Promise<readonly string[]> {
    return (await this.all()).filter(({ entry }) => entry === null).map(({ id }) => id);
  }

  /** One entry. Throws `MemberError` BAD_INPUT when there is none. */
  async get(id: string): Promise<OutboxEntry> {
    return headOf(await this.read(id));
  }

  /** The draft of an entry that is one. */
  async openDraft({ id }: OutboxEntry): Promise<Draft> {
    return JSON.parse(await this.unseal(id, 'draft')) as Draft; // parsing: sealed by `queue`, and authenticated
  }

  /** What an entry that is signed sends. */
  openSigned({ id }: OutboxEntry): Promise<string> {
    return this.unseal(id, 'signed');
  }

  /** Gives a draft another `jti`: the custodians answered for the present one, and the answers were lost. Nothing may have been sent. */
  async renew(entry: OutboxEntry): Promise<OutboxEntry> {
    const draft = await this.unseal(entry.id, 'draft');
    await this.assertUnchanged(entry);
    const jti = randomJti();
    const renewed = { ...entry, jti, alert: alertIdOf(this.seat.member, jti) };
    await this.write(renewed, draft);
    return renewed;
  }

  /** Puts the signed statement in the place of the draft: from here on the identity is gone. */
  async sign(entry: OutboxEntry, sent: string, withoutTokens: WithoutTokens | null): Promise<OutboxEntry> {
    await this.assertUnchanged(entry);
    const signed: OutboxEntry = { ...entry, stage: 'signed', withoutTokens, failure: null };
    await this.write(signed, sent);
    return signed;
  }

  /** Puts the hub's receipt in the place of the statement. */
  async accept(entry: OutboxEntry, accepted: AcceptedAnswer): Promise<OutboxEntry> {
    const done: OutboxEntry = { ...entry, stage: 'sent', accepted, failure: null };
    await this.write(done, null);
    return done;
  }

  /** Notes why an entry could not be sent now. */
  async fail(entry: OutboxEntry, code: string): Promise<OutboxEntry> {
    const { sealed } = await this.read(entry.id);
    const failed = { ...entry, failure: code };
    await this.writeFile({ ...failed, sealed });
    return failed;
  }

  /** Removes an entry for good. */
  async drop(id: string): Promise<void> {
    await this.paper(id);
    await this.place.remove(this.nameOf(id));
  }

  /** Besides the lock: a machine that slept may have lost it, and another process have gone on. */
  private async assertUnchanged({ id, jti, stage }: OutboxEntry): Promise<void> {
    const present = await this.read(id);
    if (present.jti === jti && present.stage === stage) return;
    throw new MemberError('BAD_INPUT', 'Another process has sent this entry on.', 'See "symbolon outbox list".', [
      'entry',
    ]);
  }

  private async write(entry: OutboxEntry, text: string | null): Promise<void> {
    const sealed = text === null ? null : await this.vault.seal(text, placeOf(entry.id, entry.stage));
    await this.writeFile({ ...entry, sealed });
  }

  private async writeFile(file: EntryFile): Promise<void> {
    await this.place.write(this.nameOf(file.id), `${JSON.stringify(file, null, 2)}\n`);
  }

  private async unseal(id: string, stage: OutboxStage): Promise<string> {
    const { sealed, stage: present } = await this.read(id);
    if (sealed === null || present !== stage) throw spoilt(id);
    return this.vault.open(sealed, placeOf(id, stage));
  }

  private async read(id: string): Promise<EntryFile> {
    const entry = parseEntry(await this.paper(id), id);
    if (entry === null) throw spoilt(id);
    return entry;
  }

  /** Every paper, with null for an entry that is spoilt; one that is dropped meanwhile is left out. */
  private async all(): Promise<readonly { readonly id: string; readonly entry: EntryFile | null }[]> {
    const ids = await this.ids();
    const texts = await Promise.all(ids.map((id) => this.place.read(this.nameOf(id))));
    return ids.flatMap((id, at) => {
      const text = texts[at] ?? null;
      return text === null ? [] : [{ id, entry: parseEntry(text, id) }];
    });
  }

  private async paper(id: string): Promise<string> {
    const text = ENTRY.test(id) ? await this.place.read(this.nameOf(id)) : null;
    if (text !== null) return text;
    throw new MemberError('BAD_INPUT', 'The outbox holds no such entry.', 'See "symbolon outbox list".', ['entry']);
  }

  private async ids(): Promise<readonly string[]> {
    const names = await this.place.namesIn(outboxOf(this.seat.member));
    return names.map((name) => name.replace(/\.json$/, '')).filter((name) => ENTRY.test(name));
  }

  private nameOf(id: string): string {
    return `${outboxOf(this.seat.member)}/${id}.json`;
  }
}

/** Where the papers of an outbox stand in a place. */
export function outboxOf(member: string): string {
  return `${member}/outbox`;
}

/** An entry without what is sealed in it. */
function headOf(file: EntryFile): OutboxEntry {
  const { id, stage, officer, purpose, queuedAt, jti, alert, failure, withoutTokens, accepted } = file;
  return { id, stage, officer, purpose, queuedAt, jti, alert, failure, withoutTokens, accepted };
}

function placeOf(id: string, stage: OutboxStage): string {
  return `outbox ${id} ${stage}`;
}

/** Null when it is spoilt; a sealed part that is shows when it is opened. */
function parseEntry(text: string, id: string): EntryFile | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null || !('id' in value) || value.id !== id) return null;
  const file = value as EntryFile; // parsing: what else is spoilt in it fails to open
  return PURPOSES.includes(file.purpose) && ['draft', 'signed', 'sent'].includes(file.stage) ? file : null;
}

function spoilt(id: string): MemberError {
  return new MemberError('BAD_INPUT', `The outbox entry ${id} is spoilt.`, 'Restore it from your backup, or drop it.', [
    'entry',
  ]);
}
