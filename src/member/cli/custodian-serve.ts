import type { Command } from 'commander';
import { serveCustodian } from '../../custodian/index.js';
import { example, wholeNumber, type Run } from './command.js';
import { custodianPassphrase, STATE_OPTION } from './custodian-state.js';

interface ServeOptions {
  readonly state: string;
  readonly members: string;
  readonly host: string;
  readonly port: string;
  readonly untilInputEnds?: boolean;
}

/** `symbolon custodian serve`: answers signed requests until it is told to stop. */
export function addCustodianServe(custodian: Command, run: Run): void {
  const serve = custodian
    .command('serve')
    .description('answer signed requests; behind a proxy that ends TLS. Logs nothing about what is asked')
    .requiredOption('--members <file>', 'member list as "symbolon members --save" wrote it; read again when it changes')
    .option(...STATE_OPTION)
    .option('--host <address>', 'where to listen', '127.0.0.1')
    .option('--port <number>', 'where to listen', '4100')
    .option('--until-input-ends', 'stop when standard input ends, as it does when the program that started it has')
    .action(
      run(async (session, { state, members, host, port, untilInputEnds }: ServeOptions) => {
        const served = await serveCustodian({
          ...{ folder: state, members, host, port: wholeNumber(port, '--port', 0, 65_535) },
          passphrase: await custodianPassphrase(session),
          note: (event) => {
            session.print.note(event);
          },
          report: (problem) => {
            session.print.note(`failed inside: ${problem}`);
          },
        });
        const url = `http://${host}:${served.port}`;
        session.print.result({ custodian: served.code, url }, () => `Custodian ${served.code} serves at ${url}`);
        await new Promise<void>((resolve) => {
          for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, resolve);
          if (untilInputEnds === true) process.stdin.once('end', resolve).resume();
        });
        await served.stop();
        // A standard input that is still open would keep the process.
        if (untilInputEnds === true) process.stdin.destroy();
      }),
    );
  example(serve, 'symbolon custodian serve --members members.json --state ./custodian --passphrase-file secret.txt');
}
