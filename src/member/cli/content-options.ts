import { readFile } from 'node:fs/promises';
import { Option, type Command } from 'commander';
import { ALERT_KINDS, RETENTION_DAYS, type AlertContent, type AlertKind, type Purpose } from '../../protocol/index.js';
import { checkContent } from '../files/content-check.js';
import { MemberError } from '../member-error.js';
import { lawVersion } from '../law-version.js';
import { list, oneOf } from './command.js';
import { addHandlingOptions, readHandling, type HandlingOptions } from './handling-options.js';

const GROUNDS = ['consent', 'vital-interest', 'legal-obligation', 'public-task', 'anonymised'] as const;
/** What a person may agree to. */
export const CONSENT_SCOPES = ['alert', 'linkage', 'referral', 'statistics'] as const;

/** The options from which `raise` and `update` make the content of an alert. */
export interface ContentOptions extends HandlingOptions {
  readonly kind: string;
  readonly present?: readonly string[];
  readonly absent?: readonly string[];
  readonly ageBand?: string;
  readonly ageAsOf?: 'exploitation' | 'registration';
  readonly gender?: string;
  readonly citizenship?: readonly string[];
  readonly origin?: readonly string[];
  readonly transit?: readonly string[];
  readonly exploitation?: readonly string[];
  readonly start?: string;
  readonly end?: string;
  readonly code?: readonly string[];
  readonly status?: string;
  readonly statusUnder?: string;
  readonly protection?: string;
  readonly return?: string;
  readonly returnFrom?: string;
  readonly returnOn?: string;
  readonly ground: string;
  readonly consent?: readonly string[];
  readonly expires?: string;
}

/** Adds the options of an alert's content; there is none for free text, because an alert has no place for it. */
export function addContentOptions(command: Command): Command {
  command
    .addOption(new Option('--kind <kind>', 'what it is about').choices(ALERT_KINDS).default('case'))
    .addOption(list('--present <concepts>', 'concepts known to be present, such as means/deception'))
    .addOption(list('--absent <concepts>', 'concepts known to be absent; silence is neither'))
    .option('--age-band <band>', 'age, such as 18-20 or minor')
    .addOption(
      new Option('--age-as-of <when>', 'when the person was of that age').choices(['exploitation', 'registration']),
    )
    .option('--gender <gender>', 'such as woman')
    .addOption(list('--citizenship <countries>', 'citizenships, two letters each'))
    .addOption(list('--origin <countries>', 'countries of origin'))
    .addOption(list('--transit <countries>', 'countries of transit'))
    .addOption(list('--exploitation <countries>', 'countries of exploitation'))
    .option('--start <date>', 'when the episode began: 2026, 2026-11 or 2026-11-23')
    .option('--end <date>', 'when the episode ended')
    .addOption(list('--code <variants>', 'offence codes of your own law, such as NL-273f-1-1'))
    .option('--status <status>', 'identification status, such as presumed')
    .option('--status-under <law>', 'law under which the status was given')
    .option('--protection <regime>', 'protection regime, a concept of the scheme protection')
    .option('--return <manner>', 'for returnees: manner of return, a concept of the scheme return')
    .option('--return-from <country>', 'for returnees: from where')
    .option('--return-on <month>', 'for returnees: when, 2026-11')
    .addOption(new Option('--ground <ground>', 'legal basis').choices(GROUNDS).default('vital-interest'))
    .addOption(list('--consent <scopes>', `with --ground consent: ${CONSENT_SCOPES.join(', ')}`))
    .option('--expires <date>', 'last day of retention (default: the longest that the kind allows)');
  return addHandlingOptions(command);
}

/** The content as the options say it, checked against the schema. `hub` is asked which version of a law a national code pins. */
export async function contentFromOptions(
  options: ContentOptions,
  purpose: Purpose,
  hub: string,
): Promise<AlertContent> {
  const kind = oneOf(ALERT_KINDS, options.kind, '--kind');
  const { present, absent, code } = options;
  const nationalCodes = await Promise.all(
    (code ?? []).map(async (variant) => ({ variant, version: await lawVersion(hub, variant) })),
  );
  return checkContent({
    kind,
    ...(kind === 'pattern' ? {} : { person: personOf(options) }),
    episode: episodeOf(options),
    ...returnOf(options),
    facts: { ...(present ? { present } : {}), ...(absent ? { absent } : {}) },
    ...(nationalCodes.length > 0 ? { nationalCodes } : {}),
    ...(options.status ? { identification: identificationOf(options.status, options.statusUnder) } : {}),
    ...(options.protection ? { protection: inScheme('protection', options.protection) } : {}),
    legalBasis: legalBasisOf(options),
    ...readHandling(options, purpose),
    expires: options.expires ?? latestExpiry(kind),
  });
}

/** The content in a JSON file, checked against the schema. Throws `MemberError` BAD_INPUT or `Refusal` SCHEMA_INVALID. */
export async function contentFromFile(file: string): Promise<AlertContent> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(file, 'utf8'));
  } catch (cause) {
    throw new MemberError(
      'BAD_INPUT',
      'The content file cannot be read as JSON.',
      'Check the name and the file.',
      ['file'],
      {
        cause,
      },
    );
  }
  return checkContent(value);
}

/** The last day that the retention of a kind allows for what is signed today, UTC. */
export function latestExpiry(kind: AlertKind, now = new Date()): string {
  return new Date(now.getTime() + RETENTION_DAYS[kind] * 24 * 3600 * 1000).toISOString().slice(0, 10);
}

function personOf({ ageBand, ageAsOf, gender, citizenship }: ContentOptions): AlertContent['person'] {
  return {
    ...(ageBand ? { ageBand: inScheme('person-age-band', ageBand) } : {}),
    ...(ageAsOf ? { ageAsOf } : {}),
    ...(gender ? { gender: inScheme('person-gender', gender) } : {}),
    ...(citizenship ? { citizenships: citizenship } : {}),
  };
}

function episodeOf({ origin, transit, exploitation, start, end }: ContentOptions): AlertContent['episode'] {
  return {
    ...(origin ? { origin } : {}),
    ...(transit ? { transit } : {}),
    ...(exploitation ? { exploitation } : {}),
    ...(start ? { start } : {}),
    ...(end ? { end } : {}),
  };
}

function returnOf({ return: manner, returnFrom, returnOn }: ContentOptions): Pick<AlertContent, 'return'> {
  if (manner === undefined) return {};
  return {
    return: {
      manner: inScheme('return', manner),
      ...(returnFrom ? { from: returnFrom } : {}),
      ...(returnOn ? { on: returnOn } : {}),
    },
  };
}

function identificationOf(status: string, under: string | undefined): AlertContent['identification'] {
  return { status: inScheme('identification', status), ...(under ? { under } : {}) };
}

function legalBasisOf({ ground, consent }: ContentOptions): AlertContent['legalBasis'] {
  const scopes = (consent ?? []).map((text) => oneOf(CONSENT_SCOPES, text, '--consent'));
  return { ground: oneOf(GROUNDS, ground, '--ground'), ...(scopes.length > 0 ? { consentScope: scopes } : {}) };
}

/** A concept of a scheme, with the scheme's name or without. */
export function inScheme(scheme: string, text: string): string {
  return text.includes('/') ? text : `${scheme}/${text}`;
}
