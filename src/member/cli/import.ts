import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { Option, type Command } from 'commander';
import type { Purpose } from '../../protocol/index.js';
import { inspectFile } from '../import/csv-rows.js';
import { ctdcMapper } from '../import/ctdc-mapper.js';
import { htcdsMapper } from '../import/htcds-mapper.js';
import type { ImportReport } from '../import/import-report.js';
import type { CommonContent } from '../import/mapped-rows.js';
import { runImport, type Destination } from '../import/run-import.js';
import { MemberError } from '../member-error.js';
import { lawVersion } from '../law-version.js';
import { budgetRemedy } from './budget-remedy.js';
import { example, list, oneOf, wholeNumber, type Run } from './command.js';
import { CONSENT_SCOPES, latestExpiry } from './content-options.js';
import { EXIT_CODES, exitCodeOfStop } from './exit-codes.js';
import { addHandlingOptions, readHandling, type HandlingOptions } from './handling-options.js';
import { addIdentitiesOptions, openTokenSource, readIdentities, type IdentitiesOptions } from './import-identities.js';
import { importText } from './import-text.js';
import { startProgress } from './progress.js';
import type { Session } from './session.js';

/** Whom an import addresses unless told otherwise: those who monitor. */
const AUDIENCE = 'rapporteur';

const FORMATS = { ctdc: ctdcMapper, htcds: htcdsMapper } as const;

interface ImportOptions extends HandlingOptions, IdentitiesOptions {
  readonly format: keyof typeof FORMATS;
  readonly dryRun?: boolean;
  readonly recordedUnder?: string;
  readonly exploitationCountryIs: 'exploitation' | 'first-identification';
  readonly ageIs: 'exploitation' | 'registration';
  readonly yearIs: 'episode-start' | 'registration';
  readonly ground: CommonContent['legalBasis']['ground'];
  readonly consent?: readonly string[];
  readonly expires?: string;
  readonly report?: string;
  readonly giveUpAfter: string;
  readonly batch: string;
}

/** `symbolon import`: brings a file of cases in, row by row, and says what it could not map. */
export function addImport(program: Command, run: Run): void {
  const command = program
    .command('import')
    .argument('<file>', 'CSV file')
    .description('bring a file of cases in; a run that broke off goes on where it stopped')
    .addOption(
      new Option('--format <format>', 'standard of the file').choices(Object.keys(FORMATS)).makeOptionMandatory(),
    )
    .option('--dry-run', 'read and check every row; send and store nothing')
    .option(
      '--recorded-under <variant>',
      'definition under which the source recorded its cases, such as INT-PALERMO; the hub infers what it implies and marks it inferred',
    )
    .addOption(
      new Option('--exploitation-country-is <what>', 'what the column of the country of exploitation holds')
        .choices(['exploitation', 'first-identification'])
        .default('exploitation'),
    )
    .addOption(
      new Option('--age-is <when>', 'the age in the file is that at')
        .choices(['registration', 'exploitation'])
        .default('registration'),
    )
    .addOption(
      new Option('--year-is <what>', 'what the year of registration is taken for')
        .choices(['episode-start', 'registration'])
        .default('episode-start'),
    )
    .addOption(
      new Option('--ground <ground>', 'legal basis')
        .choices(['anonymised', 'public-task', 'legal-obligation', 'vital-interest', 'consent'])
        .default('anonymised'),
    )
    .addOption(
      list('--consent <scopes>', `with --ground consent, for all cases of the file: ${CONSENT_SCOPES.join(', ')}`),
    )
    .option('--expires <date>', 'last day of retention (default: the longest allowed)')
    .option('--report <file>', 'write refused rows and losses as JSON')
    .option('--give-up-after <seconds>', 'how long to wait for a hub that is away', '600')
    .option('--batch <rows>', 'rows in one request, at most 500', '500');
  addHandlingOptions(addIdentitiesOptions(command), AUDIENCE).action(
    run(async (session, path: string, options: ImportOptions) => {
      const file = await inspectFile(path);
      const mapper = FORMATS[options.format](file.header, options);
      const common = await commonContent(session, options);
      const identities = await readIdentities(options, file, common);
      const bar = startProgress(session, file.rows);
      const destination = options.dryRun
        ? null
        : await openDestination(session, options, (ms) => {
            bar.pause(ms);
          });
      try {
        const batchSize = wholeNumber(options.batch, '--batch', 1, 500);
        const found = await runImport({
          file,
          mapper,
          common,
          identities,
          destination,
          batchSize,
          onProgress: (done) => {
            bar.update(done);
          },
        });
        bar.stop();
        const report = destination ? withRemedy(found, destination.seat.member) : found;
        if (options.report !== undefined) await saveReport(options.report, report);
        session.print.result(report, (shown) => importText(shown, basename(path), options.recordedUnder ?? null));
        if (report.stopped) return exitCodeOfStop(report.stopped.code);
        return report.refused.length > 0 ? EXIT_CODES.partly.code : EXIT_CODES.done.code;
      } catch (error) {
        bar.stop();
        if (error instanceof MemberError && error.code === 'HUB_UNREACHABLE') throw goOnLater(error);
        throw error;
      }
    }),
  );
  example(
    command,
    'symbolon import --format ctdc cases.csv --dry-run',
    'symbolon import --format ctdc cases.csv --as be-anker/desk-1 --purpose monitoring --to rapporteur --report refused.json',
    'symbolon import --format htcds cases.csv --identities persons.csv --case-id "Case Number" --ground public-task \\',
    '    --as be-anker/desk-1 --purpose protection --to BE,RO --grant grant.txt',
  );
}

