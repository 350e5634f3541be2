import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { MemberClient } from '../../src/member/index.js';
import type { AlertContent } from '../../src/protocol/index.js';
import { asOwner } from '../support/database.js';
import { testHub, type TestHub } from '../support/hub.js';
import { caseContent, certify, connect, foundAccord } from '../support/organisation.js';

interface Listed {
  readonly alerts: {
    readonly edges: readonly {
      readonly cursor: string;
      readonly node: { readonly id: string; readonly verdicts: readonly { readonly verdict: string }[] };
    }[];
    readonly pageInfo: {
      readonly hasNextPage: boolean;
      readonly hasPreviousPage: boolean;
      readonly endCursor: string | null;
    };
  };
}

const LIST = `query ($first: Int, $after: String, $last: Int, $before: String, $filter: AlertFilter, $order: AlertOrder! = NEWEST_FIRST) {
  alerts(first: $first, after: $after, last: $last, before: $before, filter: $filter, order: $order) {
    edges { cursor node { id verdicts(under: ["NL"]) { verdict } } } pageInfo { hasNextPage hasPreviousPage endCursor }
  }
}`;

const NO_MEANS = [
  'threat',
  'force',
  'coercion',
  'abduction',
  'fraud',
  'deception',
  'abuse-of-power',
  'abuse-of-vulnerability',
  'payment-to-controller',
  'blackmail-or-extortion',
];

/** One alert for each thing that a filter may ask for; the key names it. */
const CASES: Readonly<Record<string, Partial<AlertContent>>> = {
  plain: {},
  child: { person: { ageBand: 'person-age-band/9-17', citizenships: ['RO'] } },
  prostitution: { facts: { present: ['act/recruitment', 'purpose/prostitution'] } },
  labour: {
    facts: { present: ['act/transport', 'purpose/forced-labour', 'means/force'] },
    episode: { origin: ['BG'], transit: ['AT'], exploitation: ['DE'], start: '2021-05' },
  },
  excluded: {
    facts: { present: ['act/recruitment', 'purpose/forced-labour'], absent: NO_MEANS.map((means) => `means/${means}`) },
  },
  pattern: { kind: 'pattern', person: undefined, episode: { exploitation: ['BE'] } },
  identified: { identification: { status: 'identification/identified', decidedBy: 'police', under: 'NL' } },
  coded: {
    facts: { present: ['purpose/sexual-exploitation'] },
    nationalCodes: [{ variant: 'INT-PALERMO', version: 1 }],
  },
};

/** As much of the log goes by between two alerts as if many statements of others lay there: a page looks near its beginning first, and then further. */
const LEAVE_A_GAP =
  "SELECT setval(pg_get_serial_sequence('log_entry', 'position'), nextval(pg_get_serial_sequence('log_entry', 'position')) + 900)";

let hub: TestHub;
let reader: MemberClient;
const ids: Record<string, string> = {};

beforeAll(async () => {
  hub = await testHub();
  const { ro, al } = await foundAccord(hub);
  const sender = await connect(hub, await certify(hub, al, 'desk', 'case-worker'), 'protection');
  for (const [name, change] of Object.entries(CASES)) {
    const { person, ...content } = caseContent(change);
    ids[name] = (
      await sender.raise(content.kind === 'pattern' ? content : { ...content, person: person ?? {} })
    ).alertId;
    await asOwner(hub.database.url, LEAVE_A_GAP);
  }
  reader = await connect(hub, await certify(hub, ro, 'desk', 'liaison'), 'protection');
});
afterAll(() => hub.stop());

async function namesWhere(filter: object): Promise<string[]> {
  const { alerts } = await reader.query<Listed>(LIST, { first: 100, filter });
  const names = new Map(Object.entries(ids).map(([name, id]) => [id, name]));
  return alerts.edges.map(({ node }) => names.get(node.id) ?? '?').sort();
}

