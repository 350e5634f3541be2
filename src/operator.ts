import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import 'reflect-metadata';
import { Command } from 'commander';
import type { INestApplicationContext } from '@nestjs/common';
import { type Config, readConfig, readTermsFrom } from './config.js';
import { CustodianRegister, EpochPublisher, readEpochs, readNamedCustodians } from './epochs/index.js';
import { newHubSecrets, readIdentity } from './hub-secrets.js';
import type { HubIdentity } from './identity/index.js';
import { MembershipService } from './membership/index.js';
import {
  BUDGET_SPENT,
  agreedTerms,
  agreeOnTerms,
  assertNotOfAnotherHub,
  assertOwnHub,
  BackupFault,
  backUp,
  changeDisclosure,
  changePrivacyBudget,
  disclosureRule,
  inWords,
  type PrivacyBudget,
  privacyBudget,
  restore,
  resume,
  UNDONE,
} from './operating/index.js';
import { openForOperator } from './operator-hub.js';
import { Refusal } from './protocol/index.js';
import { epsilonOf, PRIVACY_DELTA, rhoText } from './protocol/privacy/index.js';

const program = new Command('hub').description('What only the operator of a hub may do.');

program
  .command('keys')
  .description('make the hub’s own keys for production; keep the file secret and backed up')
  .argument('<file>', 'where to write them; must not exist')
  .action(async (file: string) => {
    if (existsSync(file)) throw new Error(`${file} exists: it may hold keys in use.`);
    writeFileSync(file, await newHubSecrets(false), { mode: 0o600, flag: 'wx' });
    process.stdout.write(`Written: ${file}. Name it in HUB_SECRET_FILE.\n`);
  });

program
  .command('found')
  .description('admit the first members together: pending members of at least three countries; works once')
  .argument('<members...>', 'their codes, such as nl-baken ro-punte al-shtegu')
  .action((members: string[]) =>
    withCapabilities(async (app) => {
      await app.get(MembershipService).found(members);
      say(`Founded by ${members.join(', ')}.`);
    }),
  );

program
  .command('custodians')
  .description('name the custodians of the keys of tokens; members pin the keys that they see first')
  .argument('<files...>', 'their cards, as "symbolon custodian init --json" printed them')
  .action((files: string[]) =>
    withCapabilities(async (app) => {
      const named = (await Promise.all(files.map((file) => readNamedCustodians(readFileSync(file, 'utf8'))))).flat();
      await app.get(CustodianRegister).enter(named);
      for (const { code, url, thumbprint } of named) say(`${code}  ${url}  ${thumbprint}`);
    }),
  );

program
  .command('epoch')
  .description('publish the epochs that all their custodians signed; again after each refresh')
  .argument('<file|url>', 'the address of a custodian, or a file with what its /epochs answered')
  .action((from: string) =>
    withCapabilities(async (app) => {
      const published = await app.get(EpochPublisher).publishServed(await readEpochs(from));
      if (published.length === 0) say('There is no epoch that is not over.');
      for (const { name, generation, repeated } of published) {
        say(`Epoch ${name}, generation ${generation}: ${repeated ? 'was published before' : 'published'}.`);
      }
    }),
  );

program
  .command('terms')
  .description(
    'show by which terms the hub goes, or have it go by others, on which its members agreed: at once, on all nodes',
  )
  .option('--answer-days <days>', 'within how many days recipients answer for an alert that ended')
  .option(
    '--erasure-days <days>',
    'how many days after its end the content of an alert is erased, which nobody can undo',
  )
  .addHelpText('after', '\nExample: npm run hub -- terms --answer-days 60 --erasure-days 365')
  .action(async ({ answerDays, erasureDays }: { answerDays?: string; erasureDays?: string }) => {
    const { url, identity } = await databaseAndIdentity();
    await assertOwnHub(url, identity);
    if (answerDays === undefined && erasureDays === undefined) {
      say(`The hub goes by ${inWords(await agreedTerms(url))}.`);
      return;
    }
    if (answerDays === undefined || erasureDays === undefined)
      throw new Error('Name both terms: --answer-days and --erasure-days.');
    const given = { '--answer-days': answerDays, '--erasure-days': erasureDays };
    const terms = readTermsFrom(given, '--answer-days', '--erasure-days');
    const before = await agreedTerms(url);
    await agreeOnTerms(url, terms);
    say(`The hub went by ${inWords(before)}. From now on it goes by ${inWords(terms)}: set these on every node.`);
  });

