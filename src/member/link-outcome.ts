import { decodeStatement, EVENTS, verifySignature, type Json } from '../protocol/index.js';
import type { Verdict } from '../protocol/definition/index.js';
import {
  classifyRecurrence,
  RECURRENCE_LAW,
  type ConfirmedEpisode,
  type RecurrenceOutcome,
  type StatedEpisode,
} from '../protocol/link/index.js';
import { STATEMENT_OF_ALERT, type StatementOfAlertAnswer } from './documents/alerts.js';
import { VERDICT_OF_ALERT, type LinkAnswer, type VerdictOfAlertAnswer } from './documents/links.js';
import { fetchHubKeys } from './hub-keys.js';
import { readLinkStatement, type LinkChecks, type LinkStatementRead } from './link-reading.js';
import type { MemberClient } from './member-client.js';
import { MemberError } from './member-error.js';

/** Whether what the hub derived from two confirmations follows from them: `unknown` when the other alert may not be read. */
export type Recomputed = 'follows' | 'differs' | 'unknown';

/** Derives the classification of a confirmed link anew from the two signed confirmations and the verdicts (PROTOCOL.md, K12). */
export async function recompute(client: MemberClient, link: LinkAnswer, checks: LinkChecks): Promise<Recomputed> {
  const { classification, counterpart } = link;
  if (!classification || !counterpart) return 'unknown';
  const decisions = await Promise.all(link.decisions.map((one) => readLinkStatement(one, link.id, checks)));
  const own = await episodeOf(client, decisions, checks.own, link.alertId);
  const other = await episodeOf(client, decisions, counterpart.member.code, counterpart.alertId);
  if (!own || !other) return 'unknown';
  return isSame(classifyRecurrence(own, other), link) ? 'follows' : 'differs';
}

function isSame({ recurrence, earlier, wouldDecide }: RecurrenceOutcome, link: LinkAnswer): boolean {
  const { classification, counterpart } = link;
  const earlierAlert = { first: link.alertId, second: counterpart?.alertId ?? null };
  return (
    classification?.recurrence === asEnum(recurrence) &&
    classification.earlierAlertId === (earlier === null ? null : earlierAlert[earlier]) &&
    [...classification.wouldDecide].sort().join() === wouldDecide.map(asEnum).sort().join()
  );
}

async function episodeOf(
  client: MemberClient,
  decisions: readonly LinkStatementRead[],
  member: string,
  alert: string,
): Promise<ConfirmedEpisode | null> {
  const decision = decisions.findLast(({ from }) => from === member);
  const stated = decision?.event === 'linkConfirmed' ? decision.body['episode'] : undefined;
  if (!isObject(stated)) return null;
  const answer = await client.query<VerdictOfAlertAnswer>(VERDICT_OF_ALERT, { id: alert, under: [RECURRENCE_LAW] });
  const verdict = VERDICTS.find((known) => known === answer.alert?.verdicts[0]?.verdict);
  if (verdict === undefined) return null;
  return { stated: stated as unknown as StatedEpisode, verdict }; // parsing: the hub took it in by its schema, and both holders rely on it
}

const VERDICTS: readonly Verdict[] = ['MET', 'NOT_MET', 'UNDETERMINED'];

/**
 * Verifies the hub's re-trafficking flag: by the hub's own key, and that it names this link, its alerts and both confirmations (PROTOCOL.md, K13).
 * Throws `Refusal` (signature) or `MemberError` NOT_VERIFIED; false when the asker may not read it.
 */
export async function verifyFlag(
  client: MemberClient,
  hub: string,
  link: LinkAnswer,
  checks: LinkChecks,
): Promise<boolean> {
  const { flagId, counterpart } = link;
  if (flagId === null || !counterpart) return false;
  const { alert } = await client.query<StatementOfAlertAnswer>(STATEMENT_OF_ALERT, { id: flagId });
  if (!alert) return false;
  const statement = decodeStatement(alert.statement);
  const keys = await fetchHubKeys(hub);
  await verifySignature(statement, keys.find(({ kid }) => kid === statement.kid) ?? null);
  const { iss, events } = statement.claims;
  const body = isObject(events) ? events[EVENTS.alertRaised] : undefined;
  const { retrafficking } = client.check(body);
  const decisions = await Promise.all(link.decisions.map((one) => readLinkStatement(one, link.id, checks)));
  const alerts = [link.alertId, counterpart.alertId];
  const hashOf = (alertId: string): string | undefined => {
    const member = alertId === link.alertId ? checks.own : counterpart.member.code;
    return decisions.findLast(({ from, event }) => from === member && event === 'linkConfirmed')?.hash;
  };
  const named = retrafficking?.alerts ?? [];
  const isRight =
    iss === checks.audience &&
    retrafficking?.link === link.id &&
    [...named].sort().join() === alerts.sort().join() &&
    named.every((alertId, at) => retrafficking.statements?.[at] === hashOf(alertId));
  if (!isRight)
    throw new MemberError(
      'NOT_VERIFIED',
      'The hub’s flag does not rest on the two confirmations of this link.',
      'Do not rely on it; tell the members of the accord.',
      ['flag'],
    );
  return true;
}

function asEnum(text: string): string {
  return text.toUpperCase().replaceAll('-', '_');
}

function isObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
