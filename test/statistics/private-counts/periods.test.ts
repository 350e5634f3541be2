import { describe, expect, it } from '@jest/globals';
import { periodsWithin } from '../../../src/statistics/private-counts/periods.js';

describe('the periods that lie in a period', () => {
  it.each([
    ['YEAR', '2019', '2021', ['2019', '2020', '2021']],
    ['YEAR', '2019-11', '2020', ['2019', '2020']],
    ['QUARTER', '2020-03', '2020-07', ['2020-Q1', '2020-Q2', '2020-Q3']],
    ['MONTH', '2019-11', '2020-02', ['2019-11', '2019-12', '2020-01', '2020-02']],
    ['MONTH', '2021', '2020', []],
  ] as const)('are, by %s from %s to %s, all that have a day in it', (dimension, from, until, periods) => {
    expect(periodsWithin(dimension, from, until)).toEqual(periods);
  });

  it('are twelve months and four quarters a year', () => {
    expect(periodsWithin('MONTH', '2001', '2020')).toHaveLength(240);
    expect(periodsWithin('QUARTER', '2001', '2020')).toHaveLength(80);
  });
});
