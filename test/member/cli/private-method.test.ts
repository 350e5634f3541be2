import { describe, expect, it } from '@jest/globals';
import { previewText } from '../../../src/member/cli/noise-preview.js';
import { readPrivateMethod } from '../../../src/member/cli/private-method.js';

describe('the options of a publication with noise', () => {
  it('say cost, bound and codes', () => {
    expect(readPrivateMethod({})).toBeNull();
    expect(readPrivateMethod({ private: '0.01' })).toEqual({ name: 'differential-privacy', rhoMicro: 10_000 });
    expect(
      readPrivateMethod({ private: '1.000001', combinations: '2', codes: ['exploitation=NL+BE', 'age-band=a'] }),
    ).toEqual({
      ...{ name: 'differential-privacy', rhoMicro: 1_000_001, combinations: 2 },
      codes: [
        { dimension: 'EXPLOITATION', anyOf: ['NL', 'BE'] },
        { dimension: 'AGE_BAND', anyOf: ['a'] },
      ],
    });
  });

  it.each([
    [{ private: '0' }, '--private'],
    [{ private: '0.0000001' }, '--private'],
    [{ private: '1001' }, '--private'],
    [{ private: '-1' }, '--private'],
    [{ private: '1e-3' }, '--private'],
    [{ private: '0.1', combinations: '21' }, '--combinations'],
    [{ private: '0.1', codes: ['exploitation'] }, '--codes'],
    [{ private: '0.1', codes: ['nothing=NL'] }, '--codes'],
    [{ combinations: '2' }, '--combinations'],
    [{ codes: ['exploitation=NL'] }, '--codes'],
    [{ preview: true as const }, '--preview'],
  ])('are refused as %j, naming %s', (options, option) => {
    expect(() => readPrivateMethod(options)).toThrow(expect.objectContaining({ code: 'BAD_INPUT', path: [option] }));
  });
});

describe('the preview of noise in words', () => {
  const answer = {
    previewNoise: { epsilon: 0.8105, delta: 1e-9, tables: [{ cells: 30, cellsPerPerson: 1, halfWidth95: 14 }] },
    privacyBudget: { rhoMicro: 100_000, spent: 95_000, left: 5_000 },
  };

  it('says how far numbers are off, what it costs, and whether the budget bears it', () => {
    const text = previewText(answer, [{ by: ['AGE_BAND'] }], { name: 'differential-privacy', rhoMicro: 5_000 });
    expect(text).toMatch(/age-band +30 +1 +14 in 95 of 100 cells/);
    expect(text).toContain('rho 0.005 (epsilon 0.81 at delta 1e-9)');
    expect(text).toMatch(/left then +rho 0\n/);
    const dear = previewText(answer, [{}], { name: 'differential-privacy', rhoMicro: 5_001 });
    expect(dear).toContain('the budget does not bear it');
    expect(dear).toContain('all persons');
  });
});
