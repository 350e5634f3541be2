import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type OfficerSeat, signRaised, signUpdated, signWithdrawn } from '../../src/member/index.js';
import {
  alertIdOf,
  EVENTS,
  type Purpose,
  randomJti,
  sha256Base64url,
  signStatement,
} from '../../src/protocol/index.js';
import { Comparable, type ComparableAnswer } from '../support/comparable.js';
import { type DrawnQuestion, questions } from '../support/drawn-questions.js';
import { asJson, caseContent, seconds } from '../support/organisation.js';
import { type Ask, withToken } from '../support/raw-seat.js';
import { type TwinHubs, twinHubs } from '../support/twin-hubs.js';
import { type AskerKeys, askerKeys, TwinSide } from '../support/twin-side.js';
import { ASKER, drawnTwins, NEWCOMER, type Twins, twinsFor } from '../support/twin-worlds.js';
import * as documents from '../support/whole-documents.js';
import { idAt } from '../support/worlds.js';

const PAIRS = 30;
const STARTED = Date.now();

let hubs: TwinHubs;
let first: TwinSide;
let second: TwinSide;
let keys: AskerKeys;
/** From which seats both worlds are asked, in turn, and for which purpose. */
let seats: readonly (readonly [seat: OfficerSeat, purpose: Purpose])[];

beforeAll(async () => {
  hubs = await twinHubs();
  first = await TwinSide.of(hubs.first, { along: 'forward', from: 1_000_000_000 });
  second = await TwinSide.of(hubs.second, { along: 'backward', from: 2_000_000_000 });
  keys = await askerKeys();
  const { desk, worker, counter, clerk } = keys;
  seats = [
    [desk, 'monitoring'],
    [worker, 'protection'],
    [counter, 'monitoring'],
    [desk, 'prosecution'],
    [clerk, 'prevention'],
  ];
});
afterAll(async () => {
  await Promise.all([first.end(), second.end()]);
  await hubs.stop();
});

/** One question to a hub, or one statement sent to it. */
interface Saying {
  readonly asked: string;
  readonly document: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** Whether it is about something that the asker may not know of, foreign or unknown: then it is answered as all that is asked the same. */
  readonly unseen?: boolean;
}

interface PageInfo {
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly startCursor: string;
  readonly endCursor: string;
}

/** Asks one hub, and keeps each answer as far as it can be compared. */
class Asking {
  readonly answers: ComparableAnswer[] = [];
  private readonly comparable = new Comparable(hubs.first.identity.signingKey, STARTED);
  private readonly onUnseen = new Map<string, ComparableAnswer>();

  constructor(private readonly ask: Ask) {}

  async put({ asked, document, variables = {}, unseen = false }: Saying): Promise<string> {
    const answer = await this.ask(document, variables);
    const comparable = this.comparable.of(asked, answer);
    this.answers.push(comparable);
    if (unseen) expect(comparable).toEqual(this.onUnseen.get(asked) ?? comparable);
    if (unseen) this.onUnseen.set(asked, comparable);
    return answer.text;
  }

  /** Walks a list to its end; who is refused gets no further than the first page. */
  async walk(saying: Saying, size: number, direction: 'forward' | 'backward'): Promise<void> {
    const forward = direction === 'forward';
    let cursor: string | null = null;
    for (let page = 0; page < 50; page++) {
      const place = forward ? { first: size, after: cursor } : { last: size, before: cursor };
      const text = await this.put({ ...saying, variables: { ...saying.variables, ...place } });
      const { data } = JSON.parse(text) as { data?: { it: { pageInfo: PageInfo } } | null }; // parsing: the hub's own answer
      const info = data?.it.pageInfo;
      if (!info || !(forward ? info.hasNextPage : info.hasPreviousPage)) return;
      cursor = forward ? info.endCursor : info.startCursor;
    }
    throw new Error('the list does not end');
  }
}

/** Ids of alerts that are foreign in the first world, foreign in the second, and unknown in both. */
function unseenIds({ hidden }: Twins): string[] {
  return [hidden.first, hidden.second, idAt(999)].flatMap((id) => (id === null ? [] : [`alert:${id}`]));
}

