import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  assertEpisode,
  classifyRecurrence,
  type ConfirmedEpisode,
  daysOf,
  type RecurrenceOutcome,
  Refusal,
  type StatedEpisode,
} from '../../../src/protocol/index.js';

type Verdict = ConfirmedEpisode['verdict'];

const met = (stated: StatedEpisode, verdict: Verdict = 'MET'): ConfirmedEpisode => ({ stated, verdict });
const exited = (began: string, exit: string, rest: Partial<StatedEpisode> = {}): StatedEpisode => ({
  ...{ began, exit: 'exited' as const, exited: exit },
  ...rest,
});
const begun = (began: string): StatedEpisode => ({ began, exit: 'unknown' });
const held = (began: string, exploiters: 'same' | 'other' | 'unknown' = 'unknown'): StatedEpisode => ({
  ...{ began, exit: 'not-exited' as const, exploiters },
});

const TABLE: readonly (readonly [says: string, ConfirmedEpisode, ConfirmedEpisode, RecurrenceOutcome])[] = [
  [
    'a new episode after an exit',
    met(exited('2020', '2021-05')),
    met(begun('2021-06')),
    decided('retrafficking', 'first'),
  ],
  [
    'one told in the other order',
    met(begun('2021-06')),
    met(exited('2020', '2021-05')),
    decided('retrafficking', 'second'),
  ],
  [
    'an exit on an unknown day before',
    met({ exit: 'exited', exited: '2020' }),
    met(begun('2021')),
    decided('retrafficking', 'first'),
  ],
  [
    'a later case that is no trafficking',
    met(exited('2020', '2021')),
    met(begun('2022'), 'NOT_MET'),
    decided('other-revictimisation', 'first'),
  ],
  [
    'an earlier case that is none, the other open',
    met(exited('2020', '2021'), 'NOT_MET'),
    met(begun('2022'), 'UNDETERMINED'),
    decided('other-revictimisation', 'first'),
  ],
  [
    'a case that is open',
    met(exited('2020', '2021')),
    met(begun('2022'), 'UNDETERMINED'),
    open('first', 'facts-of-the-case'),
  ],
  ['a beginning before the exit', met(exited('2020', '2022')), met(begun('2021')), decided('same-episode', 'first')],
  [
    'a beginning on the day of the exit',
    met(exited('2020', '2022-03-04')),
    met(begun('2022-03-04')),
    decided('same-episode', 'first'),
  ],
  [
    'certain overlap in unknown order',
    met(exited('2020', '2022')),
    met(exited('2020', '2021')),
    decided('same-episode', null),
  ],
  ['one first day', met(held('2020-01-01')), met(begun('2020-01-01')), decided('same-episode', null)],
  ['no exit, the same exploiters', met(held('2020', 'same')), met(begun('2021')), decided('continued', 'first')],
  [
    'no exit, others by the word of the later',
    met(held('2020')),
    met({ ...begun('2021'), exploiters: 'other' }),
    decided('onward-sale', 'first'),
  ],
  ['no exit, exploiters unknown', met(held('2020')), met(begun('2021')), open('first', 'exploiters')],
  [
    'no exit, holders who contradict each other',
    met(held('2020', 'same')),
    met({ ...begun('2021'), exploiters: 'other' }),
    open('first', 'exploiters'),
  ],
  [
    'an exit some time in the year of the beginning',
    met(exited('2020', '2021')),
    met(begun('2021')),
    open('first', 'beginning-dates', 'exit-date'),
  ],
  [
    'an exit without a day',
    met({ began: '2020', exit: 'exited' }),
    met(begun('2022-01-01')),
    open('first', 'exit-date'),
  ],
  [
    'nothing known of an exit',
    met(begun('2020')),
    met(begun('2022-01-01')),
    open('first', 'exit', 'exit-date', 'exploiters'),
  ],
  ['no order', met(held('2020', 'same')), met(held('2020', 'same')), open(null, 'beginning-dates')],
];

function decided(
  recurrence: RecurrenceOutcome['recurrence'],
  earlier: RecurrenceOutcome['earlier'],
): RecurrenceOutcome {
  return { recurrence, earlier, wouldDecide: [] };
}

