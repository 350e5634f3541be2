import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isPeriod, questionOf, readAsking, writeAsking } from '../../../src/console/picture/asking.js';
import { areCountedTogether } from '../../../src/console/picture/counted-together.js';
import { DIMENSIONS, isOfPersons } from '../../../src/console/picture/dimensions.js';
import { readWatching, signalsQuestion, writeWatching } from '../../../src/console/picture/signals-question.js';
import { PICTURE_DIMENSIONS } from '../../../src/member/documents/index.js';

const FULL =
  'under=NL,BE&met=NL&from=2015&until=2018-06&form=purpose/begging&about=pattern&scope=own&place=citizenship&corridor=citizenship&view=europe&by=age-band';

describe('the address of the picture', () => {
  it('says all that is asked, so that people can read it', () => {
    expect(writeAsking(readAsking(FULL))).toBe(FULL);
    expect(writeAsking(readAsking(''))).toBe('');
  });

  it('leaves out what it does not understand', () => {
    expect(
      writeAsking(readAsking('under=nl,<x>&met=*&from=20155&until=2018-13&form=x&place=moon&view=mars&by=A')),
    ).toBe('');
  });

  it('is the same once it was read and written, whatever stood there', () => {
    fc.assert(
      fc.property(fc.webQueryParameters(), (query) => {
        const once = writeAsking(readAsking(query));
        expect(writeAsking(readAsking(once))).toBe(once);
      }),
    );
  });

  it('asks at most eight laws', () => {
    expect(readAsking('under=NL,BE,RO,BG,DE,FR,IT,ES,PT').under).toHaveLength(8);
  });
});

it('a question is narrowed by form and period', () => {
  expect(questionOf(readAsking(FULL), ['YEAR'], ['NL'], 'bg')).toEqual({
    ...{ by: ['YEAR'], under: ['NL'], from: '2015', until: '2018-06', scope: 'OWN', about: 'PATTERN' },
    ...{ where: [{ dimension: 'PURPOSE', anyOf: ['purpose/begging'] }], onDate: null, language: 'bg' },
  });
  expect(questionOf(readAsking(''), [], [], 'en').where).toEqual([]);
});

it('a period is a year or a month', () => {
  expect(['2024', '2024-05', '2024-13', '24', '2024-5', ''].map(isPeriod)).toEqual([
    true,
    true,
    false,
    false,
    false,
    false,
  ]);
});

it('what the rules of disclosure keep apart is not asked together', () => {
  expect(areCountedTogether(['YEAR', 'ORIGIN', 'EXPLOITATION'], true, 'SHARED')).toBe(true);
  expect(areCountedTogether(['YEAR', 'CITIZENSHIP'], false, 'SHARED')).toBe(true);
  expect(areCountedTogether(['YEAR', 'CITIZENSHIP'], true, 'SHARED')).toBe(false);
  expect(areCountedTogether(['MEANS'], true, 'SHARED')).toBe(true);
  expect(areCountedTogether(['CONTROL', 'SECTOR'], false, 'SHARED')).toBe(false);
  expect(areCountedTogether(['CONTROL', 'SECTOR'], true, 'OWN')).toBe(true);
});

it('every dimension of the contract can be asked', () => {
  const known = PICTURE_DIMENSIONS.map((one) => one.toUpperCase().replaceAll('-', '_'));
  expect([...DIMENSIONS].sort()).toEqual([...known].sort());
  expect(isOfPersons('GENDER')).toBe(true);
  expect(isOfPersons('MEANS')).toBe(false);
});

describe('the address of what rises', () => {
  it('says what is watched', () => {
    const address = 'of=citizenship-corridor,sector&time=episode&period=year&at=2018&against=total';
    expect(writeWatching(readWatching(address))).toBe(address);
    expect(writeWatching(readWatching('of=x&period=week&at=now'))).toBe('');
  });

  it('is a question with the defaults of the contract', () => {
    expect(signalsQuestion(readWatching(''), 'nl')).toMatchObject({
      ...{ of: ['CORRIDOR', 'PURPOSE', 'MEANS'], against: 'OWN_PAST', time: 'COUNTED', period: 'QUARTER' },
      ...{ at: null, past: 20, oldest: 2, rate: 0.1, language: 'nl' },
    });
  });
});