/** Asks for everything that comes in lists or counts. */
async function askForLists(asking: Asking, { filter, order, size }: DrawnQuestion): Promise<void> {
  const { ACCESS_RECORDS, ALERTS, PICTURE } = documents;
  await asking.walk({ asked: 'access records', document: ACCESS_RECORDS }, 3, 'forward');
  await asking.walk({ asked: 'alerts', document: ALERTS, variables: { order } }, 3, 'backward');
  await asking.walk({ asked: 'alerts found', document: ALERTS, variables: { filter, order } }, size, 'forward');
  await asking.put({ asked: 'the picture', document: PICTURE, variables: { by: ['YEAR'], scope: 'SHARED' } });
  await asking.put({
    asked: 'its own picture',
    document: PICTURE,
    variables: { by: ['YEAR', 'PURPOSE'], scope: 'OWN' },
  });
}

/** Asks for everything that there is one of, for what there is not, and for what may not be asked. */
async function askForEach(asking: Asking, twins: Twins): Promise<void> {
  const { ACCESS_RECORDS, ALERTS } = documents;
  await asking.put({ asked: 'who is asking', document: documents.WHOAMI });
  await asking.put({ asked: 'members', document: documents.MEMBERS, variables: { last: 4 } });
  const shown = twins.shown.slice(0, 2).map(({ id }) => `alert:${id}`);
  for (const id of [...shown, ...unseenIds(twins)]) {
    const about = { variables: { id, alertId: id, first: 1 }, unseen: !shown.includes(id) };
    await asking.put({ asked: 'an alert', document: documents.ALERT_BY_ID, ...about });
    await asking.put({ asked: 'a node', document: documents.NODE_BY_ID, ...about });
    await asking.put({ asked: 'access records of an alert', document: ACCESS_RECORDS, ...about });
  }
  await asking.walk({ asked: 'access records', document: ACCESS_RECORDS }, 5, 'backward');
  await asking.put({ asked: 'no such cursor', document: ALERTS, variables: { first: 1, after: 'A'.repeat(43) } });
  await asking.put({ asked: 'no such page', document: ACCESS_RECORDS });
  const noLaw = { verdict: { under: 'XX', anyOf: ['MET'] } };
  await asking.put({ asked: 'no such law', document: ALERTS, variables: { first: 1, filter: noLaw } });
}

/** What the asker says of alerts, signed once for both hubs: its own doings, and attempts on what it may not know of. */
async function alertSayings(
  twins: Twins,
  seat: OfficerSeat,
  purpose: Purpose,
  jtis: readonly string[],
): Promise<Saying[]> {
  const signing = { seat, audience: first.hub.identity.audience };
  const [one = '', two = ''] = jtis;
  const content = caseContent({ handling: { purposes: [purpose], audience: { everyone: true }, code: 'H1' } });
  const updated = { ...content, identification: { status: 'identification/presumed' } };
  const raised = await signRaised(content, { ...signing, jti: one });
  const batch = [
    await signRaised(content, { ...signing, jti: two }),
    raised,
    await signRaised({ ...content, expires: '2020-01-01' }, signing),
    'no statement',
  ];
  const events = { [EVENTS.alertRaised]: content };
  const claims = asJson({ iss: 'bb-two', aud: signing.audience, iat: seconds(), jti: one, events });

  type Name = Parameters<typeof documents.alertMutation>[0];
  const send = (name: Name, statement: string, unseen = false): Saying => ({
    ...{ asked: name, document: documents.alertMutation(name), variables: { statement }, unseen },
  });
  const preview = (statement: string): Saying => ({
    ...{ asked: 'previewAudience', document: documents.PREVIEW, variables: { statement } },
  });
  const sayings = [
    send('raiseAlert', raised),
    send('raiseAlert', raised),
    send('raiseAlert', await signRaised(updated, { ...signing, jti: one })),
    { asked: 'raiseAlerts', document: documents.RAISE_ALL, variables: { statements: batch } },
    preview(raised),
    preview(JSON.stringify(claims)),
    send('updateAlert', await signUpdated(alertIdOf(ASKER, one), updated, signing)),
    send('withdrawAlert', await signWithdrawn(alertIdOf(ASKER, two), 'superseded', signing)),
    send('updateAlert', await signUpdated(alertIdOf(ASKER, two), updated, signing)),
  ];
  for (const id of unseenIds(twins)) {
    sayings.push(send('updateAlert', await signUpdated(id, updated, signing), true));
    sayings.push(send('withdrawAlert', await signWithdrawn(id, 'superseded', signing), true));
  }
  return sayings;
}

