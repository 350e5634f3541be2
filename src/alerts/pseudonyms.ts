import { createHmac } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { type Acting, Database } from '../database/index.js';
import { HUB_IDENTITY, type HubIdentity, linkageKeyFor } from '../identity/index.js';

const PERSONS = {
  name: 'alert-persons',
  text: 'SELECT alert_id, person FROM alert_person WHERE alert_id = ANY ($1::uuid[])',
};

/**
 * Gives each reader names of its own for persons: two readers cannot compare theirs, and neither learns the number behind them (PROTOCOL.md K11).
 * Row-level security lets a reader have the numbers of alerts that it may read.
 */
@Injectable()
export class Pseudonyms {
  constructor(
    @Inject(HUB_IDENTITY) private readonly hub: HubIdentity,
    private readonly database: Database,
  ) {}

  /** The reader's pseudonyms by alert (UUID); alerts without tokens have none. */
  async of(reader: Acting, alertIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const rows = await this.database.queryAsMember<{ alert_id: string; person: string }>(reader, PERSONS, [alertIds]);
    const key = linkageKeyFor(this.hub, `pseudonym | ${reader.member}`);
    return new Map(
      rows.map(({ alert_id, person }) => [alert_id, createHmac('sha256', key).update(person).digest('base64url')]),
    );
  }
}
