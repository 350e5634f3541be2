import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Transaction } from '../../database/index.js';
import type { Principal } from '../../graphql/index.js';
import { HUB_IDENTITY, type HubIdentity, signNatively } from '../../identity/index.js';
import { decodeCanonicalBase64url, decodeStatement, EVENTS, Refusal, STATEMENT_TYPE } from '../../protocol/index.js';
import type { PicturePublishedBody, PublicationAskedBody } from '../../protocol/publication/index.js';
import { enterInLog, Receipts, replayed } from '../../transparency/index.js';
import type { WrittenDocument } from './publication-document.js';
import type { CheckedPublication } from './publication-intake.js';

const TURN = "SELECT pg_advisory_xact_lock(hashtext('symbolon publications'))";
const REPLACED = {
  name: 'publication-replaced',
  text: 'SELECT EXISTS (SELECT FROM publication q WHERE q.replaces = p.hash) AS replaced FROM publication p WHERE p.hash = $1 AND p.publisher = $2',
};
const KEEP_ASKED = {
  name: 'publication-keep-asked',
  text: 'INSERT INTO publication_asked (position, member, statement, receipt) VALUES ($1, $2, $3, $4)',
};
const KEEP = {
  name: 'publication-keep',
  text: `
    INSERT INTO publication (position, asked_position, hash, title, publisher, published_at, as_of, method, tables, replaces, document, statement, receipt)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
};

/** Enters a publication: the statement that asked for it and the hub's own, each in the log, with receipts that are given again as they are. */
@Injectable()
export class PublicationEntry {
  constructor(
    @Inject(HUB_IDENTITY) private readonly hub: HubIdentity,
    private readonly receipts: Receipts,
  ) {}

  /** Waits until no other publication is being entered, on whichever node: each is judged by what the one before left. */
  async hold(transaction: Transaction): Promise<void> {
    await transaction.query(TURN);
  }

  /** Refuses a correction of what is not the sender's own, or was corrected before. Throws `Refusal`: NOT_FOUND, ALREADY_EXISTS. */
  async assertReplaceable(
    transaction: Transaction,
    sender: Principal,
    { replaces }: PublicationAskedBody,
  ): Promise<void> {
    if (replaces === undefined) return;
    const path = ['events', EVENTS.publicationAsked, 'replaces'];
    const values = [decodeCanonicalBase64url(replaces), sender.member];
    const [found] = await transaction.query<{ replaced: boolean }>(REPLACED, values);
    if (!found)
      throw new Refusal('NOT_FOUND', 'There is no such publication of yours.', 'See the query publications.', path);
    if (found.replaced)
      throw new Refusal(
        'ALREADY_EXISTS',
        'The publication was corrected before.',
        'Name the publication that took its place.',
        path,
      );
  }

  /** Enters both statements and keeps what is published. Throws `Refusal` REPLAYED. */
  async enter(
    transaction: Transaction,
    sender: Principal,
    asked: CheckedPublication,
    written: WrittenDocument,
  ): Promise<void> {
    const { member } = sender;
    const askedEntry = await enterInLog(transaction, member, EVENTS.publicationAsked, asked);
    if (!askedEntry) throw replayed();
    const { place } = askedEntry.logged;
    const { payloadHash, compact, claims } = asked;
    const receipt = this.receipts.sign(member, [{ jti: claims.jti, payloadHash, place }]);
    await transaction.query(KEEP_ASKED, [askedEntry.position, member, compact, receipt]);
    await this.enterOwn(transaction, askedEntry.position, written);
  }

  private async enterOwn(transaction: Transaction, asked: string, { document, text, hash }: WrittenDocument) {
    const { audience, signingKey } = this.hub;
    const { publisher, publishedAt, replaces, title, asOf, rule, tables } = document;
    const body: PicturePublishedBody = {
      ...{ document: hash, publisher: publisher.code, asked: document.asked },
      ...(replaces === null ? {} : { replaces }),
    };
    const events = { [EVENTS.picturePublished]: body };
    const iat = Math.floor(Date.parse(publishedAt) / 1000);
    const claims = { iss: audience, aud: audience, iat, jti: randomUUID(), events };
    const statement = signNatively(claims, signingKey, STATEMENT_TYPE);
    const { payloadHash } = decodeStatement(statement);
    const entered = await enterInLog(transaction, audience, EVENTS.picturePublished, { claims, payloadHash });
    if (!entered) throw new Error('a fresh jti was used before');
    const { place } = entered.logged;
    const receipt = this.receipts.sign(audience, [{ jti: claims.jti, payloadHash, place }]);
    await transaction.query(KEEP, [
      ...[entered.position, asked, decodeCanonicalBase64url(hash), title, publisher.code, publishedAt, asOf],
      ...[rule.method.name, tables.length, replaces === null ? null : decodeCanonicalBase64url(replaces)],
      ...[text, statement, receipt],
    ]);
  }
}
