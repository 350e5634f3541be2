import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  drawPolynomials,
  nextStep,
  readEpoch,
  readGenerationPlan,
  readMessage,
  refreshPlan,
  sealShares,
  signEpoch,
  signWords,
  Transcript,
  type CeremonyOutcome,
  type CeremonyWords,
  type GenerationPlan,
  type NextStep,
} from '../../../src/protocol/custodian/index.js';
import { decodeStatement, signPayload } from '../../../src/protocol/index.js';
import {
  combineEvaluations,
  evaluateBlinded,
  hashToGroup,
  IDENTITY,
  KEY_CLASSES,
  loadSodiumRistretto,
  nobleRistretto,
  randomPolynomial,
  valueAt,
  type KeyClass,
  type Ristretto,
} from '../../../src/protocol/oprf/index.js';
import {
  knownOf,
  makeCustodians,
  makePlan,
  NOW,
  planText,
  runCeremony,
  seatOf,
  sharesOf,
  signTogether,
  type Tamper,
  type TestCustodian,
} from './custodians.js';

let group: Ristretto;
let custodians: TestCustodian[];
let plan: GenerationPlan;
beforeAll(async () => {
  group = await loadSodiumRistretto();
  custodians = await makeCustodians(3);
  plan = await makePlan(custodians, 2);
});

const one = (code: string): TestCustodian => {
  const found = custodians.find((custodian) => custodian.code === code);
  if (!found) throw new Error(`no ${code}`);
  return found;
};

/** What the shares of some custodians make of an input, as hexadecimal text. */
function evaluateBy(
  outcomes: ReadonlyMap<string, CeremonyOutcome>,
  codes: readonly string[],
  keyClass: KeyClass,
): string {
  const element = hashToGroup(group, new TextEncoder().encode('somebody'));
  const parts = codes.map((code) => ({
    index: one(code).index,
    evaluated: evaluateBlinded(group, outcomes.get(code)?.shares[keyClass] ?? IDENTITY, [element]),
  }));
  return Buffer.from(combineEvaluations(group, parts)[0] ?? IDENTITY).toString('hex');
}

/** Replaces what a custodian says in one round. */
function saying(
  from: string,
  round: string,
  change: (words: CeremonyWords) => Promise<CeremonyWords> | CeremonyWords,
): Tamper {
  return async (sender, message) => {
    const read = await readMessage(message, plan);
    if (sender !== from || read.round !== round) return message;
    const envelope = { from, ceremony: read.ceremony, seen: read.seen, issuedAt: NOW };
    return signWords(await change(read), envelope, one(from).key);
  };
}

/** Leaves out the shares for one custodian. */
function forgetting(code: string): (words: CeremonyWords) => CeremonyWords {
  return (words) => {
    if (words.round !== 'deal') throw new Error('another round');
    return { ...words, sealed: Object.fromEntries(Object.entries(words.sealed).filter(([to]) => to !== code)) };
  };
}

/** All that was said in a ceremony, with what `xa-one` drew for it. */
async function heardIn(tamper: Tamper) {
  const drawn = new Map(custodians.map(({ code }) => [code, drawPolynomials(group, plan)]));
  const board: string[] = [];
  const hearing: Tamper = async (from, message) => {
    const said = await tamper(from, message);
    if (said !== null) board.push(said);
    return said;
  };
  const outcomes = await runCeremony(group, plan, custodians, { tamper: hearing, polynomials: drawn });
  const polynomials = drawn.get('xa-one');
  if (!polynomials) throw new Error('no polynomials');
  return { board, polynomials, outcomes };
}