function open(
  earlier: RecurrenceOutcome['earlier'],
  ...wouldDecide: RecurrenceOutcome['wouldDecide']
): RecurrenceOutcome {
  return { recurrence: 'undetermined', earlier, wouldDecide };
}

const DAY = fc.integer({ min: 0, max: 1500 }).map((n) => new Date(Date.UTC(2020, 0, 1 + n)).toISOString().slice(0, 10));
const PARTIAL = fc.tuple(DAY, fc.constantFrom(4, 7, 10)).map(([day, length]) => day.slice(0, length));
const VERDICT = fc.constantFrom<Verdict>('MET', 'NOT_MET', 'UNDETERMINED');

/** What a holder truly knows: exact days, in order, and what of it is said. */
interface Truth {
  readonly began: string;
  readonly exit: 'exited' | 'not-exited';
  readonly exited: string;
  readonly exploiters: 'same' | 'other';
  readonly verdict: 'MET' | 'NOT_MET';
}

const TRUTH: fc.Arbitrary<Truth> = fc
  .record({
    days: fc.tuple(DAY, DAY),
    exit: fc.constantFrom('exited' as const, 'not-exited' as const),
    exploiters: fc.constantFrom('same' as const, 'other' as const),
    verdict: fc.constantFrom('MET' as const, 'NOT_MET' as const),
  })
  .map(({ days, ...rest }) => {
    const [began = '', exit = ''] = [...days].sort();
    return { ...rest, began, exited: exit };
  });

/** How much of the truth is said. 0 leaves a date out; 4, 7 and 10 are characters of it. */
const SAID = fc.record({
  began: fc.constantFrom<number>(0, 4, 7, 10),
  exit: fc.boolean(),
  exited: fc.constantFrom<number>(0, 4, 7, 10),
  exploiters: fc.boolean(),
  verdict: fc.boolean(),
});
type Said = typeof SAID extends fc.Arbitrary<infer T> ? T : never;

function said(truth: Truth, how: Said, exploiters: 'same' | 'other'): ConfirmedEpisode {
  const stated: StatedEpisode = {
    exit: how.exit ? truth.exit : 'unknown',
    exploiters: how.exploiters ? exploiters : 'unknown',
    ...(how.began > 0 ? { began: truth.began.slice(0, how.began) } : {}),
    ...(how.exit && truth.exit === 'exited' && how.exited > 0 ? { exited: truth.exited.slice(0, how.exited) } : {}),
  };
  return { stated, verdict: how.verdict ? truth.verdict : 'UNDETERMINED' };
}

const EPISODE: fc.Arbitrary<ConfirmedEpisode> = fc
  .record({
    began: fc.option(PARTIAL, { nil: undefined }),
    exit: fc.constantFrom('exited' as const, 'not-exited' as const, 'unknown' as const),
    exited: fc.option(PARTIAL, { nil: undefined }),
    exploiters: fc.constantFrom('same' as const, 'other' as const, 'unknown' as const, undefined),
    verdict: VERDICT,
  })
  .map(({ began, exit, exited: day, exploiters, verdict }) => ({
    verdict,
    stated: {
      exit,
      ...(began === undefined ? {} : { began }),
      ...(exit === 'exited' && day !== undefined ? { exited: day } : {}),
      ...(exploiters === undefined ? {} : { exploiters }),
    },
  }))
  .filter(({ stated }) => !contradicts(stated));

function contradicts(stated: StatedEpisode): boolean {
  try {
    assertEpisode(stated);
    return false;
  } catch {
    return true;
  }
}

