import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { run } from '../../../src/member/cli/run.js';
import { KeyStore } from '../../../src/member/files/index.js';
import { MAX_MESSAGE_CHARACTERS } from '../../../src/protocol/comparison/index.js';
import { freshKey, LinkStage, type Desk } from '../../links/link-stage.js';
import { testHub, type TestHub } from '../../support/hub.js';

const QUESTION = 'Had she a scar, Zorvekplim?';
const ANSWER = 'Yes, on the left hand, Quastelburn.';

let hub: TestHub;
let stage: LinkStage;
let first: Desk;
let second: Desk;
let onlooker: Desk;
let homes: string;
let link: string;
let alerts: readonly [string, string];

beforeAll(async () => {
  hub = await testHub();
  stage = await LinkStage.on(hub);
  first = await stage.desk('BE', 'first', 'ngo');
  second = await stage.desk('BG', 'second', 'ngo');
  onlooker = await stage.desk('MK', 'onlooker', 'ngo');
});
afterAll(() => hub.stop());
beforeEach(async () => {
  homes = mkdtempSync(join(tmpdir(), 'symbolon-links-'));
  for (const desk of [first, second, onlooker]) {
    const store = KeyStore.open(join(homes, desk.member));
    await store.saveHub({ hub: hub.url, audience: hub.identity.audience });
    await store.saveOfficerKey(desk.seat);
  }
  const handling = { purposes: ['protection' as const], audience: { everyone: true as const }, code: 'H0' as const };
  alerts = [await stage.raise(first, { handling }), await stage.raise(second, { handling })];
  link = await stage.suggest([
    [first, alerts[0]],
    [second, alerts[1]],
  ]);
});
afterEach(() => {
  rmSync(homes, { recursive: true, force: true });
});

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function as(desk: Desk, ...argv: string[]): Promise<Ran> {
  return piping('', desk, ...argv);
}

async function piping(text: string, desk: Desk, ...argv: string[]): Promise<Ran> {
  let out = '';
  let err = '';
  async function* input(): AsyncIterable<Uint8Array> {
    await Promise.resolve();
    yield Buffer.from(text);
  }
  const code = await run(['links', ...argv, '--purpose', 'protection'], {
    output: { out: (said) => void (out += said), err: (said) => void (err += said), terminal: false },
    environment: { SYMBOLON_HOME: join(homes, desk.member) },
    interactive: false,
    input: input(),
  });
  return { code, out, err };
}