describe('a ceremony', () => {
  it('makes one key of each class that any two custodians evaluate under and none holds', async () => {
    const outcomes = await runCeremony(group, plan, custodians);
    const { description } = await signTogether(group, outcomes, custodians);
    expect(description.custodians.map(({ code }) => code)).toEqual(['xa-one', 'xb-two', 'xc-three']);
    for (const keyClass of KEY_CLASSES) {
      const expected = evaluateBy(outcomes, ['xa-one', 'xb-two'], keyClass);
      expect(evaluateBy(outcomes, ['xb-two', 'xc-three'], keyClass)).toBe(expected);
      expect(evaluateBy(outcomes, ['xc-three', 'xa-one'], keyClass)).toBe(expected);
      description.custodians.forEach(({ code }, at) => {
        const share = outcomes.get(code)?.shares[keyClass] ?? IDENTITY;
        expect(group.multiplyGenerator(share)).toEqual(description.keys[keyClass].commitments[at]);
      });
    }
    const publicKeys = KEY_CLASSES.map((keyClass) => Buffer.from(description.keys[keyClass].publicKey).toString('hex'));
    expect(new Set(publicKeys).size).toBe(3);
  });

  it('is the same by either library', async () => {
    const polynomials = new Map(custodians.map(({ code }) => [code, drawPolynomials(group, plan)]));
    const keys = async (by: Ristretto): Promise<unknown> =>
      (await runCeremony(by, plan, custodians, { polynomials })).get('xa-one')?.description.keys;
    expect(await keys(nobleRistretto)).toEqual(await keys(group));
  });

  it('makes other keys each time', async () => {
    const [first, second] = [await runCeremony(group, plan, custodians), await runCeremony(group, plan, custodians)];
    expect(evaluateBy(first, ['xa-one', 'xb-two'], 'FULL')).not.toBe(evaluateBy(second, ['xa-one', 'xb-two'], 'FULL'));
  });

  it('waits for whoever has said nothing, and says who', async () => {
    const polynomials = drawPolynomials(group, plan);
    const seat = seatOf(one('xa-one'));
    const first = await nextStep(group, plan, seat, polynomials, [], { issuedAt: NOW });
    if (first.kind !== 'say') throw new Error('it has something to say');
    expect(await nextStep(group, plan, seat, polynomials, [first.message], { issuedAt: NOW })).toEqual({
      kind: 'wait',
      round: 'commit',
      missing: ['xb-two', 'xc-three'],
    });
  });
});

