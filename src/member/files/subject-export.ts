import { decodeStatement, Refusal, type Json } from '../../protocol/index.js';
import { ACCESS_RECORDS, type AccessRecordAnswer, type AccessRecordsPage } from '../documents/alerts.js';
import { LINKS, type LinkAnswer, type LinksPage } from '../documents/links.js';
import {
  OBLIGATIONS,
  PERMISSIONS,
  SUBJECT_RECORD,
  type ObligationAnswer,
  type ObligationsPage,
  type PermissionAnswer,
  type PermissionsPage,
  type SubjectRecordAnswer,
} from '../documents/obligations.js';
import { OWN_ALERT, type OwnAlertAnswer } from '../documents/subjects.js';
import { everyPage, gathered } from '../every-page.js';
import { findOwnKept, type OwnKept } from './kept-of-own-alert.js';
import type { KeyStore } from './key-store.js';
import type { MemberClient } from '../member-client.js';

/** A signed statement, with what it says. */
export interface ReadStatement {
  readonly claims: { readonly [key: string]: Json };
  /** As it was signed. */
  readonly compact: string;
}

/** Everything that hub and folder of keys hold about one alert, as far as its sender may see it. */
export interface ExportedAlert {
  readonly alert: string;
  /** Null when the content was erased. */
  readonly inForce: (Omit<OwnAlertAnswer, 'statement' | 'history'> & { readonly statement: ReadStatement }) | null;
  /** All other statements: updates and withdrawals, and what they replaced, in order. */
  readonly history: readonly ReadStatement[];
  readonly log: SubjectRecordAnswer['entries'];
  readonly erasures: SubjectRecordAnswer['erasures'];
  /** The newest first. */
  readonly reads: readonly AccessRecordAnswer[];
  /** Null when the purpose of the token shows no links. */
  readonly links: readonly LinkAnswer[] | null;
  readonly obligations: readonly ObligationAnswer[];
  readonly permissions: readonly PermissionAnswer[];
  readonly keptHere: OwnKept;
}

/** What a member gives a person who asks what is held about it. */
export interface SubjectExport {
  readonly madeAt: string;
  readonly member: string;
  readonly audience: string;
  readonly purpose: string;
  readonly alerts: readonly ExportedAlert[];
  /** What is held, or may be, and is not in here; a sentence each. */
  readonly notIncluded: readonly string[];
}

const NOT_INCLUDED = [
  'Tokens of linkage: the hub holds them keyed, shows them to nobody, and cannot tell whose they are.',
  'Suggestions of links that were not given out yet, and the other holder of a link until both have opened the comparison.',
  'The names that other readers have for the person: each has one of its own, which nobody else may see.',
  'What members that read an alert made of it: ask them, by the list of who read.',
  'Counts in statistics, and records of counting, which name no alert.',
  'Backups of the hub, until they are overwritten; and your own case files, databases, printouts and mails.',
];
const NO_LINKS = 'Links: they are shown for protection and prosecution only; ask again for one of these purposes.';

/** Collects all that is held about alerts of one's own. Throws `Refusal` NOT_FOUND. */
export async function exportSubject(
  client: MemberClient,
  store: KeyStore,
  alerts: readonly string[],
): Promise<SubjectExport> {
  const links = await ownLinks(client);
  const permissions = await gathered(
    everyPage(
      async (after) =>
        (await client.query<PermissionsPage>(PERMISSIONS, { side: 'ASKED_OF_ME', first: 100, after })).permissions,
    ),
  );
  const exported: ExportedAlert[] = [];
  for (const alert of alerts) {
    exported.push(
      await exportAlert(client, store, alert, {
        links: links?.filter(({ alertId }) => alertId === alert) ?? null,
        permissions: permissions.filter(({ alertId }) => alertId === alert),
      }),
    );
  }
  return {
    ...{ madeAt: new Date().toISOString(), member: client.seat.member, audience: client.audience },
    ...{ purpose: client.purpose, alerts: exported, notIncluded: links ? NOT_INCLUDED : [NO_LINKS, ...NOT_INCLUDED] },
  };
}

/** All links that the token may see; null when it is for a purpose that sees none. */
export async function ownLinks(client: MemberClient): Promise<readonly LinkAnswer[] | null> {
  if (client.purpose !== 'protection' && client.purpose !== 'prosecution') return null;
  return gathered(
    everyPage(async (after) => (await client.query<LinksPage>(LINKS, { first: 100, after, states: null })).links),
  );
}

async function exportAlert(
  client: MemberClient,
  store: KeyStore,
  alert: string,
  { links, permissions }: Pick<ExportedAlert, 'links' | 'permissions'>,
): Promise<ExportedAlert> {
  const { subjectRecord } = await client.query<{ subjectRecord: SubjectRecordAnswer | null }>(SUBJECT_RECORD, {
    alertId: alert,
  });
  if (!subjectRecord) throw new Refusal('NOT_FOUND', 'There is no such alert of yours.', 'Check the id.', ['alert']);
  const { alert: shown } = await client.query<{ alert: OwnAlertAnswer | null }>(OWN_ALERT, { id: alert });
  const reads = everyPage(
    async (after) =>
      (await client.query<AccessRecordsPage>(ACCESS_RECORDS, { first: 100, after, alertId: alert })).accessRecords,
  );
  const obligations = everyPage(
    async (after) => (await client.query<ObligationsPage>(OBLIGATIONS, { ...OWED, after, alertId: alert })).obligations,
  );
  const { member } = client.seat;
  return {
    alert,
    ...contentOf(shown),
    ...{ log: subjectRecord.entries, erasures: subjectRecord.erasures, reads: await gathered(reads), links },
    ...{ obligations: await gathered(obligations), permissions },
    keptHere: await findOwnKept(store, member, alert, links?.map(({ id }) => id) ?? []),
  };
}

const OWED = { side: 'OWED_TO_ME', first: 100, states: null };

function contentOf(shown: OwnAlertAnswer | null): Pick<ExportedAlert, 'inForce' | 'history'> {
  if (!shown) return { inForce: null, history: [] };
  const { statement, history, ...about } = shown;
  const others = history.filter((compact) => compact !== statement);
  return { inForce: { ...about, statement: readStatement(statement) }, history: others.map(readStatement) };
}

/** What one's own statement says. It is shown and not relied on: nothing of it is verified here. */
function readStatement(compact: string): ReadStatement {
  return { claims: decodeStatement(compact).claims, compact };
}
