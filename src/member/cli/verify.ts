import { stat } from 'node:fs/promises';
import type { Command } from 'commander';
import { decodeStatement, decodeUpTo, verifySignature, type DecodedStatement } from '../../protocol/index.js';
import { MAX_RECEIPT_LENGTH, readReceipt, RECEIPT_TYPE } from '../../protocol/transparency/index.js';
import { readGivenFile, textOfLimited } from '../files/evidence-file.js';
import { readKeys } from '../hub-keys.js';
import { MemberError } from '../member-error.js';
import { assertTrusted } from '../member-trust.js';
import { readSavedMembers } from '../files/saved-members.js';
import { verifyOffline } from '../verify-statement.js';
import { addAccordOptions, offlineLog, type AccordOptions } from './accord-option.js';
import { example, type Run } from './command.js';
import type { Session } from './session.js';
import { facts } from './table.js';
import { verifyDocument, verifyFolder } from './verify-evidence.js';
import { verifyPublicationFile } from './verify-publication.js';

interface VerifyOptions extends AccordOptions {
  readonly members?: string;
}

/** `symbolon verify`: checks a saved statement or receipt, a bundle of evidence, or evidence against the hub, without asking the hub. */
export function addVerify(program: Command, run: Run): void {
  const verify = program
    .command('verify')
    .argument(
      '<file>',
      'a statement or receipt in compact form, a bundle as file or folder, evidence against a hub, or a publication',
    )
    .argument('[publication]', 'the file, after the word "publication", which lets nothing else pass')
    .description('check a saved statement, receipt or evidence without the hub')
    .option('--members <file>', 'member list as "symbolon members --save" wrote it')
    .action(
      run(async (session, file: string, named: string | undefined, options: VerifyOptions) => {
        if (named !== undefined) return verifyNamed(session, file, named, options);
        if (await isFolder(file)) return verifyFolder(session, file, options);
        const given = await readGivenFile(file, 'statement');
        if (given.kind === 'json') return verifyDocument(session, given.fields, options);
        const verified = await verifyCompact(session, given.compact, options);
        session.print.result(verified, ({ issuer, typ, event, issuedAt, payloadHash, accepted }) =>
          facts([
            ['verifies', 'yes'],
            ['issuer', issuer],
            ['type', typ],
            ['event', event],
            ['for', accepted && `${accepted.statements} of ${accepted.of}, ${accepted.placed} with a place in the log`],
            ['made', issuedAt],
            ['hash', payloadHash],
          ]),
        );
      }),
    );
  example(
    addAccordOptions(verify),
    'symbolon members --purpose monitoring --save members.json',
    'symbolon verify alert.jws --members members.json',
    'symbolon verify receipt.jws',
    'symbolon verify publication picture.json --audience https://hub.example.org --key hub.jwk',
    'symbolon verify evidence --audience https://hub.example.org --accord 0r7oIWn3G1n1fOaO3wDEJbXqJ1hfkG0Ny0bnZ5vEw2E --key hub.jwk',
  );
}

/** Only a publication may be named as what it is. */
async function verifyNamed(session: Session, kind: string, file: string, options: VerifyOptions): Promise<void> {
  if (kind !== 'publication')
    throw new MemberError('BAD_INPUT', 'There are two files.', 'Name one, or write "verify publication FILE".');
  return verifyPublicationFile(session, file, options);
}

interface Verified {
  readonly issuer: string;
  readonly typ: string;
  readonly event: string;
  readonly issuedAt: string;
  readonly payloadHash: string;
  /** What a receipt is for: of how many statements of whom, and how many of these have their place in the log. */
  readonly accepted?: { readonly statements: number; readonly of: string; readonly placed: number };
}

async function verifyCompact(session: Session, compact: string, options: VerifyOptions): Promise<Verified> {
  const statement = decodeUpTo(MAX_RECEIPT_LENGTH, compact);
  if (statement.typ === RECEIPT_TYPE && options.members === undefined)
    return verifyReceipt(session, statement, options);
  return options.key === undefined ? byList(session, compact, options.members) : byKey(compact, options.key);
}

/** A receipt by the hub's key. Whose log it is of, it says itself where only the key is named: the key is trusted for it. */
async function verifyReceipt(session: Session, statement: DecodedStatement, options: VerifyOptions): Promise<Verified> {
  const { iss } = statement.claims;
  const named = options.key !== undefined && typeof iss === 'string' ? { audience: iss, ...options } : options;
  const { issuer, accepted } = await readReceipt(statement.compact, await offlineLog(session, named));
  const placed = accepted.filter(({ place }) => place !== null).length;
  return { ...describe(statement), accepted: { statements: accepted.length, of: issuer, placed } };
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
  const keys = await readKeys(await textOfLimited(file, 'key'));
  await verifySignature(statement, keys.find(({ kid }) => kid === statement.kid) ?? null);
  return describe(statement);
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

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
