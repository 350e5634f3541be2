import { Inject, Injectable } from '@nestjs/common';
import { HUB_IDENTITY, type HubIdentity } from '../../identity/index.js';
import { toEnum } from '../../membership/index.js';
import type { PublicationRow } from './publication-row.js';

/** A publication as it is shown to anybody. */
export type PublicationView = ReturnType<PublicationPresenter['show']>;

/** Shows publications. */
@Injectable()
export class PublicationPresenter {
  constructor(@Inject(HUB_IDENTITY) private readonly hub: HubIdentity) {}

  show(row: PublicationRow) {
    const hash = row.hash.toString('base64url');
    return {
      ...{ hash, title: row.title, publisher: row.publisher, publishedAt: row.published_at, asOf: row.as_of },
      ...{ method: toEnum(row.method), rhoMicro: row.rho_micro, tables: row.tables },
      replaces: row.replaces?.toString('base64url') ?? null,
      replacedBy: row.replaced_by?.toString('base64url') ?? null,
      url: `${this.hub.hubUrl}/publications/${hash}`,
      ...{ statement: row.statement, receipt: row.receipt },
    };
  }
}