async function commonContent(session: Session, options: ImportOptions): Promise<CommonContent> {
  const variant = options.recordedUnder;
  // A dry run asks no hub: which version it pins does not matter to what is never sent.
  const version = variant === undefined || options.dryRun ? 1 : await lawVersion(await session.hub(), variant);
  return {
    kind: 'case',
    legalBasis: legalBasisOf(options),
    ...readHandling({ ...options, to: options.to ?? [AUDIENCE] }, session.purpose(purposeOf(options))),
    expires: options.expires ?? latestExpiry('case'),
    ...(variant === undefined ? {} : { nationalCodes: [{ variant, version }] }),
  };
}

/** What an import is for unless told otherwise: to be counted, or, when it is known who the persons are, to find them again. */
function purposeOf({ identities }: ImportOptions): Purpose {
  return identities === undefined ? 'monitoring' : 'protection';
}

function legalBasisOf({ ground, consent }: ImportOptions): CommonContent['legalBasis'] {
  const scopes = (consent ?? []).map((text) => oneOf(CONSENT_SCOPES, text, '--consent'));
  return { ground, ...(scopes.length > 0 ? { consentScope: scopes } : {}) };
}

/** A budget that is used up is no end of the matter: what to ask another member for is known here. */
function withRemedy(report: ImportReport, member: string): ImportReport {
  const { stopped, identities } = report;
  const remedy = stopped && identities && budgetRemedy(stopped.code, identities.wanted, member);
  return stopped && remedy ? { ...report, stopped: { ...stopped, remedy } } : report;
}

async function openDestination(
  session: Session,
  options: ImportOptions,
  onPause: (pauseMs: number) => void,
): Promise<Destination> {
  const purpose = session.purpose(purposeOf(options));
  const client = await session.connect(purpose);
  return {
    ...(options.identities === undefined ? {} : { tokens: await openTokenSource(session, client, purpose, options) }),
    store: session.store,
    seat: client.seat,
    audience: client.audience,
    raiseMany: (statements) => client.raiseMany(statements),
    patience: {
      giveUpAfterMs: wholeNumber(options.giveUpAfter, '--give-up-after', 0, 86_400) * 1000,
      firstPauseMs: 500,
      longestPauseMs: 30_000,
      onPause,
    },
  };
}

async function saveReport(path: string, report: ImportReport): Promise<void> {
  try {
    await writeFile(path, `${JSON.stringify(report, null, 2)}\n`, { mode: 0o600 });
  } catch (cause) {
    throw new MemberError(
      'BAD_INPUT',
      'The report cannot be written.',
      'Check --report; the import itself is done.',
      ['report'],
      { cause },
    );
  }
}

function goOnLater(error: MemberError): MemberError {
  return new MemberError(
    error.code,
    error.message,
    'Run the same command again when the hub is back: it goes on where it stopped.',
    error.path,
    {
      cause: error,
    },
  );
}
