import { Injectable } from '@nestjs/common';
import type { Principal } from '../graphql/index.js';
import { toEnum } from '../membership/index.js';
import { placeOf, Receipts } from '../transparency/index.js';
import type { SubjectRecord } from './subject-records.js';
import type { SubjectErasureRow } from './subject-row.js';

/** An erasure by the person's right, as the SDL has it. */
export type SubjectErasureView = ReturnType<SubjectPresenter['erasure']>;

/** Shows what log and erasure hold about an alert. */
@Injectable()
export class SubjectPresenter {
  constructor(private readonly receipts: Receipts) {}

  erasure({
    at,
    ground,
    statement,
    alerts,
    statements,
    links,
    salts_waiting: saltsWaiting,
    account,
  }: SubjectErasureRow) {
    return { because: toEnum(ground), at, statement, alerts, statements, links, saltsWaiting, account };
  }

  /** `alertId` is `alert:` and a UUID. */
  record(asker: Principal, alertId: string, { entries, erasures }: SubjectRecord) {
    return {
      alertId,
      entries: entries.map((row) => {
        const place = placeOf(row);
        const payloadHash = row.payload_hash.toString('base64url');
        const { jti } = row;
        return {
          ...{ event: place.event, jti, index: place.index, payloadHash, receivedAt: place.receivedAt },
          receipt: (): string => this.receipts.sign(asker.member, [{ jti, payloadHash, place }]),
        };
      }),
      erasures: erasures.map((row) => this.erasure(row)),
    };
  }
}
