import { describe, expect, it } from '@jest/globals';
import { countedCodes, countedYears, corridorsOf } from '../../../src/console/picture/figure-numbers.js';
import { findingText } from '../../../src/console/picture/finding-text.js';
import {
  largestChange,
  largestCorridor,
  metByLaws,
  mostNamed,
  mostSettling,
  peakYear,
  type Finding,
} from '../../../src/console/picture/findings.js';
import { namingIn } from './naming.js';
import { row, shown, tableOf, verdictsUnder } from './picture-answers.js';

const en = namingIn('en');
const LANGUAGES = ['en', 'nl', 'ro', 'bg'];

describe('what a figure by country says', () => {
  const counted = (first: number, second: number, total: number) =>
    countedCodes(tableOf([row({ EXPLOITATION: 'BE' }, second), row({ EXPLOITATION: 'NL' }, first)], total), null);

  it('is that most alerts name one, when it is more than half', () => {
    expect(findingText(mostNamed(counted(700, 412, 1203)), 'EXPLOITATION', en)).toBe(
      'Most alerts name [NL] as country of exploitation: 700 of 1,203',
    );
  });

  it('is that more name one than any other, when it is not', () => {
    expect(findingText(mostNamed(counted(412, 300, 1203)), 'EXPLOITATION', en)).toBe(
      'More alerts name [NL] as country of exploitation than any other: 412 of 1,203',
    );
  });

  it('names both where two are alike', () => {
    expect(findingText(mostNamed(counted(412, 412, 1203)), 'EXPLOITATION', en)).toBe(
      'Country of exploitation: [BE] + [NL] are named most, 412 each',
    );
  });

  it('is that nothing can be shown, where all is too small', () => {
    const none = countedCodes(tableOf([row({ ORIGIN: 'RO' }, null), row({ ORIGIN: '?' }, 40)], 40), null);
    expect(findingText(mostNamed(none), 'ORIGIN', en)).toBe('Country of origin: there is no number to show');
  });

  it('says under which law its alerts are met', () => {
    const met = countedCodes(tableOf([row({ PURPOSE: 'purpose/begging' }, 90, 30)], 100, 40), 'NL');
    expect(findingText(mostNamed(met), 'PURPOSE', en, 'NL')).toBe(
      'Form of exploitation: in most alerts [purpose/begging]: 30 of 40 (Met under law NL)',
    );
  });
});

describe('what corridors and years say', () => {
  it('is which corridor is named most, or that no border is crossed', () => {
    const rows = [row({ ORIGIN: 'RO', EXPLOITATION: 'DE' }, 41), row({ ORIGIN: 'UA', EXPLOITATION: 'UA' }, 55)];
    const corridors = corridorsOf(tableOf(rows, 96), null);
    expect(findingText(largestCorridor(corridors), 'CORRIDOR', en)).toBe(
      'What is named most crosses no border, but stays within one country, [UA]: 55',
    );
    expect(findingText(largestCorridor(corridors.slice(1)), 'CORRIDOR', en)).toBe(
      'The corridor named most leads from [RO] to [DE]: 41',
    );
  });

  it('is the year with the most, and no rise or fall', () => {
    const years = countedYears(tableOf([row({ YEAR: '2016' }, 30), row({ YEAR: '2018' }, 20)], 60), null);
    expect(findingText(peakYear(years, 60), 'YEAR', en)).toBe(
      'More alerts are about episodes that began in 2016 than in any other year shown: 30 of 60',
    );
  });
});

describe('what laws say of the same alerts', () => {
  it('is by which the most and by which the fewest are met', () => {
    const verdicts = [verdictsUnder('NL', 10283), verdictsUnder('BE', 25614), verdictsUnder('INT', null)];
    expect(findingText(metByLaws({ verdicts, alerts: shown(48989) }), 'LAW', en)).toBe(
      'The same 48,989 alerts: most are met under [BE], 25,614, fewest under law INT, fewer than 11',
    );
  });

  it('is one number for one law, and one for laws that meet as many', () => {
    const one = [verdictsUnder('NL', 12)];
    expect(metByLaws({ verdicts: one, alerts: shown(40) })).toMatchObject({ says: 'verdict', law: 'NL' });
    const alike = [...one, verdictsUnder('BE', 12)];
    expect(metByLaws({ verdicts: alike, alerts: shown(40) })).toMatchObject({ says: 'same-verdicts' });
    expect(metByLaws({ verdicts: [], alerts: shown(40) })).toEqual({ says: 'nothing' });
    expect(metByLaws({ verdicts: alike, alerts: shown(null) })).toEqual({ says: 'nothing' });
    expect(metByLaws({ verdicts: [verdictsUnder('NL', null)], alerts: shown(40) })).toEqual({ says: 'nothing' });
  });

  it('is the largest change, and none where all are too small', () => {
    const change = (a: string, count: number | null) => ({
      ...{ a, b: 'BE', verdictA: 'UNDETERMINED', verdictB: 'MET', alerts: shown(count), byElement: [] },
    });
    const changes = [change('NL', 20), change('RO', 90), change('BG', null)];
    expect(findingText(largestChange({ changes }), 'LAW', en)).toBe(
      '90 alerts change most: [RO] “undetermined”, [BE] “met”',
    );
    expect(largestChange({ changes: [change('BG', null)] })).toEqual({ says: 'no-change' });
  });

  it('is which question would settle most', () => {
    const ask = (under: string, count: number | null) => ({
      ...{ under, kind: 'MEANS', anyOf: ['means/fraud'], settles: shown(count), lackedBy: shown(99) },
    });
    expect(findingText(mostSettling({ asks: [ask('BE', 12), ask('NL', 38572)] }), 'LAW', en)).toBe(
      'One answer would settle 38,572 alerts: [NL], means',
    );
    expect(mostSettling({ asks: [ask('NL', null)] })).toEqual({ says: 'no-ask' });
  });
});

describe.each(LANGUAGES)('in %s', (language) => {
  const naming = namingIn(language);
  const every: readonly (readonly [Finding, readonly string[]])[] = [
    [{ says: 'nothing' }, []],
    [{ says: 'most', code: 'NL', label: 'x', count: 412, total: 1203, isMost: true }, ['412', '1,203']],
    [{ says: 'most', code: 'NL', label: 'x', count: 412, total: null, isMost: false }, ['412']],
    [{ says: 'tie', labels: [named('NL'), named('BE')], count: 5 }, ['[NL] + [BE]', '5']],
    [{ says: 'corridor', from: 'RO', to: 'DE', count: 41 }, ['[RO]', '[DE]', '41']],
    [{ says: 'within', country: 'UA', count: 55 }, ['[UA]', '55']],
    [{ says: 'peak', year: 2016, count: 30, total: 60 }, ['2016', '30', '60']],
    [{ says: 'verdict', law: 'NL', met: shown(12), total: shown(40) }, ['[NL]', '12', '40']],
    [{ says: 'same-verdicts', met: shown(null), total: shown(40) }, ['11', '40']],
    [{ says: 'no-change' }, []],
    [{ says: 'no-ask' }, []],
  ];

  it.each(every)('a finding %j has all that it found', (finding, parts) => {
    for (const dimension of ['EXPLOITATION', 'ORIGIN', 'CITIZENSHIP', 'AGE_BAND']) {
      const text = findingText(finding, dimension, naming);
      for (const part of parts) expect(text).toContain(part);
      expect(text).not.toMatch(/[{}]|undefined|null/);
    }
  });
});

function named(code: string) {
  return { code, label: `label of ${code}` };
}
