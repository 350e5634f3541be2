import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';
import { CeremonyBoard, CeremonyDesk, type CeremonyProgress, type OpenFolder } from '../../custodian/index.js';
import { belongsTo, partiesOf, type CeremonyPlan } from '../../protocol/custodian/index.js';
import { limitedText } from '../limited-body.js';
import { MemberError } from '../member-error.js';
import { list, wholeNumber } from './command.js';
import type { Session } from './session.js';
import { facts } from './table.js';

/** How a custodian takes part in a ceremony or a refresh. */
export interface TakePartOptions {
  readonly board?: string;
  readonly wait: string;
  readonly giveUp?: readonly string[];
}

export const BOARD_OPTION = [
  '--board <dir>',
  'folder that all custodians share; without it each reads the others where they serve',
] as const;
export const WAIT_OPTION = [
  '--wait <seconds>',
  'how long to wait for the others; run it again to go on',
  '600',
] as const;
export const giveUpOption = () =>
  list('--give-up <codes>', 'accused custodians that did not answer in the time agreed');

/** How long to wait before looking for new messages again, milliseconds. */
const LOOK_AGAIN_MS = 500;
const MAX_BOARD_BYTES = 8 * 1024 * 1024;

/** Takes part until the end, or until the time is over, and prints how far it came. */
export async function takePart(
  session: Session,
  folder: OpenFolder,
  plan: CeremonyPlan,
  options: TakePartOptions,
): Promise<void> {
  const board = new CeremonyBoard(join(options.board ?? folder.paths.board, plan.id));
  const desk = new CeremonyDesk(folder, plan, board);
  const until = Date.now() + wholeNumber(options.wait, '--wait', 0, 30 * 86_400) * 1000;
  session.print.note(`Ceremony ${plan.id}`);
  let before = '';
  for (;;) {
    if (options.board === undefined) await readOthers(folder, plan, board);
    const progress = await desk.step(Math.floor(Date.now() / 1000), options.giveUp ?? []);
    const line = describe(progress);
    if (line !== before) session.print.note(line);
    before = line;
    if (progress.kind === 'done') {
      printDone(session, progress);
      return;
    }
    if (progress.kind === 'said') continue;
    if (Date.now() >= until) throw stillOpen(progress.missing);
    await sleep(LOOK_AGAIN_MS);
  }
}

/** Copies what the other custodians said, from where they serve. One that is away has said nothing yet. */
async function readOthers(folder: OpenFolder, plan: CeremonyPlan, board: CeremonyBoard): Promise<void> {
  const others = partiesOf(plan).custodians.filter(({ code }) => code !== folder.identity.card.code);
  const known = new Set(await board.read());
  await Promise.all(
    others.map(async ({ url }) => {
      for (const message of await messagesAt(`${url}/board/${plan.id}`))
        if (!known.has(message) && (await belongsTo(message, plan))) await board.add(message);
    }),
  );
}

async function messagesAt(url: string): Promise<readonly string[]> {
  try {
    const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(10_000) });
    const text = await limitedText(response, MAX_BOARD_BYTES);
    if (!response.ok || text === null) return [];
    const value: unknown = JSON.parse(text);
    const messages = typeof value === 'object' && value !== null && 'messages' in value ? value.messages : [];
    return Array.isArray(messages) ? messages.filter((one) => typeof one === 'string') : [];
  } catch {
    return [];
  }
}

function describe(progress: CeremonyProgress): string {
  switch (progress.kind) {
    case 'said':
      return `said: ${progress.round}`;
    case 'waiting':
      return `waiting in round ${progress.round} for ${progress.missing.join(', ')}`;
    case 'done':
      return 'done';
  }
}

function printDone(
  session: Session,
  { epoch, generation, faults }: CeremonyProgress & { readonly kind: 'done' },
): void {
  session.print.result({ epoch, generation, faults }, () =>
    facts([
      ['epoch', epoch],
      ['generation', generation],
      ...faults.map(({ custodian, kind }) => ['shut out', `${custodian}: ${kind}`] as const),
    ]),
  );
}

function stillOpen(missing: readonly string[]): MemberError {
  return new MemberError(
    'HUB_UNREACHABLE',
    `Custodians have said nothing yet: ${missing.join(', ')}.`,
    'Ask them to take part, and run the command again: it goes on where it stopped.',
    ['custodians'],
  );
}
