import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { readGenerationPlan } from '../../protocol/custodian/index.js';
import { DEFAULT_SCRYPT_N } from '../../protocol/oprf/index.js';
import { MemberError } from '../member-error.js';
import { example, wholeNumber, type Run } from './command.js';
import { textOfFile } from './custodian-state.js';
import { facts } from './table.js';

interface PlanOptions {
  readonly epoch: string;
  readonly audience?: string;
  readonly threshold?: string;
  readonly days: string;
  readonly scryptN: string;
  readonly out: string;
}

/** `symbolon custodian plan`: puts the cards of custodians together to the plan of a ceremony, on which all have to agree. */
export function addCustodianPlan(custodian: Command, run: Run): void {
  const plan = custodian
    .command('plan')
    .argument('<cards...>', 'files with the cards of all custodians, as "custodian init --json" wrote them')
    .description('write the plan of a ceremony; all custodians compare its hash before they begin')
    .requiredOption('--epoch <name>', 'name of the epoch, such as 2027-1')
    .option('--audience <url>', "the accord's audience (default: the hub's)")
    .option('--threshold <t>', 'how many custodians evaluate together (default: more than half)')
    .option('--days <n>', 'for how many days the epoch is open', '365')
    .option('--scrypt-n <n>', 'cost of the prehash, a power of two; it is part of the tokens', String(DEFAULT_SCRYPT_N))
    .option('--out <file>', 'where to write it', 'plan.json')
    .action(
      run(async (session, files: string[], options: PlanOptions) => {
        const cards = await Promise.all(files.map(async (file) => readCard(await textOfFile(file, 'cards'))));
        const threshold =
          options.threshold === undefined
            ? Math.floor(cards.length / 2) + 1
            : wholeNumber(options.threshold, '--threshold', 2, 15);
        const validFrom = Math.floor(Date.now() / 1000);
        const text = `${JSON.stringify(
          {
            ...{ kind: 'generation', epoch: options.epoch, threshold },
            audience: options.audience ?? (await session.address()).audience,
            scryptN: wholeNumber(options.scryptN, '--scrypt-n', 16, 1 << 20),
            ...{ validFrom, validUntil: validFrom + wholeNumber(options.days, '--days', 1, 3660) * 86_400 },
            custodians: cards.map((card, at) => ({ index: at + 1, ...card })),
          },
          null,
          2,
        )}\n`;
        const { id } = await readGenerationPlan(text);
        await writeFile(options.out, text);
        session.print.result({ plan: options.out, hash: id, threshold, custodians: cards.length }, (made) =>
          facts([
            ['plan', made.plan],
            ['hash', made.hash],
            ['custodians', `${made.threshold} of ${made.custodians}`],
          ]),
        );
      }),
    );
  example(plan, 'symbolon custodian plan nl.json ro.json al.json --epoch 2027-1 --out plan.json');
}

function readCard(text: string): object {
  let card: unknown;
  try {
    card = JSON.parse(text);
  } catch (cause) {
    throw notACard({ cause });
  }
  if (typeof card !== 'object' || card === null) throw notACard();
  return card;
}

function notACard(options?: ErrorOptions): MemberError {
  return new MemberError(
    'BAD_INPUT',
    'That is not the card of a custodian.',
    'Take what "symbolon custodian init --json" printed.',
    ['cards'],
    options,
  );
}
