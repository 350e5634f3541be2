import { Inject, Injectable } from '@nestjs/common';
import { MemberTurns } from '../../alerts/index.js';
import { Database, type Transaction } from '../../database/index.js';
import type { Principal } from '../../graphql/index.js';
import { HUB_IDENTITY, type HubIdentity } from '../../identity/index.js';
import { MemberDirectory } from '../../membership/index.js';
import { OntologyService } from '../../ontology/index.js';
import { EVENTS, Refusal } from '../../protocol/index.js';
import { findLogged, type Logged, replayed } from '../../transparency/index.js';
import { MakingTurn } from './making-turn.js';
import { type WrittenDocument, writeDocument } from './publication-document.js';
import { PublicationEntry } from './publication-entry.js';
import { type CheckedPublication, PublicationIntake } from './publication-intake.js';
import { PUBLICATION_METHODS, type PublicationMethod } from './publication-method.js';
import { PUBLICATION_COLUMNS, type PublicationRow } from './publication-row.js';

/** What the hub answers for after it published. */
export interface PublicationAccepted {
  readonly jti: string;
  readonly payloadHash: string;
  readonly receivedAt: Date;
  readonly repeated: boolean;
  readonly receipt: string;
  readonly publication: PublicationRow;
}

const MADE = {
  name: 'publication-made',
  text: `SELECT ${PUBLICATION_COLUMNS}, a.receipt AS asked_receipt FROM publication p JOIN publication_asked a ON a.position = p.asked_position WHERE a.position = $1`,
};

/** Publishes tables of the picture for whoever may see them, and anybody else (PROTOCOL.md, O). */
@Injectable()
export class PublicationService {
  constructor(
    @Inject(HUB_IDENTITY) private readonly hub: HubIdentity,
    @Inject(PUBLICATION_METHODS) private readonly methods: readonly PublicationMethod[],
    private readonly database: Database,
    private readonly intake: PublicationIntake,
    private readonly entry: PublicationEntry,
    private readonly directory: MemberDirectory,
    private readonly ontology: OntologyService,
    private readonly turns: MemberTurns,
    private readonly making: MakingTurn,
  ) {}

  /** Publishes what a statement asks for, once; the same statement again is answered alike. Throws `Refusal`. */
  async publish(sender: Principal, compact: string): Promise<PublicationAccepted> {
    const asked = await this.intake.check(compact, sender);
    const before = await this.database.asMember(sender, (transaction) =>
      this.publishedBefore(transaction, sender, asked),
    );
    return before ?? this.making.take(() => this.makeAndEnter(sender, asked));
  }

  private async makeAndEnter(sender: Principal, asked: CheckedPublication): Promise<PublicationAccepted> {
    const method = this.methodOf(asked);
    // Before the tables are made, and once more when they are entered.
    await this.database.asMember(sender, (transaction) =>
      this.entry.assertReplaceable(transaction, sender, asked.body),
    );
    const written = await this.write(sender, asked, method);
    return this.turns.take(sender.member, () =>
      this.database.asMember(sender, async (transaction) => {
        await this.entry.hold(transaction);
        const before = await this.publishedBefore(transaction, sender, asked);
        if (before) return before;
        await this.entry.assertReplaceable(transaction, sender, asked.body);
        await method.spend?.(transaction, sender, asked.body.method);
        await this.entry.enter(transaction, sender, asked, written);
        const published = await this.publishedBefore(transaction, sender, asked);
        if (!published) throw new Error('a publication was not entered');
        return { ...published, repeated: false };
      }),
    );
  }

  private async write(
    sender: Principal,
    asked: CheckedPublication,
    method: PublicationMethod,
  ): Promise<WrittenDocument> {
    const requests = this.intake.requestsOf(asked.body);
    const made = await method.make(sender, requests, asked.body.method);
    const member = await this.directory.find(sender.member);
    if (!member) throw new Error('a member that asked is none');
    const { code, name, country, kind } = member;
    const publishedAt = new Date(Math.floor(Date.now() / 1000) * 1000);
    return writeDocument(
      asked,
      requests,
      made,
      { publisher: { code, name, country, kind }, publishedAt },
      this.hub,
      this.ontology,
    );
  }

  private methodOf({ body }: CheckedPublication): PublicationMethod {
    const byName = new Map<string, PublicationMethod>(this.methods.map((one) => [one.name, one]));
    const method = byName.get(body.method.name);
    if (method) return method;
    throw new Refusal('ARGUMENT_INVALID', 'The hub has no such method.', 'See the SDL for those that it has.', [
      'events',
      EVENTS.publicationAsked,
      ...['method', 'name'],
    ]);
  }

  /** What came of the very same statement; null when it was not accepted. Throws `Refusal` REPLAYED when another one was under its `jti`. */
  private async publishedBefore(
    transaction: Transaction,
    sender: Principal,
    asked: CheckedPublication,
  ): Promise<PublicationAccepted | null> {
    const [logged] = await findLogged(transaction, sender.member, [asked]);
    return logged ? this.answer(transaction, asked, logged) : null;
  }

  private async answer(
    transaction: Transaction,
    { payloadHash }: CheckedPublication,
    { jti, place, same }: Logged,
  ): Promise<PublicationAccepted> {
    if (!same) throw replayed();
    const [row] = await transaction.query<PublicationRow & { asked_receipt: string }>(MADE, [place.index + 1]);
    if (!row) throw replayed();
    const { asked_receipt: receipt, ...publication } = row;
    return { jti, payloadHash, receivedAt: place.receivedAt, repeated: true, receipt, publication };
  }
}
