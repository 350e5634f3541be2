import type { Command } from 'commander';
import { Refusal } from '../../protocol/index.js';
import {
  ALERT,
  ALERTS,
  type AlertDetailAnswer,
  type AlertsPage,
  type AlertSummaryAnswer,
} from '../documents/alerts.js';
import { addFilterOptions, readFilter, type FilterOptions } from './alert-filter.js';
import { example, list, wholeNumber, type Run } from './command.js';
import { judgementText, verdictWord } from './judgement-text.js';
import { facts, table } from './table.js';

interface ListOptions extends FilterOptions {
  readonly under?: readonly string[];
  readonly first: string;
  readonly after?: string;
  readonly oldestFirst?: boolean;
}

/** `symbolon alerts`: reads alerts, with their verdicts under any law. Each read leaves an access record with the sender. */
export function addAlerts(program: Command, run: Run): void {
  const alerts = program
    .command('alerts')
    .description('list and show alerts; each read leaves an access record with the sender');
  const listing = alerts
    .command('list')
    .description('the alerts that you may read for the purpose named')
    .addOption(list('--under <laws>', 'show verdicts under these laws, such as NL,BE'))
    .option('--first <n>', 'how many, 1 to 100', '20')
    .option('--after <cursor>', 'go on after this cursor, as the page before gave it')
    .option('--oldest-first', 'the first accepted first');
  addFilterOptions(listing).action(
    run(async (session, options: ListOptions) => {
      const under = options.under ?? [];
      const client = await session.connect();
      const { alerts: page } = await client.query<AlertsPage>(ALERTS, {
        first: wholeNumber(options.first, '--first', 1, 100),
        after: options.after ?? null,
        filter: readFilter(options) ?? null,
        order: options.oldestFirst ? 'OLDEST_FIRST' : 'NEWEST_FIRST',
        under,
        judged: under.length > 0,
      });
      session.print.result(page, ({ edges }) =>
        edges.length === 0
          ? 'No alert that you may read fits.'
          : listText(
              edges.map(({ node }) => node),
              under,
            ),
      );
      session.print.more(page.pageInfo);
    }),
  );
  example(listing, 'symbolon alerts list --under NL,BE --exploitation NL --purpose protection');

  const one = alerts
    .command('show')
    .argument('<alert>', 'id of the alert')
    .description('one alert: facts, verdicts by element, and what to ask next')
    .addOption(list('--under <laws>', 'judge it under these laws or variants, such as NL,BE'))
    .action(
      run(async (session, id: string, options: { readonly under?: readonly string[] }) => {
        const under = options.under ?? [];
        const client = await session.connect();
        const { alert } = await client.query<{ alert: AlertDetailAnswer | null }>(ALERT, {
          id,
          under,
          judged: under.length > 0,
        });
        if (!alert) throw noSuchAlert();
        session.print.result(alert, showText);
      }),
    );
  example(one, 'symbolon alerts show alert:5c9a0f6e-1b7d-8e2a-9c41-07d3b1f2a6e8 --under NL,BE --purpose protection');
}

function listText(nodes: readonly AlertSummaryAnswer[], under: readonly string[]): string {
  return table(
    ['alert', 'kind', 'sender', 'person', 'route', 'start', 'purposes', ...under],
    nodes.map((node) => [
      node.id,
      node.kind.toLowerCase(),
      senderOf(node),
      node.pseudonym?.slice(0, 8) ?? '',
      routeOf(node),
      node.episode.start,
      purposesOf(node),
      ...under.map((law) => {
        const verdict = node.verdicts?.find((one) => one.under === law)?.verdict;
        return verdict === undefined ? '' : verdictWord(verdict);
      }),
    ]),
  );
}

function showText(alert: AlertDetailAnswer): string {
  const { person, episode, identification, handling, evaluation } = alert;
  const heads = facts([
    ['alert', alert.id],
    ['kind', alert.kind.toLowerCase()],
    ['from', senderOf(alert)],
    ['person', alert.pseudonym],
    ['stands', `${alert.state.toLowerCase()}, revision ${alert.revision}, until ${alert.expiresAt.slice(0, 10)}`],
    ['age', person?.ageBand && `${person.ageBand}${person.ageAtRegistration ? ' when registered' : ''}`],
    ['gender', person?.gender],
    ['citizenship', person?.citizenships.join(', ')],
    ['route', routeOf(alert)],
    ['episode', [episode.start ?? '?', episode.end ?? '?'].join(' to ')],
    ['return', alert.return && [alert.return.manner, alert.return.from, alert.return.on].filter(Boolean).join(', ')],
    ['wishes', alert.return && wishesOf(alert.return)],
    ['trafficked again', alert.retrafficking && claimOf(alert.retrafficking)],
    ['rests on', alert.retrafficking?.alertIds.join(', ')],
    [
      'status',
      identification && [identification.status, identification.under, identification.on].filter(Boolean).join(', '),
    ],
    ['protection', alert.protection],
    ['codes', alert.nationalCodes.map(({ variant }) => variant).join(', ')],
    ['legal basis', [alert.legalBasis.ground, ...alert.legalBasis.consentScope].join(', ')],
    ['for', handling.purposes.map((purpose) => purpose.toLowerCase()).join(', ')],
    ['handling', handling.code],
    ['evaluation', `${evaluation.source}${evaluation.information}`],
  ]);
  const known = table(
    ['fact', 'known to be', 'how'],
    [
      ...alert.facts.map((fact) => [
        fact.concept,
        fact.present ? 'present' : 'absent',
        fact.inferred ? 'inferred' : 'asserted',
      ]),
      ...alert.oneOf.map((clause) => [`one of: ${clause.join(', ')}`, 'present', 'inferred']),
    ],
  );
  const judged = alert.verdicts && alert.verdicts.length > 0 ? ['', judgementText(alert.verdicts)] : [];
  return [heads, '', known, ...judged].join('\n');
}

/** What nobody sent the hub raised itself. */
function senderOf({ sender }: Pick<AlertSummaryAnswer, 'sender'>): string {
  return sender?.code ?? 'the hub';
}

function wishesOf({ followUp, onMatch }: NonNullable<AlertDetailAnswer['return']>): string {
  return [followUp && `follow-up ${followUp}`, onMatch && `on a match ${onMatch}`].filter(Boolean).join(', ');
}

function claimOf({ definition, basis, exited, began }: NonNullable<AlertDetailAnswer['retrafficking']>): string {
  return [definition, basis, exited && `exited ${exited}`, began && `began ${began}`].filter(Boolean).join(', ');
}

function routeOf({ episode }: Pick<AlertSummaryAnswer, 'episode'>): string {
  const via = episode.transit.length > 0 ? [episode.transit.join('+')] : [];
  return [episode.origin.join('+') || '?', ...via, episode.exploitation.join('+') || '?'].join(' → ');
}

function purposesOf({ facts: known }: AlertSummaryAnswer): string {
  return known
    .filter((fact) => fact.present && !fact.inferred && fact.concept.startsWith('purpose/'))
    .map((fact) => fact.concept.slice('purpose/'.length))
    .join(', ');
}

function noSuchAlert(): Refusal {
  return new Refusal(
    'NOT_FOUND',
    'There is no such alert, or you may not read it for this purpose.',
    'Check the id; ask its sender to address you for this purpose.',
    ['alert'],
  );
}