/** Everything that the two holders keep, and the hub. */
async function keptTexts(): Promise<string> {
  const files = readdirSync(homes, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const texts = files.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
  const rows = await stage.sql<{ statement: string }>('SELECT statement FROM link_statement');
  const payloads = rows.map(({ statement }) => Buffer.from(statement.split('.')[1] ?? '', 'base64url').toString());
  return [...texts, ...payloads].join('\n');
}

describe('two holders of a suggestion', () => {
  it('see it, open it, ask and answer under seal, confirm, and see a flag that verifies', async () => {
    const list = await as(first, 'list', '--state', 'suggested');
    expect(list.code).toBe(0);
    expect(list.out).toContain(link);
    expect(list.out).not.toContain(second.member);

    const waiting = await as(first, 'compare', link);
    expect([waiting.code, waiting.out]).toEqual([0, expect.stringContaining('decoy')]);
    expect((await as(first, 'compare', link, '--ask', 'Too early?')).code).toBe(15);
    expect((await as(second, 'compare', link)).out).toContain(first.member);

    expect((await piping(`${QUESTION}\n`, first, 'compare', link, '--ask-file', '-')).out).toContain(
      'sealed to the other side',
    );
    const heard = await as(second, 'compare', link, '--answer', ANSWER);
    expect(heard.code).toBe(0);
    expect(heard.out).toMatch(new RegExp(`${first.member}  question\n  ${QUESTION.replace('?', '\\?')}`));
    expect((await as(first, 'compare', link)).out).toContain(ANSWER);
    expect(await keptTexts()).not.toMatch(/Zorvekplim|Quastelburn/);

    const early = await as(
      first,
      ...['confirm', link, '--began', '2023-01', '--exit', 'exited', '--exited', '2023-06', '--exploiters', 'other'],
    );
    expect([early.code, early.out]).toEqual([0, expect.stringContaining('comparing')]);
    const late = await as(second, 'confirm', link, '--began', '2024-03', '--exit', 'unknown', '--exploiters', 'other');
    expect(late.code).toBe(0);
    for (const text of ['confirmed by both', 're-trafficking', 'derived anew', 'by the hub’s key'])
      expect(late.out).toContain(text);
    const shown = JSON.parse((await as(first, 'show', link, '--json')).out) as object;
    expect(shown).toMatchObject({
      state: 'CONFIRMED',
      classification: { recurrence: 'RETRAFFICKING', earlierAlertId: alerts[0] },
      ...{ recomputed: 'follows', flagVerified: true },
    });

    const parted = await as(first, 'withdraw', link, '--reason', 'error');
    expect([parted.code, parted.out]).toEqual([0, expect.stringContaining('withdrawn')]);
  });

  it('are told what would decide when what they stated does not', async () => {
    await as(first, 'compare', link);
    await as(second, 'compare', link);
    await as(first, 'confirm', link, '--exit', 'unknown');
    const { code, out } = await as(second, 'confirm', link, '--exit', 'unknown');
    expect([code, out]).toEqual([0, expect.stringContaining('when each episode began, more precisely')]);
  });

  it('find a classification that does not follow from what they signed', async () => {
    await as(first, 'compare', link);
    await as(second, 'compare', link);
    await as(first, 'confirm', link, '--began', '2023', '--exit', 'not-exited', '--exploiters', 'same');
    await as(second, 'confirm', link, '--began', '2024', '--exit', 'unknown');
    expect((await as(first, 'show', link)).out).toContain('there was no exit between');
    await stage.sql(`UPDATE link SET recurrence = 'onward-sale' WHERE id = $1`, [link.slice('link:'.length)]);
    const { code, out } = await as(first, 'show', link);
    expect([code, out]).toEqual([7, expect.stringContaining('does not follow')]);
  });

  it('reject', async () => {
    await as(first, 'compare', link);
    await as(second, 'compare', link);
    await as(first, 'reject', link, '--reason', 'another-person');
    const { code, out } = await as(second, 'reject', link, '--reason', 'cannot-tell');
    expect([code, out]).toEqual([0, expect.stringContaining('rejected')]);
    expect((await as(second, 'confirm', link, '--exit', 'unknown')).code).toBe(15);
  });

  it.each(['of another link', 'by somebody else'])(
    'seal nothing to an opening %s that the hub puts in its place',
    async (which) => {
      await as(first, 'compare', link);
      await as(second, 'compare', link);
      const other = `link:${crypto.randomUUID()}`;
      const swapped =
        which === 'of another link'
          ? await stage.sign(second, 'comparisonOpened', { link: other, key: await freshKey() })
          : await stage.sign(onlooker, 'comparisonOpened', { link, key: await freshKey() });
      const [uuid] = [link.slice('link:'.length)];
      await stage.sql('UPDATE link_side SET opening = $2 WHERE link_id = $1 AND member = $3', [
        uuid,
        swapped,
        second.member,
      ]);
      const { code, err } = await as(first, 'compare', link, '--ask', QUESTION);
      expect([code, err]).toEqual([7, expect.stringContaining('NOT_VERIFIED')]);
      expect(err).not.toContain('Zorvekplim');
      const sent = await stage.sql<{ event: string }>('SELECT event FROM link_statement WHERE link_id = $1', [uuid]);
      expect(sent).toHaveLength(2);
    },
  );

  it('say no more than fits, and nothing of it in the refusal', async () => {
    await as(first, 'compare', link);
    await as(second, 'compare', link);
    const { code, err } = await as(first, 'compare', link, '--ask', `Zorvekplim${'x'.repeat(MAX_MESSAGE_CHARACTERS)}`);
    expect([code, err]).toEqual([2, expect.stringContaining('4000 characters')]);
    expect(err).not.toContain('Zorvekplim');
  });

  it('need the place from which the comparison was opened', async () => {
    await as(first, 'compare', link);
    await as(second, 'compare', link);
    await as(second, 'compare', link, '--ask', QUESTION);
    rmSync(join(homes, first.member, first.member, 'comparisons'), { recursive: true });
    expect((await as(first, 'compare', link)).code).toBe(4);
  });

  it('are nobody else', async () => {
    expect((await as(onlooker, 'show', link)).code).toBe(15);
    expect((await as(onlooker, 'compare', link)).code).toBe(15);
  });
});