/** What the asker says of members: it vouches for the newcomer by the hash of another's statement, of nobody's, and of the newcomer's own. */
async function memberSayings(): Promise<Saying[]> {
  const { audience } = first.hub.identity;
  const vouch = async (member: string, join: string, unseen: boolean): Promise<Saying> => {
    const body = { member, join: sha256Base64url(join) };
    const saying = { issuer: ASKER, audience, event: EVENTS.countersign, body, issuedAt: seconds() };
    const statement = await signStatement(saying, keys.member);
    return { asked: 'countersign', document: documents.COUNTERSIGN, variables: { statement }, unseen };
  };
  return [
    await vouch(NEWCOMER, 'bb-two', true),
    await vouch(NEWCOMER, 'nobody', true),
    await vouch('zz-nobody', NEWCOMER, false),
    await vouch(NEWCOMER, NEWCOMER, false),
  ];
}

describe('what a member may not see', () => {
  it('changes not one byte of any answer to it, whatever it asks or says, from whichever seat', async () => {
    let [turn, compared, shown, hidden, accepted] = [0, 0, 0, 0, 0];
    /** How often each question was answered with something. */
    const gave = new Map<string, number>();
    const property = fc.asyncProperty(drawnTwins, questions, async (drawn, [question]) => {
      const [seat, purpose] = seats[turn++ % seats.length] ?? [keys.desk, 'monitoring'];
      if (!question) throw new Error('no question was drawn');
      const twins = twinsFor(drawn, purpose);
      const jtis = [randomJti(), randomJti()];
      await first.sow(twins.first, keys, jtis);
      await second.sow(twins.second, keys, []);
      const sayings = [...(await alertSayings(twins, seat, purpose, jtis)), ...(await memberSayings())];
      const answersOf = async ({ hub }: TwinSide): Promise<readonly ComparableAnswer[]> => {
        hubs.reach(hub);
        const asking = new Asking(await withToken(hub, seat, purpose));
        await askForLists(asking, question);
        await askForEach(asking, twins);
        for (const saying of sayings) await asking.put(saying);
        await askForLists(asking, question);
        return asking.answers;
      };
      const [one, other] = [await answersOf(first), await answersOf(second)];
      for (const [place, answer] of one.entries()) expect(other[place]).toEqual(answer);
      expect(other).toHaveLength(one.length);
      compared += one.length;
      shown += twins.shown.length;
      hidden += twins.first.alerts.length + twins.second.alerts.length - 2 * twins.shown.length;
      accepted += one.filter(({ text }) => text.includes('Accepted"')).length;
      for (const { asked, status, text } of one) {
        expect(text).not.toMatch(/UNAUTHENTICATED|INTERNAL|GRAPHQL_/);
        const given = status === 200 && text.includes('"it":{"') && !text.includes('"edges":[]');
        gave.set(asked, (gave.get(asked) ?? 0) + Number(given));
      }
    });
    await fc.assert(property, { numRuns: PAIRS, seed: 20261123, endOnFailure: true });
    process.stdout.write(
      `non-interference: ${turn} pairs of worlds, ${shown} alerts shown in both, ${hidden} hidden in one or the other, ${compared} answers compared, ${accepted} of them acceptances\n`,
    );
    expect(shown).toBeGreaterThan(4 * PAIRS);
    expect(hidden).toBeGreaterThan(10 * PAIRS);
    expect(accepted).toBeGreaterThan(3 * PAIRS);
    // What is always refused or always empty compares nothing.
    const nothing = [...gave].flatMap(([asked, times]) => (times === 0 ? [asked] : []));
    expect(nothing.sort()).toEqual(['no such cursor', 'no such law', 'no such page']);
  }, 900_000);
});