describe('how two episodes stand to each other', () => {
  it.each(TABLE)('is told of %s', (_says, first, second, outcome) => {
    expect(classifyRecurrence(first, second)).toEqual(outcome);
  });

  it('does not depend on which is called the first', () => {
    fc.assert(
      fc.property(EPISODE, EPISODE, (a, b) => {
        const { earlier, ...outcome } = classifyRecurrence(a, b);
        const mirrored = earlier === null ? null : earlier === 'first' ? 'second' : 'first';
        expect(classifyRecurrence(b, a)).toEqual({ ...outcome, earlier: mirrored });
      }),
      { numRuns: 2000 },
    );
  });

  it('is never decided otherwise when more is said, or said more precisely', () => {
    const more = (a: Said, b: Said): Said => ({
      began: Math.max(a.began, b.began),
      exit: a.exit || b.exit,
      exited: Math.max(a.exited, b.exited),
      exploiters: a.exploiters || b.exploiters,
      verdict: a.verdict || b.verdict,
    });
    const pair = fc.tuple(TRUTH, TRUTH, SAID, SAID, SAID, SAID);
    fc.assert(
      fc.property(pair, ([one, other, a, b, c, d]) => {
        const before = classifyRecurrence(said(one, a, one.exploiters), said(other, b, one.exploiters));
        const after = classifyRecurrence(
          said(one, more(a, c), one.exploiters),
          said(other, more(b, d), one.exploiters),
        );
        if (before.recurrence !== 'undetermined') expect(after.recurrence).toBe(before.recurrence);
        if (before.earlier !== null) expect(after.earlier).toBe(before.earlier);
      }),
      { numRuns: 5000 },
    );
  });

  it('is re-trafficking only after an exit on a day certainly before the beginning, and when both cases are met', () => {
    fc.assert(
      fc.property(EPISODE, EPISODE, (a, b) => {
        const { recurrence, earlier } = classifyRecurrence(a, b);
        if (recurrence !== 'retrafficking') return;
        const [before, after] = earlier === 'first' ? [a, b] : [b, a];
        const exit = daysOf(before.stated.exited ?? '');
        const begin = daysOf(after.stated.began ?? '');
        expect(earlier).not.toBeNull();
        expect(before.stated.exit).toBe('exited');
        expect((exit?.last ?? '9') < (begin?.first ?? '0')).toBe(true);
        expect([before.verdict, after.verdict]).toEqual(['MET', 'MET']);
      }),
      { numRuns: 5000 },
    );
  });

  it('asks something when it is undetermined, and is decided when all that is answered', () => {
    fc.assert(
      fc.property(TRUTH, TRUTH, SAID, SAID, (one, other, a, b) => {
        const { recurrence, wouldDecide } = classifyRecurrence(
          said(one, a, one.exploiters),
          said(other, b, one.exploiters),
        );
        expect(wouldDecide.length > 0).toBe(recurrence === 'undetermined');
        const answered = (how: Said): Said => ({
          began: wouldDecide.includes('beginning-dates') ? 10 : how.began,
          exit: how.exit || wouldDecide.includes('exit'),
          exited: wouldDecide.includes('exit-date') ? 10 : how.exited,
          exploiters: how.exploiters || wouldDecide.includes('exploiters'),
          verdict: how.verdict || wouldDecide.includes('facts-of-the-case'),
        });
        const answer = classifyRecurrence(
          said(one, answered(a), one.exploiters),
          said(other, answered(b), one.exploiters),
        );
        expect(answer.recurrence).not.toBe('undetermined');
      }),
      { numRuns: 5000 },
    );
  });
});

describe('a stated episode', () => {
  it.each([
    ['CONTRADICTORY_FACTS', 'exited', { began: '2021', exit: 'exited', exited: '2020-12' }],
    ['SCHEMA_INVALID', 'began', { began: '2021-02-29', exit: 'unknown' }],
    ['SCHEMA_INVALID', 'exited', { exit: 'exited', exited: '2021-04-31' }],
  ] as const)('is refused as %s at %s', (code, path, episode) => {
    expect(() => {
      assertEpisode(episode);
    }).toThrow(expect.objectContaining({ code, path: [path] }));
    expect(() => {
      assertEpisode(episode);
    }).toThrow(Refusal);
  });

  it('may begin and be left within one year, month or day', () => {
    for (const day of ['2021', '2021-03', '2021-03-04'])
      expect(() => {
        assertEpisode(exited(day, day));
      }).not.toThrow();
  });
});
