import { Option, type Command } from 'commander';
import { ALERT_KINDS } from '../../protocol/index.js';
import { MemberError } from '../member-error.js';
import { list, oneOf } from './command.js';

const VERDICTS = ['met', 'not-met', 'undetermined'] as const;

/** The options that select alerts. */
export interface FilterOptions {
  readonly kind?: readonly string[];
  readonly concept?: readonly string[];
  readonly origin?: readonly string[];
  readonly transit?: readonly string[];
  readonly exploitation?: readonly string[];
  readonly receivedFrom?: string;
  readonly receivedBefore?: string;
  readonly startedFrom?: string;
  readonly startedBefore?: string;
  readonly ageBand?: readonly string[];
  readonly status?: readonly string[];
  readonly sender?: readonly string[];
  readonly verdict?: string;
}

/** Adds the options that select alerts; several options are joined by and, several values of one by or. */
export function addFilterOptions(command: Command): Command {
  return command
    .addOption(list('--kind <kinds>', `kinds: ${ALERT_KINDS.join(', ')}`))
    .addOption(list('--concept <concepts>', 'concepts known to be present, with their narrower ones; all of them'))
    .addOption(list('--origin <countries>', 'countries of origin'))
    .addOption(list('--transit <countries>', 'countries of transit'))
    .addOption(list('--exploitation <countries>', 'countries of exploitation'))
    .option('--received-from <instant>', 'accepted at or after, 2026-11-23 or 2026-11-23T19:08:00Z')
    .option('--received-before <instant>', 'accepted before')
    .option('--started-from <date>', 'episode started at or after')
    .option('--started-before <date>', 'episode started before')
    .addOption(list('--age-band <bands>', 'age bands, such as 18-20'))
    .addOption(list('--status <statuses>', 'identification statuses, such as presumed'))
    .addOption(list('--sender <members>', 'senders by code'))
    .addOption(
      new Option('--verdict <law=verdicts>', 'verdict under a law, such as NL=met or NL=not-met+undetermined'),
    );
}

/** The options as the SDL's `AlertFilter`; undefined when nothing is selected. Throws `MemberError` BAD_INPUT. */
export function readFilter(options: FilterOptions): Readonly<Record<string, unknown>> | undefined {
  const filter = {
    kinds: options.kind?.map((kind) => oneOf(ALERT_KINDS, kind, '--kind').toUpperCase()),
    concepts: options.concept,
    origin: options.origin,
    transit: options.transit,
    exploitation: options.exploitation,
    receivedFrom: readInstant(options.receivedFrom),
    receivedBefore: readInstant(options.receivedBefore),
    startedFrom: options.startedFrom,
    startedBefore: options.startedBefore,
    ageBands: options.ageBand?.map((band) => inScheme('person-age-band', band)),
    identification: options.status?.map((status) => inScheme('identification', status)),
    senders: options.sender,
    verdict: options.verdict === undefined ? undefined : readVerdict(options.verdict),
  };
  const given = Object.entries(filter).filter(([, value]) => value !== undefined);
  return given.length === 0 ? undefined : Object.fromEntries(given);
}

function readInstant(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const instant = new Date(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : text);
  if (!Number.isNaN(instant.getTime())) return instant.toISOString();
  throw new MemberError('BAD_INPUT', 'That is not a time.', 'Write 2026-11-23 or 2026-11-23T19:08:00Z.', ['received']);
}

function readVerdict(text: string): { under: string; anyOf: string[] } {
  const [under = '', verdicts = ''] = text.split('=');
  return {
    under,
    anyOf: verdicts.split('+').map((one) => oneOf(VERDICTS, one, '--verdict').toUpperCase().replaceAll('-', '_')),
  };
}

function inScheme(scheme: string, text: string): string {
  return text.includes('/') ? text : `${scheme}/${text}`;
}
