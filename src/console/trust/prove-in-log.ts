import { LogWitness, receiptOfAlert } from '../../member/index.js';
import { decodeStatement } from '../../protocol/index.js';
import { readReceipt } from '../../protocol/transparency/index.js';
import type { Session } from '../session/index.js';

/** That the log of the hub has a statement, as this browser proved it. */
export interface ProvenInLog {
  /** Its place, counted from 0. */
  readonly index: number;
  /** Of how many entries the log was when it was proved. */
  readonly size: number;
  /** When the hub took it in, ISO 8601. */
  readonly receivedAt: string;
}

/**
 * Proves that the log has the statement in force of an alert: the hub's receipt, the head of the log that follows from the last one that this browser saw, and
 * the path between the two (RFC 9162). Throws `LogFault` when something does not hold, with what shows it kept; `MemberError`.
 */
export async function proveInLog({ client, place }: Session, alert: string): Promise<ProvenInLog> {
  const { statement, receipt: compact } = await receiptOfAlert(client, alert, null);
  const address = { hub: location.origin, audience: client.audience };
  const witness = await LogWitness.open(address, place);
  const receipt = await readReceipt(compact, witness.trusted.log);
  const { claims } = decodeStatement(statement);
  const jti = typeof claims.jti === 'string' ? claims.jti : '';
  const { place: found, head } = await witness.prove(receipt, jti);
  const accepted = receipt.accepted.find((one) => one.jti === jti);
  return { index: found.index, size: head.size, receivedAt: accepted?.receivedAt ?? '' };
}
