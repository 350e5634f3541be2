import { existsSync, writeFileSync } from 'node:fs';
import 'reflect-metadata';
import { Command } from 'commander';
import { readConfig } from './config.js';
import { startHub } from './hub.js';
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
  .action(async (members: string[]) => {
    const config = readConfig();
    if (!config.databaseUrl)
      throw new Error('Name the hub’s database in DATABASE_URL. The sandbox founds its own accord.');
    const { databaseUrl: url } = config;
    const hub = await startHub(
      { ...config, port: 0, host: '127.0.0.1' },
      { url, migratorUrl: config.migratorUrl ?? url, matcherUrl: config.matcherUrl ?? url },
    );
    try {
      await hub.app.get(MembershipService).found(members);
      process.stdout.write(`Founded by ${members.join(', ')}.\n`);
    } finally {
      await hub.close();
    }
  });

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
