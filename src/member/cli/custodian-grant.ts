import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { MAX_GRANT_SECONDS, signGrant } from '../../protocol/custodian/index.js';
import { bringToEpoch, readGrants } from '../budget-grants.js';
import { MemberError } from '../member-error.js';
import { addAgreementOptions, openAgreement, type AgreementChoices } from './agreement-option.js';
import { example, wholeNumber, type Run } from './command.js';
import { textOfFile } from './custodian-state.js';
import { table } from './table.js';

const DAY_SECONDS = 86_400;

interface GrantOptions extends AgreementChoices {
  readonly alerts: string;
  readonly partial: string;
  readonly days: string;
  readonly epoch?: string;
  readonly out: string;
}

/** `symbolon custodian grant`: vouches for an import of another member, so that two members stand behind each of its requests. */
export function addCustodianGrant(custodian: Command, run: Run): void {
  const grant = custodian
    .command('grant')
    .argument('<member>', 'code of the other member')
    .description('grant another member a budget beyond the daily one, as a liaison officer or administrator of yours')
    .requiredOption('--alerts <n>', 'for how many alerts; custodians take at most 5000 a grant')
    .option('--partial <n>', 'for how many keys of class PARTIAL: names with part of a date, or a place', '0')
    .option('--days <n>', 'for how many days, at most 30', '7')
    .option('--epoch <name>', 'for one epoch (default: each that is open)')
    .option('--out <file>', 'where to write it, for the other member', 'grant.txt');
  addAgreementOptions(grant).action(
    run(async (session, member: string, options: GrantOptions) => {
      const seat = await session.seat();
      if (member === seat.member)
        throw new MemberError('BAD_INPUT', 'A member does not grant itself a budget.', 'Ask another member.', [
          'member',
        ]);
      const { audience } = await session.address();
      const epochs = options.epoch === undefined ? await openEpochs(session, options) : [options.epoch];
      const issuedAt = Math.floor(Date.now() / 1000);
      const days = wholeNumber(options.days, '--days', 1, MAX_GRANT_SECONDS / DAY_SECONDS);
      const budget = {
        alerts: wholeNumber(options.alerts, '--alerts', 1, 1_000_000),
        partial: wholeNumber(options.partial, '--partial', 0, 24_000_000),
        until: issuedAt + days * DAY_SECONDS,
      };
      const from = { member: seat.member, audience, issuedAt };
      const statements = await Promise.all(
        epochs.map((epoch) => signGrant({ member, epoch, ...budget }, from, seat.key)),
      );
      const text = statements.map((statement) => `${statement}\n`).join('');
      const grants = readGrants(text, audience);
      await writeFile(options.out, text);
      session.print.result({ file: options.out, grants }, () =>
        table(
          ['epoch', 'member', 'alerts', 'partial', 'grant'],
          grants.map((one) => [one.epoch, one.member, String(one.alerts), String(one.partial), one.jti]),
        ),
      );
      session.print.note(
        `Next: ${member} runs "symbolon import … --grant ${options.out}", or "symbolon custodian bring-grant ${options.out}" alone.`,
      );
    }),
  );
  example(grant, 'symbolon custodian grant al-shtegu --alerts 2000 --partial 4000 --as ro-punte/desk-1');
}

/** `symbolon custodian bring-grant`: brings a granted budget to the custodians. */
export function addCustodianBringGrant(custodian: Command, run: Run): void {
  const bring = custodian
    .command('bring-grant')
    .argument('<file>', 'what the other member’s "custodian grant" wrote')
    .description('bring a granted budget to the custodians; bringing it again changes nothing');
  addAgreementOptions(bring).action(
    run(async (session, file: string, options: AgreementChoices) => {
      const { audience } = await session.address();
      const grants = readGrants(await textOfFile(file, 'grants'), audience);
      const { epochs } = await openAgreement(session, options);
      const rows: { epoch: string; grant: string; custodian: string; outcome: string }[] = [];
      for (const grant of grants) {
        const epoch = epochs.find(({ description }) => description.epoch === grant.epoch)?.description;
        if (!epoch)
          throw new MemberError('BAD_INPUT', 'A grant is for an epoch that is not open.', 'Have it granted anew.', [
            'grants',
          ]);
        const brought = await bringToEpoch(grant, epoch);
        for (const { code } of epoch.custodians) {
          const answer = brought.find((one) => one.custodian === code);
          const outcome = answer === undefined ? 'away' : (answer.refusal?.code ?? 'took it');
          rows.push({ epoch: grant.epoch, grant: grant.jti, custodian: code, outcome });
        }
      }
      session.print.result(rows, (all) =>
        table(
          ['epoch', 'grant', 'custodian', 'outcome'],
          all.map((one) => [one.epoch, one.grant, one.custodian, one.outcome]),
        ),
      );
    }),
  );
  example(bring, 'symbolon custodian bring-grant grant.txt');
}

async function openEpochs(
  session: Parameters<typeof openAgreement>[0],
  options: GrantOptions,
): Promise<readonly string[]> {
  const { epochs } = await openAgreement(session, options);
  if (epochs.length > 0) return epochs.map(({ description }) => description.epoch);
  throw new MemberError('BAD_INPUT', 'No epoch is open.', 'Name one with --epoch, or ask the custodians for one.', [
    'epoch',
  ]);
}