describe('a list of alerts', () => {
  it.each<[string, object, string[]]>([
    ['kind', { kinds: ['PATTERN'] }, ['pattern']],
    [
      'a concept, narrower ones included',
      { concepts: ['purpose/sexual-exploitation', 'act/recruitment'] },
      ['child', 'identified', 'pattern', 'plain', 'prostitution'],
    ],
    ['a narrower concept, not the broader', { concepts: ['purpose/prostitution'] }, ['prostitution']],
    ['what an age band implies', { concepts: ['age/under-18'] }, ['child']],
    ['a country of origin', { origin: ['BG'] }, ['labour']],
    ['a country of transit', { transit: ['AT', 'CH'] }, ['labour']],
    ['one of several countries of exploitation', { exploitation: ['DE', 'BE'] }, ['labour', 'pattern']],
    ['an age band', { ageBands: ['person-age-band/9-17'] }, ['child']],
    ['an identification status', { identification: ['identification/identified'] }, ['identified']],
    ['a sender', { senders: ['ro-liaison'] }, []],
    ['the start of the episode', { startedBefore: '2022' }, ['labour']],
    [
      'a verdict that is met',
      { verdict: { under: 'BE', anyOf: ['MET'] } },
      ['child', 'coded', 'excluded', 'identified', 'labour', 'pattern', 'plain', 'prostitution'],
    ],
    ['a verdict under one offence', { verdict: { under: 'NL-273f-1-1', anyOf: ['NOT_MET'] } }, ['excluded']],
    ['a verdict left open', { verdict: { under: 'RO', anyOf: ['UNDETERMINED'] } }, ['coded', 'prostitution']],
    [
      'two conditions at once',
      { kinds: ['CASE'], verdict: { under: 'RO', anyOf: ['NOT_MET', 'MET'] } },
      ['child', 'excluded', 'identified', 'labour', 'plain'],
    ],
    ['no verdict at all', { verdict: { under: 'NL', anyOf: [] } }, []],
  ])('is filtered by %s', async (_, filter, expected) => {
    expect(await namesWhere(filter)).toEqual(expected);
  });

  it.each(['NEWEST_FIRST', 'OLDEST_FIRST'])(
    'gives every alert once, page by page, forward and backward, %s',
    async (order) => {
      const whole = (await reader.query<Listed>(LIST, { first: 100, order })).alerts.edges.map(({ node }) => node.id);
      expect(whole).toHaveLength(Object.keys(CASES).length);
      const forward: string[] = [];
      for (let after: string | null = null, more = true; more;) {
        const { alerts }: Listed = await reader.query<Listed>(LIST, { first: 3, after, order });
        forward.push(...alerts.edges.map(({ node }) => node.id));
        after = alerts.pageInfo.endCursor;
        more = alerts.pageInfo.hasNextPage;
      }
      expect(forward).toEqual(whole);
      const backward: string[] = [];
      for (let before: string | null = null, more = true; more;) {
        const { alerts }: Listed = await reader.query<Listed>(LIST, { last: 3, before, order });
        backward.unshift(...alerts.edges.map(({ node }) => node.id));
        before = alerts.edges[0]?.cursor ?? null;
        more = alerts.pageInfo.hasPreviousPage;
      }
      expect(backward).toEqual(whole);
    },
  );

  it('goes on past alerts whose content is gone', async () => {
    const gone = ['labour', 'excluded'].map((name) => ids[name]?.slice('alert:'.length));
    const { url } = hub.database;
    const kept = await asOwner<{ id: string; statement: string }>(
      url,
      'SELECT id, statement FROM alert WHERE id = ANY ($1)',
      [gone],
    );
    await asOwner(url, 'UPDATE alert SET statement = NULL WHERE id = ANY ($1)', [gone]);
    const found: string[] = [];
    for (let after: string | null = null, more = true; more;) {
      const { alerts }: Listed = await reader.query<Listed>(LIST, { first: 1, after, order: 'OLDEST_FIRST' });
      found.push(...alerts.edges.map(({ node }) => node.id));
      after = alerts.pageInfo.endCursor;
      more = alerts.pageInfo.hasNextPage;
    }
    const others = Object.entries(ids).filter(([name]) => !['labour', 'excluded'].includes(name));
    expect(found).toEqual(others.map(([, id]) => id));
    for (const { id, statement } of kept)
      await asOwner(url, 'UPDATE alert SET statement = $2 WHERE id = $1', [id, statement]);
  });

  it('keeps its cursors while alerts arrive, and binds them to the filter', async () => {
    const first = await reader.query<Listed>(LIST, { first: 2, order: 'OLDEST_FIRST' });
    const after = first.alerts.pageInfo.endCursor;
    const again = await reader.query<Listed>(LIST, { first: 2, order: 'OLDEST_FIRST' });
    expect(again.alerts.pageInfo.endCursor).toBe(after);
    await expect(
      reader.query(LIST, { first: 2, after, order: 'OLDEST_FIRST', filter: { kinds: ['CASE'] } }),
    ).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
  });

  it('shows the same verdict that its filter used, and marks what is inferred', async () => {
    const { alert } = await reader.query<{
      alert: {
        oneOf: string[][];
        facts: { concept: string; inferred: boolean }[];
        verdicts: { verdict: string; variants: { trace: { inferred: boolean }[] }[] }[];
      };
    }>(
      'query ($id: ID!) { alert(id: $id) { oneOf facts { concept inferred } verdicts(under: ["INT"]) { verdict variants { trace { inferred } } } } }',
      { id: ids['coded'] },
    );
    expect(alert.verdicts[0]?.verdict).toBe('MET');
    expect(alert.oneOf.length).toBeGreaterThanOrEqual(2);
    expect(alert.verdicts[0]?.variants[0]?.trace.map(({ inferred }) => inferred)).toEqual([true, true, false]);
    expect(alert.facts).toContainEqual({ concept: 'purpose/sexual-exploitation', inferred: false });
    expect(alert.facts).toContainEqual({ concept: 'movement/across-border', inferred: true });
  });
});
