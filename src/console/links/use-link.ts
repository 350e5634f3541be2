import { useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import type { LinkAnswer } from '../../member/documents/index.js';
import {
  ComparisonKeys,
  getLink,
  knowMembers,
  MemberError,
  readLinkStatement,
  readMessages,
  recompute,
  verifiedCounterpart,
  verifyFlag,
  type JudgedMember,
  type LinkChecks,
  type LinkStatementRead,
  type MessageRead,
  type Recomputed,
} from '../../member/index.js';
import type { ComparisonMessage } from '../../protocol/comparison/index.js';
import { decodeStatement, Refusal, RECURRENCE_LAW } from '../../protocol/index.js';
import { useAsk, useSession, type Session } from '../session/index.js';
import { ALERT_OF_LINK, type AlertOfLinkAnswer } from './documents.js';
import { SentMessages } from './sent-messages.js';
import { keyNamedIn } from './waiting-for.js';

/** How often a link is asked for while its page is open, milliseconds. */
const POLL_MS = 10_000;

/** A link, asked for again while the page is open: what the other side does comes by itself. */
export function useLink(id: string): UseQueryResult<LinkAnswer> {
  const session = useSession();
  return useQuery({
    queryKey: keyOf(session, id),
    queryFn: () => getLink(session.client, id),
    staleTime: 0,
    refetchInterval: POLL_MS,
  });
}

/** Puts a link as the hub answered it in the place of what was known. */
export function useTakeLink(): (link: LinkAnswer) => void {
  const session = useSession();
  const answers = useQueryClient();
  return (link) => {
    answers.setQueryData(keyOf(session, link.id), link);
    void answers.invalidateQueries({ queryKey: [...whose(session), 'links'] });
  };
}

/**
 * Against what the statements about a link are verified: the members that this browser trusts. They are asked for anew when a key signed that was not among
 * them before, for an officer may have been certified a minute ago.
 */
export function useLinkChecks(link: LinkAnswer): UseQueryResult<LinkChecks> {
  const session = useSession();
  return useQuery({
    queryKey: [...whose(session), 'link-checks', signersOf(link)],
    queryFn: () => presentChecks(session),
  });
}

/** The same as it is now: before anything is sealed or signed (PROTOCOL.md, K14). */
export async function presentChecks({ client, place, seat }: Session): Promise<LinkChecks> {
  const { trust } = await knowMembers(client, place);
  return { trust, audience: client.audience, own: seat.member };
}

function signersOf({ counterpart, messages, decisions }: LinkAnswer): readonly string[] {
  const statements = [...(counterpart ? [counterpart.opening] : []), ...messages, ...decisions];
  return [...new Set(statements.map((one) => keyNamedIn(one) ?? ''))].sort();
}

/** Whether the other holder is who the hub says: the member, or why it is not to be believed. */
export interface CheckedCounterpart {
  readonly member: JudgedMember | null;
  readonly doubt: MemberError | Refusal | null;
}

export function useCounterpart(link: LinkAnswer, checks: LinkChecks | undefined): UseQueryResult<CheckedCounterpart> {
  const session = useSession();
  return useQuery({
    queryKey: [...keyOf(session, link.id), 'counterpart', link.counterpart?.opening ?? null],
    queryFn: () => counterpartOf(link, need(checks)),
    enabled: checks !== undefined && link.counterpart !== null,
  });
}

async function counterpartOf(link: LinkAnswer, checks: LinkChecks): Promise<CheckedCounterpart> {
  try {
    return { member: await verifiedCounterpart(link, checks), doubt: null };
  } catch (error) {
    if (!(error instanceof MemberError) && !(error instanceof Refusal)) throw error;
    return { member: checks.trust.members.get(link.counterpart?.member.code ?? '') ?? null, doubt: error };
  }
}

/** A message as it is shown; one's own is there when it was sent from this browser. */
export interface ShownMessage extends MessageRead {
  readonly hash: string;
  readonly own: ComparisonMessage | null;
}

/** The messages of both sides, verified and opened. */
export function useMessages(link: LinkAnswer, checks: LinkChecks | undefined): UseQueryResult<readonly ShownMessage[]> {
  const session = useSession();
  return useQuery({
    queryKey: [...keyOf(session, link.id), 'messages', link.messages.length],
    queryFn: () => shownMessages(session, link, need(checks)),
    enabled: checks !== undefined && link.counterpart !== null,
    placeholderData: (former) => former,
  });
}

async function shownMessages(
  { place, seat }: Session,
  link: LinkAnswer,
  checks: LinkChecks,
): Promise<readonly ShownMessage[]> {
  const keys = new ComparisonKeys(place, seat);
  const [read, sent] = [
    await readMessages(link, checks, () => keys.privateKeyFor(link.id)),
    await new SentMessages(place, seat, link.id).all(),
  ];
  return read.map((message, at) => {
    const hash = message.from === null ? String(at) : decodeStatement(link.messages[at] ?? '').payloadHash;
    return { ...message, hash, own: sent.get(hash) ?? null };
  });
}

/** What both holders decided, verified. */
export function useDecisions(
  link: LinkAnswer,
  checks: LinkChecks | undefined,
): UseQueryResult<readonly LinkStatementRead[]> {
  const session = useSession();
  return useQuery({
    queryKey: [...keyOf(session, link.id), 'decisions', link.decisions],
    queryFn: () => Promise.all(link.decisions.map((one) => readLinkStatement(one, link.id, need(checks)))),
    enabled: checks !== undefined && link.decisions.length > 0,
  });
}

/** What was found about the classification and the flag that the hub derived. */
export interface CheckedOutcome {
  readonly recomputed: Recomputed;
  /** Null when there is no flag that one may read. */
  readonly flagVerifies: boolean | null;
}

export function useOutcome(link: LinkAnswer, checks: LinkChecks | undefined): UseQueryResult<CheckedOutcome> {
  const session = useSession();
  const { client } = session;
  return useQuery({
    queryKey: [...keyOf(session, link.id), 'outcome', link.classification, link.flagId],
    queryFn: async () => ({
      recomputed: await recompute(client, link, need(checks)),
      flagVerifies: link.flagId === null ? null : await verifyFlag(client, location.origin, link, need(checks)),
    }),
    enabled: checks !== undefined && link.classification !== null,
  });
}

/** What is said of an alert. Reading another's leaves an access record, so that it is asked for once. */
export function useAlertOfLink(id: string | null): UseQueryResult<AlertOfLinkAnswer> {
  return useAsk<AlertOfLinkAnswer>(ALERT_OF_LINK, { id, under: [RECURRENCE_LAW] }, { enabled: id !== null });
}

/** The first part of the keys of what somebody was answered. */
export function whose({ seat, purpose }: Session): readonly string[] {
  return [seat.member, seat.officer, purpose];
}

function keyOf(session: Session, id: string): readonly string[] {
  return [...whose(session), 'link', id];
}

function need(checks: LinkChecks | undefined): LinkChecks {
  if (!checks) throw new Error('asked before the members were known');
  return checks;
}
