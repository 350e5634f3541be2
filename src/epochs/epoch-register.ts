import { Injectable } from '@nestjs/common';
import { Database } from '../database/index.js';
import { readProfileName } from './linkage-profile.js';

/** An epoch in which tokens are made now. */
export interface OpenEpoch {
  readonly name: string;
  readonly validFrom: Date;
  readonly validUntil: Date;
  readonly generation: number;
  /** Its description in its last generation, signed by each custodian. */
  readonly statements: readonly string[];
}

interface EpochRow {
  readonly name: string;
  readonly generation: number;
  readonly valid_from: Date;
  readonly valid_until: Date;
  readonly statements: readonly string[];
}

/** As long as custodians serve an epoch (C22), the hub takes tokens of it. */
const OPEN = `
  SELECT * FROM (
    SELECT DISTINCT ON (name) name, generation, valid_from, valid_until, statements
    FROM linkage_epoch ORDER BY name, generation DESC
  ) latest
  WHERE valid_from <= now() AND now() < valid_until
  ORDER BY valid_from DESC, name DESC`;

/** Knows by what tokens are made: the profile of keys, and the epochs. */
@Injectable()
export class EpochRegister {
  /** `name/version`. */
  readonly profile: string = readProfileName();

  constructor(private readonly database: Database) {}

  /** The epochs that are open now, the newest first; at most two. */
  async open(): Promise<readonly OpenEpoch[]> {
    const rows = await this.database.query<EpochRow>({ name: 'epochs-open', text: OPEN });
    return rows.map(({ name, generation, valid_from, valid_until, statements }) => ({
      ...{ name, generation, statements },
      ...{ validFrom: valid_from, validUntil: valid_until },
    }));
  }
}
