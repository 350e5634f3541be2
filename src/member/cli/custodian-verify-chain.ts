import type { Command } from 'commander';
import { ChainReader, follows, pathsIn, type ChainLine } from '../../custodian/index.js';
import { decodeStatement, readPublicKey, verifySignature } from '../../protocol/index.js';
import { limitedText } from '../limited-body.js';
import { MemberError } from '../member-error.js';
import { parseHubUrl } from '../hub-url.js';
import { reach } from '../reach.js';
import { example, type Run } from './command.js';
import { STATE_OPTION, textOfFile } from './custodian-state.js';
import { facts } from './table.js';

/** More than the lines that a custodian gives at once take. */
const MAX_PAGE_BYTES = 4 * 1024 * 1024;

interface VerifyOptions {
  readonly state: string;
  readonly url?: string;
  readonly key?: string;
  readonly seen?: string;
}

/** What was found. */
interface VerifiedChain {
  readonly lines: number;
  readonly head: string;
  readonly kinds: Readonly<Record<string, number>>;
  readonly signed: boolean;
}

/** `symbolon custodian verify-chain`: checks a custodian's own chain whole, or what another one publishes. */
export function addCustodianVerifyChain(custodian: Command, run: Run): void {
  const verify = custodian
    .command('verify-chain')
    .description('check the chain of what a custodian did: its own file, or what is published at an address')
    .option(...STATE_OPTION)
    .option('--url <url>', 'address of a custodian instead of a folder')
    .option(
      '--key <file>',
      "the custodian's public JWK, from the log or the accord; without it the head's signature is not checked",
    )
    .option('--seen <hash>', 'a head seen before, which the chain has to hold')
    .action(
      run(async (session, { state, url, key, seen }: VerifyOptions) => {
        const hashes = new Set<string>();
        const found = url === undefined ? await ownChain(state, hashes) : await publishedChain(url, key, hashes);
        if (seen !== undefined && !hashes.has(seen)) throw broken('It does not hold the head that was seen before.');
        session.print.result(found, ({ lines, head, kinds, signed }) =>
          facts([
            ['verifies', 'yes'],
            ['lines', lines],
            ['head', head],
            ...Object.entries(kinds).map(([kind, count]) => [kind, count] as const),
            ['head signed', signed ? 'yes' : 'not checked'],
          ]),
        );
      }),
    );
  example(
    verify,
    'symbolon custodian verify-chain --state ./custodian',
    'symbolon custodian verify-chain --url https://hoeder.example --key hoeder.jwk.json',
  );
}

async function ownChain(state: string, hashes: Set<string>): Promise<VerifiedChain> {
  const reader = new ChainReader();
  const kinds: Record<string, number> = {};
  await textOfFile(pathsIn(state).chain, 'state');
  await reader.read(pathsIn(state).chain, ({ kind }, { hash }) => {
    kinds[kind] = (kinds[kind] ?? 0) + 1;
    hashes.add(hash);
  });
  return { lines: reader.head.seq, head: reader.head.hash, kinds, signed: false };
}

async function publishedChain(url: string, key: string | undefined, hashes: Set<string>): Promise<VerifiedChain> {
  const base = parseHubUrl(url).href.replace(/\/+$/, '');
  // The head first: the chain may grow meanwhile, and has to hold it.
  const head = decodeStatement((await textAt(base, '/head')).trim());
  if (key !== undefined) await verifySignature(head, await readPublicKey(JSON.parse(await textOfFile(key, 'key'))));
  const { seq, hash } = head.claims;
  let before = new ChainReader().head;
  const kinds: Record<string, number> = {};
  for (;;) {
    const lines = (await textAt(base, `/chain?after=${before.seq}`)).split('\n').filter((line) => line !== '');
    if (lines.length === 0) break;
    for (const text of lines) {
      const line = asLine(text);
      if (!line || !follows(line, before)) throw broken(`Line ${before.seq + 1} does not follow.`);
      kinds[line.kind] = (kinds[line.kind] ?? 0) + 1;
      hashes.add(line.hash);
      before = line;
    }
  }
  if (typeof seq !== 'number' || (seq > 0 && (typeof hash !== 'string' || !hashes.has(hash))))
    throw broken('It does not hold the head that it signed.');
  return { lines: before.seq, head: before.hash, kinds, signed: key !== undefined };
}

async function textAt(base: string, path: string): Promise<string> {
  const response = await reach(base, () =>
    fetch(`${base}${path}`, { redirect: 'error', signal: AbortSignal.timeout(30_000) }),
  );
  const text = response.ok ? await reach(base, () => limitedText(response, MAX_PAGE_BYTES)) : null;
  if (text === null)
    throw new MemberError('HUB_FAILED', `The custodian failed (HTTP ${response.status}).`, 'Try again later.');
  return text;
}

function asLine(text: string): ChainLine | null {
  try {
    // Parsing: whatever is false in it does not have the hash that it should have.
    return JSON.parse(text) as ChainLine;
  } catch {
    return null;
  }
}

function broken(why: string): MemberError {
  return new MemberError(
    'NOT_VERIFIED',
    `The chain does not verify. ${why}`,
    'Keep what you have as evidence, and tell the members and the other custodians.',
  );
}