describe('a dealer that cheats', () => {
  const settled = async (tamper: Tamper, givenUp?: readonly string[]): Promise<Map<string, CeremonyOutcome>> =>
    runCeremony(group, plan, custodians, { tamper, ...(givenUp ? { givenUp } : {}) });

  it('is shut out when it shows other commitments than it hashed', async () => {
    const outcomes = await settled(
      saying('xb-two', 'deal', (words) => {
        if (words.round !== 'deal') throw new Error('another round');
        const other = randomPolynomial(group, 2).map((coefficient) => group.multiplyGenerator(coefficient));
        return { ...words, commitments: { ...words.commitments, FULL: other } };
      }),
    );
    for (const { faults, description } of outcomes.values()) {
      expect(faults).toEqual([{ custodian: 'xb-two', kind: 'commitments-changed' }]);
      expect(description.custodians.map(({ code }) => code)).toEqual(['xa-one', 'xc-three']);
    }
    await expect(signTogether(group, outcomes, custodians)).resolves.toBeDefined();
  });

  it('is shut out when it deals a wrong share and cannot clear itself', async () => {
    const wrong = saying('xb-two', 'deal', async (words) => {
      if (words.round !== 'deal') throw new Error('another round');
      const shares = { DOC: group.randomScalar(), FULL: group.randomScalar(), PARTIAL: group.randomScalar() };
      const address = { ceremony: plan.id, from: 'xb-two', to: 'xc-three' };
      return {
        ...words,
        sealed: { ...words.sealed, 'xc-three': await sealShares(shares, address, one('xc-three').sealingKey) },
      };
    });
    // In its answer it shows something that does not fit either.
    const lie = saying('xb-two', 'answer', (words) => {
      if (words.round !== 'answer') throw new Error('another round');
      const shares = { DOC: group.randomScalar(), FULL: group.randomScalar(), PARTIAL: group.randomScalar() };
      return { ...words, shares: { 'xc-three': shares } };
    });
    const outcomes = await settled(async (from, message) => {
      const dealt = await wrong(from, message);
      return dealt === null ? null : lie(from, dealt);
    });
    for (const { faults } of outcomes.values()) expect(faults).toEqual([{ custodian: 'xb-two', kind: 'share-wrong' }]);
    expect(evaluateBy(outcomes, ['xa-one', 'xc-three'], 'DOC')).toHaveLength(64);
    const { description } = await signTogether(group, outcomes, custodians);
    expect(description.custodians.map(({ index }) => index)).toEqual([1, 3]);
  });

  it('clears itself by showing the share, when the complaint is false or a message was spoilt', async () => {
    const outcomes = await settled(
      saying('xb-two', 'deal', (words) => {
        if (words.round !== 'deal') throw new Error('another round');
        const { 'xc-three': spoilt, ...sealed } = words.sealed;
        return { ...words, sealed: { ...sealed, 'xc-three': `${spoilt ?? ''}A` } };
      }),
    );
    for (const { faults } of outcomes.values()) expect(faults).toEqual([]);
    const expected = evaluateBy(outcomes, ['xa-one', 'xb-two'], 'FULL');
    expect(evaluateBy(outcomes, ['xb-two', 'xc-three'], 'FULL')).toBe(expected);
  });

  it('is shut out when it is accused and silent, once the others gave it up', async () => {
    const silent: Tamper = async (from, message) => {
      if (from !== 'xb-two') return message;
      const { round } = await readMessage(message, plan);
      if (round === 'answer') return null;
      return saying('xb-two', 'deal', (words) =>
        words.round === 'deal' ? { ...words, sealed: { 'xa-one': words.sealed['xa-one'] ?? '' } } : words,
      )(from, message);
    };
    expect((await settled(silent)).size).toBe(0);
    const outcomes = await settled(silent, ['xb-two']);
    for (const { faults } of outcomes.values()) expect(faults).toEqual([{ custodian: 'xb-two', kind: 'no-answer' }]);
  });

  it('stays shut out when it answers after it was given up, for all alike', async () => {
    const { board, polynomials } = await heardIn(saying('xb-two', 'deal', forgetting('xa-one')));
    const answer = board.at(-1) ?? '';
    expect(await readMessage(answer, plan)).toMatchObject({ round: 'answer', from: 'xb-two' });
    const settle = (messages: readonly string[]): Promise<NextStep> =>
      nextStep(group, plan, seatOf(one('xa-one')), polynomials, messages, { issuedAt: NOW, givenUp: ['xb-two'] });
    const before = await settle(board.slice(0, -1));
    expect(before).toMatchObject({
      kind: 'settled',
      outcome: { faults: [{ custodian: 'xb-two', kind: 'no-answer' }] },
    });
    expect(await settle(board)).toEqual(before);
  });

  it('changes nothing by an answer that nobody asked it for', async () => {
    const { board, polynomials, outcomes } = await heardIn((_, message) => message);
    const messages = await Promise.all(board.map((message) => readMessage(message, plan)));
    const junk = { DOC: group.randomScalar(), FULL: group.randomScalar(), PARTIAL: group.randomScalar() };
    const seen = new Transcript(plan, messages).seenBefore('answer');
    for (const said of [seen, plan.id]) {
      const words = { round: 'answer' as const, shares: { 'xa-one': junk, 'xb-two': junk } };
      const envelope = { from: 'xc-three', ceremony: plan.id, seen: said, issuedAt: NOW };
      const answer = await signWords(words, envelope, one('xc-three').key);
      const step = await nextStep(group, plan, seatOf(one('xa-one')), polynomials, [...board, answer], {
        issuedAt: NOW,
      });
      expect(step).toEqual({ kind: 'settled', outcome: outcomes.get('xa-one') });
    }
  });

  it('cannot change a share that fitted by what it shows to another', async () => {
    const junk = { DOC: group.randomScalar(), FULL: group.randomScalar(), PARTIAL: group.randomScalar() };
    const deal = saying('xb-two', 'deal', forgetting('xa-one'));
    const more = saying('xb-two', 'answer', (words) =>
      words.round === 'answer' ? { ...words, shares: { ...words.shares, 'xc-three': junk } } : words,
    );
    const outcomes = await settled(async (from, message) => {
      const dealt = await deal(from, message);
      return dealt === null ? null : more(from, dealt);
    });
    for (const { faults } of outcomes.values()) expect(faults).toEqual([]);
    const expected = evaluateBy(outcomes, ['xa-one', 'xb-two'], 'FULL');
    expect(evaluateBy(outcomes, ['xb-two', 'xc-three'], 'FULL')).toBe(expected);
  });

  it('is named when it says two things in one round', async () => {
    const first = await nextStep(group, plan, seatOf(one('xb-two')), drawPolynomials(group, plan), [], {
      issuedAt: NOW,
    });
    const second = await nextStep(group, plan, seatOf(one('xb-two')), drawPolynomials(group, plan), [], {
      issuedAt: NOW,
    });
    if (first.kind !== 'say' || second.kind !== 'say') throw new Error('both are said');
    const board = [first.message, second.message];
    await expect(
      nextStep(group, plan, seatOf(one('xa-one')), drawPolynomials(group, plan), board, { issuedAt: NOW }),
    ).rejects.toMatchObject({ code: 'CONTRADICTORY_FACTS', path: ['xb-two'] });
  });

  it('is named when it tells different custodians different things, because each says what it saw', async () => {
    const said = async (code: string): Promise<string> => {
      const step = await nextStep(group, plan, seatOf(one(code)), drawPolynomials(group, plan), [], { issuedAt: NOW });
      if (step.kind !== 'say') throw new Error('it has something to say');
      return step.message;
    };
    const polynomials = drawPolynomials(group, plan);
    const [a, b, bElse, c] = [await said('xa-one'), await said('xb-two'), await said('xb-two'), await said('xc-three')];
    const own = { ...seatOf(one('xc-three')) };
    const toOne = await nextStep(group, plan, own, polynomials, [a, b, c], { issuedAt: NOW });
    if (toOne.kind !== 'say') throw new Error('it deals');
    await expect(
      nextStep(group, plan, seatOf(one('xa-one')), polynomials, [a, bElse, c, toOne.message], { issuedAt: NOW }),
    ).rejects.toMatchObject({ code: 'CONTRADICTORY_FACTS', path: ['xc-three'] });
  });

  it('comes to nothing when too few are left', async () => {
    const two = await makePlan(custodians.slice(0, 2), 2);
    const board: string[] = [];
    const wrong: Tamper = async (from, message) => {
      const read = await readMessage(message, two);
      if (from !== 'xb-two' || read.round !== 'deal') return message;
      const other = randomPolynomial(group, 2).map((coefficient) => group.multiplyGenerator(coefficient));
      const words = { round: 'deal' as const, sealed: read.sealed, commitments: { ...read.commitments, DOC: other } };
      return signWords(words, { from, ceremony: two.id, seen: read.seen, issuedAt: NOW }, one(from).key);
    };
    await expect(runCeremony(group, two, custodians.slice(0, 2), { tamper: wrong })).rejects.toMatchObject({
      code: 'CONTRADICTORY_FACTS',
    });
    expect(board).toEqual([]);
  });
});

