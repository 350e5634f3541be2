import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import 'reflect-metadata';
import { Command } from 'commander';
import { readConfig } from './config.js';
import { CustodianRegister, EpochPublisher, readEpochs, readNamedCustodians } from './epochs/index.js';
import { type RunningHub, startHub } from './hub.js';
import { newHubSecrets } from './hub-secrets.js';
import { MembershipService } from './membership/index.js';
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
      : error instanceof Error
        ? error.message
        : String(error);
  process.stderr.write(`${words}\n`);
  process.exitCode = 1;
});
