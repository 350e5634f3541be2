import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { decodeStatement, EVENTS, Refusal, type Json } from '../../protocol/index.js';
import { signMembership } from '../membership-statements.js';
import { MemberError } from '../member-error.js';
import { findMember } from '../member-list.js';
import { example, type Run } from './command.js';
import type { Session } from './session.js';
import { printStanding, submitMembership } from './submit-membership.js';
import { facts } from './table.js';

interface CountersignOptions {
  readonly join?: string;
  readonly statement?: string;
}

/** `symbolon countersign`: vouches for a pending member. */
export function addCountersign(program: Command, run: Run): void {
  const countersign = program
    .command('countersign')
    .argument('<member>', 'code of the pending member')
    .description('vouch for a pending member with your own member key')
    .option('--join <hash>', 'hash of its join statement, as it gave it to you')
    .option('--statement <file>', 'file that holds its join statement')
    .action(
      run(async (session, member: string, options: CountersignOptions) => {
        const join = options.join ?? (await hashOfJoin(session, member, options.statement));
        const seat = await session.member();
        const { audience } = await session.address();
        const statement = await signMembership('countersign', { member, join }, seat, audience);
        printStanding(session, statement, await submitMembership(session, 'countersign', statement));
      }),
    );
  example(
    countersign,
    'symbolon countersign al-shtegu --as ro-punte/desk-1 --purpose protection',
    'symbolon countersign al-shtegu --as ro-punte --join 0r7oIWn3G1n1fOaO3wDEJbXqJ1hfkG0Ny0bnZ5vEw2E',
  );
}

async function hashOfJoin(session: Session, member: string, file: string | undefined): Promise<string> {
  const statements = file === undefined ? await fromHub(session, member) : [await fromFile(file)];
  for (const statement of statements) {
    const { claims, payloadHash } = decodeStatement(statement);
    const body = joinBody(claims['events']);
    if (body === null || claims['iss'] !== member) continue;
    session.print.note(
      `You vouch for:\n${facts([
        ['code', member],
        ['name', text(body['name'])],
        ['kind', text(body['kind'])],
        ['country', text(body['country'])],
        ['mandate', JSON.stringify(body['mandate'])],
        ['accord', text(body['accord'])],
        ['hash of the statement', payloadHash],
      ])}\n`,
    );
    return payloadHash;
  }
  throw new Refusal(
    'NOT_FOUND',
    'There is no join statement of this member.',
    'Ask it for the statement or its hash.',
    ['member'],
  );
}

async function fromHub(session: Session, member: string): Promise<readonly string[]> {
  return (await findMember(await session.connect(), member))?.statements ?? [];
}

async function fromFile(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (cause) {
    throw new MemberError('BAD_INPUT', 'The statement file cannot be read.', 'Check --statement.', ['statement'], {
      cause,
    });
  }
}

function joinBody(events: Json | undefined): { readonly [key: string]: Json } | null {
  const body = isObject(events) ? events[EVENTS.join] : undefined;
  return isObject(body) ? body : null;
}

function isObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}
