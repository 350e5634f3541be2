import type { Command } from 'commander';
import { parseStrictJsonObject, type Json } from '../../protocol/index.js';
import {
  filesOfBundle,
  readBundleForm,
  readReceipt,
  verifyBundle,
  type EvidenceBundle,
} from '../../protocol/transparency/index.js';
import { collectEvidence, receiptOfAlert, statementOfReceipt, type Receipted } from '../collect-evidence.js';
import { readCosignedFile, readGivenFile, readReceiptFile } from '../files/evidence-file.js';
import type { LogWitness } from '../log-witness.js';
import type { MemberClient } from '../member-client.js';
import { MemberError } from '../member-error.js';
import { assertNewFolder, writeNewFolder } from '../files/new-folder.js';
import { example, type Run } from './command.js';
import { HUB_KEY_OPTION, openWitness, type HubKeyOptions } from './log-session.js';
import { provenFacts } from './proven-text.js';
import { facts } from './table.js';

interface EvidenceOptions extends HubKeyOptions {
  readonly out: string;
  readonly receipt?: string;
  readonly statement?: string;
  readonly jti?: string;
  readonly cosigned?: readonly string[];
}

/** `symbolon evidence`: a folder that shows anybody, far from the hub, who said something and that the log has it. */
export function addEvidence(program: Command, run: Run): void {
  const evidence = program
    .command('evidence')
    .argument('<alert>', 'id of an alert that you may read, or a file that holds a receipt')
    .description('put together what anybody can check offline: who said it, for whom, and that the log has it')
    .requiredOption('--out <folder>', 'a new folder for it; it holds what the alert says')
    .option('--receipt <file>', 'the receipt that came with the alert, when the hub gives none')
    .option('--statement <file>', 'the signed statement that a receipt is for, when the hub does not show it')
    .option('--jti <jti>', 'which statement of a receipt for several')
    .option(
      '--cosigned <files...>',
      'heads that members cosigned ("symbolon witness --cosign --save"), all of one head',
    )
    .option(...HUB_KEY_OPTION)
    .action(
      run(async (session, alert: string, options: EvidenceOptions) => {
        const client = await session.connect();
        const log = await openWitness(session, options);
        await assertNewFolder(options.out);
        const given = await receipted(client, log, alert, options);
        const cosigned = await Promise.all((options.cosigned ?? []).map(readCosignedFile));
        const bundle = asRead(await collectEvidence(client, session.store, log, given, cosigned));
        const { trusted } = log;
        // Nothing is handed out that does not verify as its readers will verify it.
        const proven = await verifyBundle(bundle, trusted);
        const files = await filesOfBundle(readBundleForm(bundle), trusted);
        await writeNewFolder(options.out, files);
        const {
          accord,
          log: { audience },
        } = trusted;
        const hub = trusted.log.keys.map(({ kid }) => kid);
        session.print.result({ folder: options.out, files: [...files.keys()], proven, audience, accord, hub }, () =>
          facts([
            ['written', `${options.out} (${files.size} files)`],
            ...provenFacts(proven),
            ['accord', accord],
            ['key of the hub', hub.join(', ')],
          ]),
        );
        session.print.note(
          `Next: "symbolon verify ${options.out}" checks it here. Whoever gets it takes the accord and the hub’s key from elsewhere, and needs none of our programs: schema/transparency/README.md has the commands.`,
        );
      }),
    );
  example(
    evidence,
    'symbolon evidence alert:5c9a0f6e-1b7d-8e2a-9c41-07d3b1f2a6e8 --out evidence --purpose protection',
    'symbolon evidence accepted.json --out evidence --purpose protection',
  );
}

/** The statement and its receipt, from the hub or from files. */
async function receipted(
  client: MemberClient,
  log: LogWitness,
  alert: string,
  { receipt, statement, jti }: EvidenceOptions,
): Promise<Receipted> {
  if (alert.startsWith('alert:'))
    return receiptOfAlert(client, alert, receipt === undefined ? null : await readReceiptFile(receipt));
  const compact = await readReceiptFile(alert);
  if (statement !== undefined) return { statement: await statementIn(statement), receipt: compact };
  const read = await readReceipt(compact, log.trusted.log);
  const [only, ...more] = read.accepted.filter((one) => jti === undefined || one.jti === jti);
  if (only && more.length === 0)
    return { statement: await statementOfReceipt(client, read, only.jti), receipt: compact };
  throw new MemberError(
    'BAD_INPUT',
    only ? 'The receipt is for several statements.' : 'The receipt holds no such statement.',
    'Name one of them with --jti ("symbolon prove" lists them).',
    ['jti'],
  );
}

async function statementIn(file: string): Promise<string> {
  const given = await readGivenFile(file, 'statement');
  if (given.kind === 'compact') return given.compact;
  throw new MemberError('BAD_INPUT', 'This is no signed statement.', 'Give it in compact form.', ['statement']);
}

/** The bundle as whoever reads its file has it. */
function asRead(bundle: EvidenceBundle): Json {
  return parseStrictJsonObject(Buffer.from(JSON.stringify(bundle)));
}
