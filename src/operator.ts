import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import 'reflect-metadata';
import { Command } from 'commander';
import { readConfig } from './config.js';
import { CustodianRegister, EpochPublisher, readEpochs, readNamedCustodians } from './epochs/index.js';
import { type RunningHub, startHub } from './hub.js';
import { newHubSecrets, readHubSecrets } from './hub-secrets.js';
import type { HubIdentity } from './identity/index.js';
import { MembershipService } from './membership/index.js';
import { BackupFault, backUp, restore } from './operating/index.js';
import { Refusal } from './protocol/index.js';

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
    withHub(async ({ app }) => {
      await app.get(MembershipService).found(members);
      say(`Founded by ${members.join(', ')}.`);
    }),
  );

program
  .command('custodians')
  .description('name the custodians of the keys of tokens; members pin the keys that they see first')
  .argument('<files...>', 'their cards, as "symbolon custodian init --json" printed them')
  .action((files: string[]) =>
    withHub(async ({ app }) => {
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
    withHub(async ({ app }) => {
      const published = await app.get(EpochPublisher).publishServed(await readEpochs(from));
      if (published.length === 0) say('There is no epoch that is not over.');
      for (const { name, generation, repeated } of published) {
        say(`Epoch ${name}, generation ${generation}: ${repeated ? 'was published before' : 'published'}.`);
      }
    }),
  );

program
  .command('backup')
  .description(
    'write all that the hub has stored into a folder, while it goes on; the hub’s own keys are not in it: keep those apart',
  )
  .argument('<folder>', 'where to; must not exist')
  .action(async (folder: string) => {
    const { url, identity } = await databaseAndIdentity();
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
    '--accept-loss <reason>',
    'restore all the same; why, in at least 20 characters. It is kept beside the backup',
  )
  .action(async (folder: string, options: { witnessed?: string[]; acceptLoss?: string }) => {
    const reason = options.acceptLoss ?? null;
    if (reason !== null && reason.trim().length < 20)
      throw new Error('Say in at least 20 characters why the loss is accepted: others will have to understand it.');
    const { url, identity } = await databaseAndIdentity();
    const witnessed = options.witnessed ?? [];
    const { manifest, log, loss } = await restore(url, folder, identity, { witnessed, acceptLoss: reason });
    say(
      `Restored the backup of ${manifest.createdAt}: ${manifest.tables.length} tables, ${log.size} entries of the log, which verify.`,
    );
    if (witnessed.length === 0)
      say(
        'No witnessed tree heads were given: whether this is the latest that members know was not checked (--witnessed).',
      );
    if (loss) say(`LOST: the members witnessed ${loss.witnessed} entries, and ${loss.kept} are left. Tell them.`);
  });

/** The database as its owner, and who the hub is, without starting one. */
async function databaseAndIdentity(): Promise<{ url: string; identity: HubIdentity }> {
  const config = readConfig();
  const url = config.migratorUrl;
  if (!url) throw new Error('Name the hub’s database in MIGRATOR_DATABASE_URL or DATABASE_URL, as its owner.');
  const { signingKey, cursorSecret, linkageSecret } = await readHubSecrets(config);
  return { url, identity: { audience: config.hubUrl, hubUrl: config.hubUrl, signingKey, cursorSecret, linkageSecret } };
}

/** Runs over the hub's database what only its operator may do. */
async function withHub(work: (hub: RunningHub) => Promise<void>): Promise<void> {
  const config = readConfig();
  if (!config.databaseUrl) throw new Error('Name the hub’s database in DATABASE_URL. The sandbox does this by itself.');
  const { databaseUrl: url } = config;
  const hub = await startHub(
    { ...config, port: 0, host: '127.0.0.1', metrics: null, drainTime: 0 },
    { url, migratorUrl: config.migratorUrl ?? url, matcherUrl: config.matcherUrl ?? url },
  );
  try {
    await work(hub);
  } finally {
    await hub.close();
  }
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
