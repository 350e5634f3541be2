import type { Command } from 'commander';
import { readReceipt } from '../../protocol/transparency/index.js';
import { readReceiptFile } from '../files/evidence-file.js';
import { example, type Run } from './command.js';
import { entries, HUB_KEY_OPTION, instantOf, openWitness, type HubKeyOptions } from './log-session.js';
import { table } from './table.js';

/** One statement of a receipt that is in the log. */
interface Proven {
  readonly jti: string;
  readonly payloadHash: string;
  readonly receivedAt: string;
  readonly index: number;
  readonly event: string;
  readonly size: number;
  readonly signedAt: string;
}

/** `symbolon prove`: that what the hub gave a receipt for is in its log. */
export function addProve(program: Command, run: Run): void {
  const prove = program
    .command('prove')
    .argument('<receipt>', 'file that holds a receipt, in compact form or as "raise --json" printed it')
    .argument('[jti]', 'prove only this statement of it')
    .description('check that what you have a receipt for is in the hub’s log, in the place that was promised')
    .option(...HUB_KEY_OPTION)
    .action(
      run(async (session, file: string, jti: string | undefined, options: HubKeyOptions) => {
        const log = await openWitness(session, options);
        const receipt = await readReceipt(await readReceiptFile(file), log.trusted.log);
        const wanted = jti === undefined ? receipt.accepted.map((one) => one.jti) : [jti];
        const proven: Proven[] = [];
        for (const one of wanted) {
          const { place, head } = await log.prove(receipt, one);
          const { payloadHash = '', receivedAt = '' } = receipt.accepted.find((said) => said.jti === one) ?? {};
          proven.push({
            ...{ jti: one, payloadHash, receivedAt, index: place.index, event: place.event },
            ...{ size: head.size, signedAt: instantOf(head.issuedAt) },
          });
        }
        session.print.result({ issuer: receipt.issuer, proven }, () => {
          const [last] = proven.slice(-1);
          const rows = proven.map((one) => [one.jti, one.event.split('/').at(-1) ?? '', one.index, one.payloadHash]);
          const under = last ? `\nIn the log of ${entries(last.size)} that the hub signed ${last.signedAt}.` : '';
          return table(['statement', 'event', 'entry', 'hash'], rows) + under;
        });
      }),
    );
  example(
    prove,
    'symbolon raise alert.json --purpose protection --json > accepted.json',
    'symbolon prove accepted.json',
  );
}