program
  .command('disclosure')
  .description(
    'show by which rules of disclosure the picture goes, or have it go by others, on which the members agreed: at once, on all nodes',
  )
  .option(
    '--threshold <persons>',
    'of how many persons a number is made at least, 3 to 1000, of what comes to be counted',
  )
  .option('--rounding <base>', 'to multiples of what numbers are rounded, 1 to 100; 1 for not at all')
  .option(
    '--budget <rho>',
    'how much rho all publications with noise may cost together, for ever, such as 0.5; 0 for none, as at the beginning. What is promised to each person is as good as this is small',
  )
  .addHelpText('after', '\nExample: npm run hub -- disclosure --threshold 11 --rounding 5 --budget 0.5')
  .action(async (given: { threshold?: string; rounding?: string; budget?: string }) => {
    const { url, identity } = await databaseAndIdentity();
    await assertOwnHub(url, identity);
    const before = await disclosureRule(url);
    const rule = {
      threshold: wholeWithin(given.threshold, '--threshold', before.threshold, 3, 1_000),
      rounding: wholeWithin(given.rounding, '--rounding', before.rounding, 1, 100),
    };
    const budget = given.budget === undefined ? null : rhoMicroIn(given.budget, '--budget');
    if (budget !== null) await changePrivacyBudget(url, budget);
    await changeDisclosure(url, rule);
    say(
      `Every number of the picture is made of at least ${rule.threshold} persons (before: ${before.threshold}) and rounded to multiples of ${rule.rounding} (before: ${before.rounding}).`,
    );
    say(budgetInWords(await privacyBudget(url)));
  });

program
  .command('backup')
  .description(
    'write all that the hub has stored into a folder, while it goes on; the hub’s own keys are not in it: keep those apart',
  )
  .argument('<folder>', 'where to; must not exist')
  .action(async (folder: string) => {
    const { url, identity } = await databaseAndIdentity();
    await assertNotOfAnotherHub(url, identity);
    const { schemaVersion, tables, head } = await backUp(url, folder, identity);
    const rows = tables.reduce((sum, table) => sum + table.rows, 0);
    say(`Written: ${folder}. ${tables.length} tables, ${rows} rows, schema ${schemaVersion}.`);
    say(head === null ? 'The log has no head yet.' : `Latest tree head:\n${head}`);
    say(
      'The hub’s own keys (HUB_SECRET_FILE) are not in it. What is in it is confidential and not encrypted: encrypt it before it leaves this machine.',
    );
  });

program
  .command('restore')
  .description('put a backup into an empty database, and check its log against what members witnessed')
  .argument('<folder>', 'as "hub backup" wrote it')
  .option(
    '--witnessed <files...>',
    'tree heads that members kept, in compact form: a backup that ends before them is refused',
  )
  .option(
    '--without-witness <reason>',
    'restore although no member can be asked; why, in at least 20 characters. It is kept in the database',
  )
  .option(
    '--accept-loss <reason>',
    'restore although members witnessed more; why, in at least 20 characters. It is kept in the database and beside the backup',
  )
  .action(
    async (
      folder: string,
      options: { witnessed?: string[]; withoutWitness?: string; acceptLoss?: string },
    ): Promise<void> => {
      const [withoutWitness, acceptLoss] = [reasonIn(options.withoutWitness), reasonIn(options.acceptLoss)];
      const { url, identity } = await databaseAndIdentity();
      const witnessed = options.witnessed ?? [];
      const { manifest, log, loss, closed } = await restore(url, folder, identity, {
        ...{ witnessed, withoutWitness, acceptLoss },
      });
      say(
        `Restored the backup of ${manifest.createdAt}: ${manifest.tables.length} tables, ${log.size} entries of the log, which verify.`,
      );
      if (loss) say(`LOST: the members witnessed ${loss.witnessed} entries, and ${loss.kept} are left. Tell them.`);
      for (const line of BUDGET_SPENT) say(line);
      if (closed) for (const line of UNDONE) say(line);
    },
  );

