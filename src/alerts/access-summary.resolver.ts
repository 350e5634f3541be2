import { Inject } from '@nestjs/common';
import { Args, Query, Resolver } from '@nestjs/graphql';
import { Database } from '../database/index.js';
import { Asker, Officers, type Principal } from '../graphql/index.js';
import { HUB_IDENTITY, type HubIdentity } from '../identity/index.js';
import { decodeStatement, encodeBase64url } from '../protocol/index.js';
import { placeOf, type PlaceRow, Receipts } from '../transparency/index.js';
import { AccessDayTree } from './access-day-tree.js';

interface SummaryRow extends PlaceRow {
  readonly jti: string;
  readonly statement: string;
  readonly reads: string;
  readonly day_salt: Buffer;
  readonly leaf: Buffer;
}

const OWN_DAY = {
  name: 'access-own-day',
  text: `
    SELECT s.statement, o.reads, o.salt AS day_salt, o.leaf, l.jti, l.position, l.event, l.salt, l.received_at
    FROM access_summary s JOIN access_summary_owner o ON o.day = s.day AND o.owner = $2 JOIN log_entry l ON l.position = s.position
    WHERE s.day = $1`,
};
const LEAVES = { name: 'access-day-leaves', text: 'SELECT access_day_leaves($1) AS leaf' };

/** Proves to an owner that its access records of a day are those that the hub signed for. */
@Resolver()
export class AccessSummaryResolver {
  constructor(
    private readonly database: Database,
    private readonly receipts: Receipts,
    @Inject(HUB_IDENTITY) private readonly hub: HubIdentity,
  ) {}

  @Query('accessSummary')
  @Officers()
  async accessSummary(@Asker() asker: Principal, @Args('day') day: string) {
    const found = await this.database.asMember(asker, async (transaction) => {
      const [own] = await transaction.query<SummaryRow>(OWN_DAY, [day, asker.member]);
      return own && { own, leaves: await transaction.query<{ leaf: Buffer }>(LEAVES, [day]) };
    });
    if (!found) return null;
    const { own, leaves } = found;
    const { index, size, path } = new AccessDayTree(leaves.map(({ leaf }) => leaf)).prove(own.leaf);
    return {
      ...{ day, reads: Number(own.reads), salt: encodeBase64url(own.day_salt), index, size },
      ...{ path: path.map(encodeBase64url), statement: own.statement, receipt: this.receiptFor(own) },
    };
  }

  private receiptFor({ jti, statement, ...row }: SummaryRow): string {
    const { payloadHash } = decodeStatement(statement);
    return this.receipts.sign(this.hub.audience, [{ jti, payloadHash, place: placeOf(row) }]);
  }
}