describe('a message of a ceremony', () => {
  it('counts only by the key of the custodian that it names, and of its type', async () => {
    const words = { round: 'judge' as const, complaints: [] };
    const envelope = { from: 'xa-one', ceremony: plan.id, seen: plan.id, issuedAt: NOW };
    await expect(readMessage(await signWords(words, envelope, one('xa-one').key), plan)).resolves.toMatchObject(words);
    await expect(readMessage(await signWords(words, envelope, one('xb-two').key), plan)).rejects.toMatchObject({
      code: 'SCHEMA_INVALID',
    });
    const [stranger] = await makeCustodians(1);
    if (!stranger) throw new Error('no stranger');
    await expect(readMessage(await signWords(words, envelope, stranger.key), plan)).rejects.toMatchObject({
      code: 'WRONG_KEY',
    });
    const other = await signPayload({ iss: 'xa-one' }, one('xa-one').key, 'evaluation+jwt');
    await expect(readMessage(other, plan)).rejects.toMatchObject({ code: 'WRONG_STATEMENT_TYPE' });
  });
});

describe('a plan', () => {
  it.each<[string, object]>([
    ['a threshold of half or fewer', { threshold: 1 }],
    ['a threshold above the number of custodians', { threshold: 4 }],
    ['a cost that is no power of two', { scryptN: 100 }],
    ['anything else', { note: 'hello' }],
    ['custodians out of order', { custodians: [] }],
  ])('with %s is refused', async (_, change) => {
    await expect(readGenerationPlan(planText(custodians, 2, change))).rejects.toMatchObject({ code: 'SCHEMA_INVALID' });
  });

  it('has to give each custodian a key of its own', async () => {
    const [first, second] = custodians;
    if (!first || !second) throw new Error('no custodians');
    const twins = [first, { ...second, key: first.key }];
    await expect(makePlan(twins, 2)).rejects.toMatchObject({ code: 'SCHEMA_INVALID' });
  });
});

