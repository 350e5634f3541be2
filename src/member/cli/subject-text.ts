import type { Json } from '../../protocol/index.js';
import type { ExportedAlert, ReadStatement, SubjectExport } from '../files/subject-export.js';
import { codeWord } from './obligation-session.js';
import { facts, table } from './table.js';

/** An export as people read it. */
export function subjectText({ madeAt, member, purpose, alerts, notIncluded }: SubjectExport): string {
  return [
    `What is held about ${alerts.length === 1 ? 'one alert' : `${String(alerts.length)} alerts`} of ${member}, as of ${madeAt}, seen for ${purpose}.`,
    ...alerts.map(alertText),
    section('Not in here', notIncluded.map((sentence) => `- ${sentence}`).join('\n')),
  ].join('\n\n');
}

function alertText(exported: ExportedAlert): string {
  const { alert, inForce, history, log, erasures, reads, links, obligations, permissions, keptHere } = exported;
  const kept = [...keptHere.outbox, ...keptHere.comparisonKeys, ...keptHere.others];
  return [
    section(
      alert,
      inForce === null
        ? 'Its content was erased.'
        : facts([
            ['kind', codeWord(inForce.kind)],
            ['stands', codeWord(inForce.state)],
            ['raised', inForce.raisedAt],
            ['expires', inForce.expiresAt],
            ['your name for the person', inForce.pseudonym],
          ]),
    ),
    ...(inForce === null ? [] : [section('What was signed', statementText(inForce.statement))]),
    ...history.map((statement) => section('What was signed in its course', statementText(statement))),
    section(
      'In the hub’s log',
      table(
        ['entry', 'event', 'accepted', 'hash'],
        log.map(({ index, event, receivedAt, payloadHash }) => [index, lastPart(event), receivedAt, payloadHash]),
      ),
    ),
    ...erasures.map(({ because, at }) => section('Erased', `${at}, ${codeWord(because)}`)),
    section(
      'Who read it',
      reads.length === 0
        ? 'Nobody.'
        : table(
            ['when', 'reader', 'officer', 'purpose', 'operation'],
            reads.map(({ at, reader, officer, purpose, operation }) => [
              ...[at, `${reader.code} (${reader.country})`, officer, codeWord(purpose), operation],
            ]),
          ),
    ),
    section(
      'Links with alerts of others',
      links === null || links.length === 0
        ? links === null
          ? 'Not shown for this purpose.'
          : 'None.'
        : table(
            ['link', 'stands', 'since', 'other holder', 'episodes', 'flag'],
            links.map(({ id, state, suggestedAt, counterpart, classification, flagId }) => [
              ...[id, codeWord(state), suggestedAt, counterpart?.member.code ?? null],
              ...[classification && codeWord(classification.recurrence), flagId],
            ]),
          ),
    ),
    section(
      'What those who read it owe',
      obligations.length === 0
        ? 'Nothing.'
        : table(
            ['owed by', 'because', 'until', 'stands'],
            obligations.map(({ debtor, cause, dueAt, state, ground }) => [
              ...[debtor.code, codeWord(cause), dueAt.slice(0, 10)],
              [state, ground].flatMap((word) => (word === null ? [] : [codeWord(word)])).join(': '),
            ]),
          ),
    ),
    section(
      'Onward use that was asked for',
      permissions.length === 0
        ? 'None.'
        : table(
            ['asked by', 'for', 'to', 'stands'],
            permissions.map(({ asker, use, toMember, toCountry, state }) => [
              ...[asker.code, codeWord(use), toMember?.code ?? toCountry, codeWord(state)],
            ]),
          ),
    ),
    section('In the folder of keys', kept.length === 0 ? 'Nothing.' : kept.join('\n')),
  ].join('\n\n');
}

function section(title: string, text: string): string {
  return `${title}\n${text.replaceAll(/^(?=.)/gm, '  ')}`;
}

/** What a statement says, a line for each thing: the names on the way to it, and the value. */
function statementText({ claims }: ReadStatement): string {
  const { events, iat } = claims;
  const signed = typeof iat === 'number' ? new Date(iat * 1000).toISOString() : null;
  const said = Object.entries(isObject(events) ? events : {}).flatMap(([event, body]) => [
    ['event', lastPart(event)] as const,
    ...leaves(body, []),
  ]);
  return facts([['signed', signed], ...said]);
}

function leaves(value: Json, path: readonly string[]): (readonly [string, string])[] {
  if (Array.isArray(value) && value.every((one) => typeof one !== 'object'))
    return [[path.join('.'), value.map(String).join(', ')]];
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([name, within]: [string, Json]) => leaves(within, [...path, name]));
  return [[path.join('.'), String(value)]];
}

function isObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function lastPart(uri: string): string {
  return uri.slice(uri.lastIndexOf('/') + 1);
}
