import { Injectable } from '@nestjs/common';
import { Database, type Statement } from '../database/index.js';
import type { Principal } from '../graphql/index.js';
import { placeOf, type PlaceRow, Receipts } from '../transparency/index.js';
import { type AlertRow, HUB_SENDER } from './alert-row.js';
import { nameOf } from './stored-content.js';

const PLACES: Statement = {
  name: 'alert-places',
  text: `
    SELECT l.issuer, l.jti, l.payload_hash, l.position, l.event, l.salt, l.received_at
    FROM unnest($1::text[], $2::text[]) AS wanted (issuer, jti) JOIN log_entry l USING (issuer, jti)`,
};

/** Gives receipts again, to those who may read what they are for (L8). */
@Injectable()
export class AlertReceipts {
  constructor(
    private readonly database: Database,
    private readonly receipts: Receipts,
  ) {}

  /** The receipt for the statement in force of each of these alerts, which the reader may read, by the alert's UUID; none for what the hub raised itself. */
  async of(reader: Principal, rows: readonly AlertRow[]): Promise<ReadonlyMap<string, string>> {
    const stated = rows.flatMap(({ id, sender, statement }) =>
      statement === null || sender === HUB_SENDER ? [] : [{ id, sender, jti: nameOf(statement) }],
    );
    const values = [stated.map(({ sender }) => sender), stated.map(({ jti }) => jti)];
    const found = await this.database.queryAsMember<
      PlaceRow & { readonly issuer: string; readonly jti: string; readonly payload_hash: Buffer }
    >(reader, PLACES, values);
    const places = new Map(found.map((row) => [`${row.issuer} ${row.jti}`, row]));
    return new Map(
      stated.flatMap(({ id, sender, jti }) => {
        const row = places.get(`${sender} ${jti}`);
        if (!row) return [];
        const payloadHash = row.payload_hash.toString('base64url');
        return [[id, this.receipts.sign(sender, [{ jti, payloadHash, place: placeOf(row) }])] as const];
      }),
    );
  }
}
