import { writeFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type { Command } from 'commander';
import { encodeBase64url } from '../../protocol/index.js';
import { LogFault, signCosignature, type TreeHead } from '../../protocol/transparency/index.js';
import { readHeadsFile } from '../files/evidence-file.js';
import type { MemberSeat } from '../seats.js';
import type { LogWitness, Look } from '../log-witness.js';
import { isTransient } from '../member-error.js';
import { example, wholeNumber, type Run } from './command.js';
import { reportFailure } from './failure.js';
import { entries, HUB_KEY_OPTION, instantOf, openWitness, type HubKeyOptions } from './log-session.js';
import type { Session } from './session.js';
import { facts } from './table.js';

/** From when on it is said that the hub signs nothing any more, seconds (T12). */
const STALE_SECONDS = 24 * 3600;

interface WitnessOptions extends HubKeyOptions {
  readonly watch?: string;
  readonly cosign?: boolean;
  readonly save?: string;
  readonly against?: readonly string[];
}

/** One look at the log, as it is printed and saved for other members. */
interface Witnessed {
  readonly audience: string;
  readonly size: number;
  readonly root: string;
  readonly signedAt: string;
  /** How many entries the head had that was trusted before; null at the first sight. */
  readonly continues: number | null;
  /** The signed head, for other members to compare with theirs. */
  readonly head: string;
  /** This member's signature under it (T14). */
  readonly cosignature: string | null;
  readonly compared: readonly { readonly file: string; readonly size: number; readonly signedAt: string }[];
}

/** `symbolon witness`: holds the hub to its log, and compares with what other members saw. */
export function addWitness(program: Command, run: Run): void {
  const witness = program
    .command('witness')
    .description('check that the hub’s log only grew since you last looked, and keep its head')
    .option('--watch <seconds>', 'look again and again, until the log does not hold')
    .option('--cosign', 'sign the head with the member’s own key, after it was kept')
    .option('--save <file>', 'write the head, and your signature under it, for other members')
    .option('--against <files...>', 'compare with heads that other members saw, as they saved or sent them')
    .option(...HUB_KEY_OPTION)
    .action(
      run(async (session, options: WitnessOptions) => {
        const log = await openWitness(session, options);
        const seat = options.cosign ? await session.member() : null;
        const every = options.watch === undefined ? null : wholeNumber(options.watch, '--watch', 1, 86_400);
        if (every !== null) return watch(session, () => lookOnce(log, seat, options), every);
        const look = await lookOnce(log, seat, options);
        session.print.result(look.witnessed, (one) => lookText(one, look));
        noteStale(session, look.head);
        return 0;
      }),
    );
  example(
    witness,
    'symbolon witness',
    'symbolon witness --cosign --save our-head.json --as nl-baken',
    'symbolon witness --against head-of-al-shtegu.json head-of-ro-punte.json',
    'symbolon witness --watch 300',
  );
}

type Seen = Look & { readonly witnessed: Witnessed };

async function lookOnce(
  log: LogWitness,
  seat: MemberSeat | null,
  { against = [], save }: WitnessOptions,
): Promise<Seen> {
  const look = await log.look();
  const compared: Witnessed['compared'][number][] = [];
  for (const file of against) {
    for (const head of await readHeadsFile(file)) {
      const { size, issuedAt } = await comparedIn(file, () => log.compare(head));
      compared.push({ file, size, signedAt: instantOf(issuedAt) });
    }
  }
  const { head, before } = look;
  const cosignature = seat && (await cosign(head, seat));
  const { audience, size, compact } = head;
  const witnessed: Witnessed = {
    ...{ audience, size, root: encodeBase64url(head.root), signedAt: instantOf(head.issuedAt) },
    ...{ continues: before?.size ?? null, head: compact, cosignature, compared },
  };
  if (save !== undefined) await writeHead(save, witnessed);
  return { ...look, witnessed };
}

/** A head that the hub did not sign accuses who sent the file, not the hub. */
async function comparedIn(file: string, compare: () => Promise<TreeHead>): Promise<TreeHead> {
  try {
    return await compare();
  } catch (error) {
    if (!(error instanceof LogFault) || error.evidence) throw error;
    const { code, message, remedy, path, cause } = error;
    throw new LogFault(code, message, remedy, [file, ...path], { cause });
  }
}

function cosign(head: TreeHead, { member, key }: MemberSeat): Promise<string> {
  return signCosignature(head, { witness: member, issuedAt: Math.floor(Date.now() / 1000) }, key);
}

function writeHead(file: string, { audience, head, cosignature }: Witnessed): Promise<void> {
  return writeFile(file, `${JSON.stringify({ audience, head, cosignature }, null, 2)}\n`);
}

/** Looks until the log does not hold: a hub that is away is waited for. */
async function watch(session: Session, look: () => Promise<Seen>, seconds: number): Promise<never> {
  const { output } = session.surroundings;
  let shown = '';
  for (;;) {
    try {
      const { witnessed, head } = await look();
      if (witnessed.head !== shown) output.out(session.print.json ? `${JSON.stringify(witnessed)}\n` : line(witnessed));
      shown = witnessed.head;
      noteStale(session, head);
    } catch (error) {
      const passes = error instanceof LogFault && ['OUTDATED', 'MISDATED'].includes(error.code);
      if (!passes && !isTransient(error)) throw error;
      reportFailure(error, output, session.print.json);
    }
    await pause(seconds * 1000);
  }
}

function line({ signedAt, size, continues }: Witnessed): string {
  return `${signedAt}  ${entries(size)}, ${continues === null ? 'seen for the first time' : `continues ${continues}`}\n`;
}

function lookText({ audience, size, root, signedAt, cosignature, compared }: Witnessed, { before }: Look): string {
  const earlier = before && `the log of ${entries(before.size)} signed ${instantOf(before.issuedAt)}`;
  return facts([
    ['log', audience],
    ['entries', size],
    ['root', root],
    ['signed', signedAt],
    ['continues', earlier ?? 'nothing: seen for the first time, taken as it comes; compare it with other members'],
    ...compared.map((one) => ['one history with', `${one.file} (${entries(one.size)}, ${one.signedAt})`] as const),
    ['cosigned', cosignature && 'yes'],
  ]);
}

function noteStale(session: Session, { issuedAt }: TreeHead): void {
  const age = Date.now() / 1000 - issuedAt;
  if (age > STALE_SECONDS)
    session.print.note(
      `The hub’s latest head is ${Math.floor(age / 3600)} hours old. Ask other members whether they see a later one.`,
    );
}