describe('an epoch', () => {
  let outcomes: Map<string, CeremonyOutcome>;
  beforeAll(async () => {
    outcomes = await runCeremony(group, plan, custodians);
  });

  const statementsOf = (description: CeremonyOutcome['description']): Promise<string[]> =>
    Promise.all(custodians.map(({ key }) => signEpoch(description, key)));
  const description = (): CeremonyOutcome['description'] => {
    const found = outcomes.get('xa-one')?.description;
    if (!found) throw new Error('no description');
    return found;
  };

  it('reads as it was written', async () => {
    const { description: read } = await readEpoch(group, await statementsOf(description()), knownOf(custodians));
    expect(read).toEqual(description());
  });

  it('counts only when all its custodians signed the same', async () => {
    const statements = await statementsOf(description());
    await expect(readEpoch(group, statements.slice(1), knownOf(custodians))).rejects.toMatchObject({
      code: 'WRONG_KEY',
    });
    const [other = ''] = await statementsOf({ ...description(), validUntil: NOW + 1 });
    await expect(readEpoch(group, [other, ...statements.slice(1)], knownOf(custodians))).rejects.toMatchObject({
      code: 'WRONG_KEY',
    });
    await expect(readEpoch(group, [], knownOf(custodians))).rejects.toMatchObject({ code: 'WRONG_STATEMENT_TYPE' });
  });

  it('counts only by keys that are known from elsewhere', async () => {
    const strangers = await makeCustodians(3);
    const statements = await statementsOf(description());
    await expect(readEpoch(group, statements, knownOf(strangers))).rejects.toMatchObject({ code: 'WRONG_KEY' });
    await expect(readEpoch(group, statements, new Map())).rejects.toMatchObject({ code: 'WRONG_KEY' });
  });

  it('is refused when a commitment is not a share of the public key', async () => {
    const { keys } = description();
    const other = group.multiplyGenerator(group.randomScalar());
    for (const changed of [
      { ...keys.FULL, publicKey: other },
      { ...keys.FULL, publicKey: IDENTITY },
      { ...keys.FULL, commitments: [...keys.FULL.commitments.slice(0, 2), other] },
    ]) {
      const statements = await statementsOf({ ...description(), keys: { ...keys, FULL: changed } });
      await expect(readEpoch(group, statements, knownOf(custodians))).rejects.toMatchObject({ code: 'WRONG_KEY' });
    }
  });

  describe('whose shares are refreshed', () => {
    it('keeps its keys and outputs; no old share is of use beside a new one', async () => {
      const before = await signTogether(group, outcomes, custodians);
      const refresh = refreshPlan(before, 1);
      const after = await runCeremony(group, refresh, custodians, { shares: sharesOf(outcomes) });
      const { description: fresh } = await signTogether(group, after, custodians);
      expect(fresh.generation).toBe(1);
      for (const keyClass of KEY_CLASSES) {
        expect(fresh.keys[keyClass].publicKey).toEqual(before.description.keys[keyClass].publicKey);
        expect(fresh.keys[keyClass].commitments).not.toEqual(before.description.keys[keyClass].commitments);
        const expected = evaluateBy(outcomes, ['xa-one', 'xb-two'], keyClass);
        expect(evaluateBy(after, ['xa-one', 'xb-two'], keyClass)).toBe(expected);
        expect(evaluateBy(after, ['xb-two', 'xc-three'], keyClass)).toBe(expected);
        const mixed = new Map(after);
        const old = outcomes.get('xa-one');
        if (old) mixed.set('xa-one', old);
        expect(evaluateBy(mixed, ['xa-one', 'xb-two'], keyClass)).not.toBe(expected);
      }
    });

    it('is not moved by a dealer that deals something else than zero: that dealer is named', async () => {
      const before = await signTogether(group, outcomes, custodians);
      const refresh = refreshPlan(before, 1);
      const polynomials = new Map(
        custodians.map(({ code }) => [
          code,
          code === 'xb-two' ? drawPolynomials(group, plan) : drawPolynomials(group, refresh),
        ]),
      );
      const after = await runCeremony(group, refresh, custodians, { shares: sharesOf(outcomes), polynomials });
      for (const { faults } of after.values()) expect(faults).toEqual([{ custodian: 'xb-two', kind: 'share-wrong' }]);
      expect(evaluateBy(after, ['xa-one', 'xc-three'], 'FULL')).toBe(
        evaluateBy(outcomes, ['xa-one', 'xb-two'], 'FULL'),
      );
      expect(evaluateBy(after, ['xa-one', 'xb-two'], 'FULL')).toBe(evaluateBy(outcomes, ['xa-one', 'xb-two'], 'FULL'));
    });

    it('needs the shares that are to be refreshed', async () => {
      const refresh = refreshPlan(await signTogether(group, outcomes, custodians), 1);
      await expect(runCeremony(group, refresh, custodians)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    });
  });

  it('says nothing of its secrets: the messages of a ceremony hold no share in the clear', async () => {
    const heard: string[] = [];
    const polynomials = new Map(custodians.map(({ code }) => [code, drawPolynomials(group, plan)]));
    const tamper: Tamper = (_, message) => {
      heard.push(JSON.stringify(decodeStatement(message).claims));
      return message;
    };
    const made = await runCeremony(group, plan, custodians, { tamper, polynomials });
    const secrets = [...made.values()].flatMap(({ shares }) => Object.values(shares));
    for (const [, polynomial] of polynomials) {
      secrets.push(...Object.values(polynomial).flat());
      secrets.push(...custodians.map(({ index }) => valueAt(group, polynomial.FULL, index)));
    }
    for (const secret of secrets) expect(heard.join()).not.toContain(Buffer.from(secret).toString('base64url'));
    expect(heard.length).toBe(9);
  });
});
