import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Transaction } from '../database/index.js';
import { HUB_IDENTITY, type HubIdentity, signNatively } from '../identity/index.js';
import { decodeStatement, type ErasureRunBody, EVENTS, STATEMENT_TYPE } from '../protocol/index.js';
import { enterInLog } from '../transparency/index.js';

const KEEP = {
  name: 'erasure-run-keep',
  text: 'INSERT INTO erasure_run (position, at, alerts, statements, links, statement) VALUES ($1, $2, $3, $4, $5, $6)',
};

/** The hub's account of an erasure, which it signs and enters in the log. */
export interface ErasureAccount {
  /** Its place in the log. */
  readonly position: string;
  /** Compact JWS. */
  readonly statement: string;
}

/** Accounts for what was erased, by number alone (PROTOCOL.md W11). */
@Injectable()
export class ErasureAccounts {
  constructor(@Inject(HUB_IDENTITY) private readonly hub: HubIdentity) {}

  /** Enters an account in the transaction that erased. */
  async enter(
    transaction: Transaction,
    { alerts, statements, links, waiting }: ErasureRunBody,
  ): Promise<ErasureAccount> {
    const { audience, signingKey } = this.hub;
    const iat = Math.floor(Date.now() / 1000);
    const events = { [EVENTS.erasureRun]: { alerts, statements, links, ...(waiting ? { waiting } : {}) } };
    const claims = { iss: audience, aud: audience, iat, jti: randomUUID(), events };
    const statement = signNatively(claims, signingKey, STATEMENT_TYPE);
    const { payloadHash } = decodeStatement(statement);
    const entered = await enterInLog(transaction, audience, EVENTS.erasureRun, { claims, payloadHash });
    if (!entered) throw new Error('a fresh jti was used before');
    const { position, logged } = entered;
    await transaction.query(KEEP, [position, logged.place.receivedAt, alerts, statements, links, statement]);
    return { position, statement };
  }
}
