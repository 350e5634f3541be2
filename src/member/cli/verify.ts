import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { decodeStatement, readPublicKey, verifySignature } from '../../protocol/index.js';
import { MemberError } from '../member-error.js';
import { assertTrusted } from '../member-trust.js';
import { readSavedMembers } from '../saved-members.js';
import { verifyOffline } from '../verify-statement.js';
import { example, type Run } from './command.js';
import type { Session } from './session.js';
import { facts } from './table.js';

interface VerifyOptions {
  readonly members?: string;
  readonly key?: string;
}

/** `symbolon verify`: checks a saved statement or receipt without asking the hub. */
export function addVerify(program: Command, run: Run): void {
  const verify = program
    .command('verify')
    .argument('<file>', 'file that holds a statement or a receipt, in compact form')
    .description('check a saved statement or receipt without the hub')
    .option('--members <file>', 'member list as "symbolon members --save" wrote it')
    .option('--key <file>', "a public JWK or key set instead, such as the hub's (<hub>/oauth/jwks) for its receipts")
    .action(
      run(async (session, file: string, options: VerifyOptions) => {
        const compact = (await textOf(file, 'statement')).trim();
        const verified =
          options.key === undefined
            ? await byList(session, compact, options.members)
            : await byKey(compact, options.key);
        session.print.result(verified, ({ issuer, typ, event, issuedAt, payloadHash }) =>
          facts([
            ['verifies', 'yes'],
            ['issuer', issuer],
            ['type', typ],
            ['event', event],
            ['made', issuedAt],
            ['hash', payloadHash],
          ]),
        );
      }),
    );
  example(
    verify,
    'symbolon members --purpose monitoring --save members.json',
    'symbolon verify alert.jws --members members.json',
  );
}

interface Verified {
  readonly issuer: string;
  readonly typ: string;
  readonly event: string;
  readonly issuedAt: string;
  readonly payloadHash: string;
}

async function byList(session: Session, compact: string, file: string | undefined): Promise<Verified> {
  if (file === undefined) {
    throw new MemberError(
      'BAD_INPUT',
      'There is nothing to check against.',
      'Name a member list (--members) or a key (--key).',
    );
  }
  const trust = await readSavedMembers(file, session.store, null);
  const { iss } = decodeStatement(compact).claims;
  assertTrusted(trust, typeof iss === 'string' ? iss : '');
  const { statement } = await verifyOffline(compact, trust.keys);
  return describe(statement);
}

async function byKey(compact: string, file: string): Promise<Verified> {
  const statement = decodeStatement(compact);
  await verifySignature(
    statement,
    await readPublicKey(pickKey(parse(await textOf(file, 'key'), 'key'), statement.kid)),
  );
  return describe(statement);
}

/** A bare JWK, or the one of a key set (RFC 7517 §5) that the statement names. */
function pickKey(value: unknown, kid: string): unknown {
  if (typeof value !== 'object' || value === null || !('keys' in value) || !Array.isArray(value.keys)) return value;
  const keys: readonly { readonly kid?: unknown }[] = value.keys;
  return keys.find((key) => key.kid === kid) ?? null;
}

function describe({ claims, typ, payloadHash }: ReturnType<typeof decodeStatement>): Verified {
  const { iss, iat, events } = claims;
  const [event = ''] = typeof events === 'object' && events !== null ? Object.keys(events) : [];
  return {
    issuer: typeof iss === 'string' ? iss : '',
    typ,
    event,
    issuedAt: typeof iat === 'number' ? new Date(iat * 1000).toISOString() : '',
    payloadHash,
  };
}

async function textOf(file: string, what: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw notReadable(what, { cause });
  }
}

function parse(text: string, what: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw notReadable(what, { cause });
  }
}

function notReadable(what: string, options?: ErrorOptions): MemberError {
  return new MemberError(
    'BAD_INPUT',
    `The file (${what}) cannot be read.`,
    'Check its name and content.',
    [what],
    options,
  );
}
