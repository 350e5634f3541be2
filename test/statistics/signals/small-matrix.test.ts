import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { inverseOf, product } from '../../../src/statistics/signals/small-matrix.js';

describe('the inverse of a small matrix', () => {
  it('is known by hand, also where a row has to be exchanged', () => {
    expect(
      inverseOf([
        [2, 1],
        [1, 1],
      ]),
    ).toEqual([
      [1, -1],
      [-1, 2],
    ]);
    expect(
      inverseOf([
        [0, 2],
        [1, 0],
      ]),
    ).toEqual([
      [0, 1],
      [0.5, 0],
    ]);
  });

  it('undoes the matrix', () => {
    const row = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(fc.array(row, { minLength: 4, maxLength: 4 }), row, (rows, column) => {
        const dominant = rows.map((values, at) => values.map((value, i) => (i === at ? value + 5 : value)));
        const back = product(inverseOf(dominant) ?? [], product(dominant, column));
        back.forEach((value, at) => {
          expect(value).toBeCloseTo(column[at] ?? Number.NaN, 10);
        });
      }),
    );
  });

  it('is not there for rows that depend on each other', () => {
    expect(
      inverseOf([
        [1, 2],
        [2, 4],
      ]),
    ).toBeNull();
    expect(inverseOf([[0]])).toBeNull();
  });
});