program
  .command('resume')
  .description('have a hub serve again that a restoration closed, once members know what they have to send again')
  .requiredOption('--because <reason>', 'what was done about it, in at least 20 characters. It is kept in the database')
  .addHelpText(
    'after',
    '\nExample: npm run hub -- resume --because "all members confirmed that they sent again what was lost"',
  )
  .action(async ({ because }: { because: string }) => {
    const reason = reasonIn(because);
    const { url, identity } = await databaseAndIdentity();
    await assertNotOfAnotherHub(url, identity);
    await resume(url, reason);
    say('Resumed: nodes that run open within seconds.');
  });

/** A reason that others may come to ask for. */
function reasonIn(text: string): string;
function reasonIn(text: string | undefined): string | null;
function reasonIn(text: string | undefined): string | null {
  if (text === undefined) return null;
  if (text.trim().length >= 20) return text.trim();
  throw new Error('Say in at least 20 characters why: others will have to understand it.');
}

/** The database as its owner, and who the hub is. Keys that are not there are not made: what they signed would be nobody's. */
async function databaseAndIdentity(): Promise<{ config: Config; url: string; identity: HubIdentity }> {
  const config = readConfig();
  const url = config.migratorUrl;
  if (!url) throw new Error('Name the hub’s database in MIGRATOR_DATABASE_URL or DATABASE_URL, as its owner.');
  return { config, url, identity: await readIdentity(config, 'refuse') };
}

/** Does over the hub's database what only its operator may, beside the nodes that serve it. */
async function withCapabilities(work: (app: INestApplicationContext) => Promise<void>): Promise<void> {
  const { config, url, identity } = await databaseAndIdentity();
  await assertOwnHub(url, identity);
  const app = await openForOperator(config, config.databaseUrl ?? url, identity);
  try {
    await work(app);
  } finally {
    await app.close();
  }
}

function wholeWithin(text: string | undefined, option: string, instead: number, least: number, most: number): number {
  if (text === undefined) return instead;
  const value = /^[0-9]{1,9}$/.test(text) ? Number(text) : NaN;
  if (value >= least && value <= most) return value;
  throw new Error(`${option} takes a whole number from ${least} to ${most}.`);
}

/** Rho as people write it, as micro-rho: whole, from 0 to 1000. */
function rhoMicroIn(text: string, option: string): number {
  const [whole = '', places = ''] = text.split('.');
  if (!/^[0-9]{1,4}(\.[0-9]{1,6})?$/.test(text) || Number(text) > 1_000)
    throw new Error(`${option} takes a number from 0 to 1000 with at most six decimal places, such as 0.5.`);
  return Number(whole) * 1_000_000 + Number(places.padEnd(6, '0'));
}

function budgetInWords({ budget, spent }: PrivacyBudget): string {
  if (budget === 0) return 'Nothing is published with noise: no budget is set.';
  const epsilon = epsilonOf(budget, PRIVACY_DELTA).toFixed(2);
  return `Publications with noise may cost rho ${rhoText(budget)} in all (epsilon ${epsilon} at delta ${PRIVACY_DELTA}), of which ${rhoText(spent)} is spent.`;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

program.parseAsync().catch((error: unknown) => {
  const words =
    error instanceof Refusal
      ? `${error.code}: ${error.message} ${error.remedy}`
      : error instanceof BackupFault
        ? `${error.code}: ${error.message}`
        : error instanceof Error
          ? error.message
          : String(error);
  process.stderr.write(`${words}\n`);
  process.exitCode = 1;
});
