import type {
  PictureCountAnswer,
  PictureKeyAnswer,
  PictureQuestion,
  PictureTableAnswer,
} from '../../../src/member/documents/picture.js';

/** A number, or that it is fewer than eleven. */
export function number(count: number | null): PictureCountAnswer {
  return count === null ? { count: null, fewerThan: 11 } : { count, fewerThan: null };
}

/** What a row is about in a dimension, by its code, or that it is not known or withheld. */
export function key(dimension: string, code: string, label = code): PictureKeyAnswer {
  return code === 'UNKNOWN' || code === 'WITHHELD'
    ? { dimension, state: code, code: null, label: code.toLowerCase() }
    : { dimension, state: 'KNOWN', code, label };
}

/** A question with nothing asked but what is given. */
export function question(asked: Partial<PictureQuestion> = {}): PictureQuestion {
  return {
    ...{ by: [], under: [], where: [], from: null, until: null, scope: 'SHARED', onDate: null, language: 'en' },
    ...asked,
  };
}

/** An answer with nothing counted but what is given. */
export function answer(answered: Partial<PictureTableAnswer> = {}): PictureTableAnswer {
  return {
    ...{ asOf: '2026-11-30', threshold: 11, rounding: 1, onDate: '2026-11-30', alerts: number(120) },
    ...{ verdicts: [], rows: [], others: null, breaks: [], source: 'Symbolon.' },
    caveat: 'Identified cases are not prevalence.',
    ...answered,
  };
}

const dutch = (met: number | null, notMet: number | null, undetermined: number | null, withheld: number | null) => ({
  ...{ under: 'NL', met: number(met), notMet: number(notMet) },
  ...{ undetermined: number(undetermined), withheld: number(withheld) },
});

/** By year and purpose under one law, with persons, what was withdrawn, what is unknown, withheld and too small, and a law that changed in 2013. */
export const BY_YEAR_AND_PURPOSE = {
  question: question({ by: ['YEAR', 'PURPOSE'], under: ['NL'], from: '2012', until: '2013' }),
  answer: answer({
    ...{ persons: number(112), withdrawn: number(12) },
    verdicts: [dutch(40, null, 60, 20)],
    rows: [
      {
        keys: [key('YEAR', '2012'), key('PURPOSE', 'purpose/forced-labour', 'forced labour')],
        ...{ alerts: number(30), persons: number(28), withdrawn: number(null) },
        verdicts: [dutch(15, null, 15, null)],
      },
      {
        keys: [key('YEAR', '2012'), key('PURPOSE', 'UNKNOWN')],
        ...{ alerts: number(null), persons: number(null), withdrawn: number(null) },
        verdicts: [dutch(null, null, null, null)],
      },
      {
        keys: [key('YEAR', '2013'), key('PURPOSE', 'purpose/forced-labour', 'forced labour')],
        ...{ alerts: number(50), persons: number(44), withdrawn: number(12) },
        verdicts: [dutch(25, null, 25, null)],
      },
      {
        keys: [key('YEAR', 'UNKNOWN'), key('PURPOSE', 'WITHHELD')],
        ...{ alerts: number(40), persons: number(40), withdrawn: number(null) },
        verdicts: [dutch(null, null, 20, 20)],
      },
    ],
    others: number(null),
    breaks: [{ under: 'NL', on: '2013-11-15', began: ['NL-273f-1-9'], ended: [] }],
  }),
};
