import { describe, expect, it } from '@jest/globals';
import { centreOf } from '../../../src/console/picture/centre-of.js';
import { withArticle } from '../../../src/console/picture/english-article.js';
import { largestWithout, seriesByReason, signalsFinding } from '../../../src/console/picture/signal-findings.js';
import { wrapText } from '../../../src/console/picture/wrapped-text.js';

const square = (east: number, north: number, size: number) => [
  [east, north],
  [east + size, north],
  [east + size, north + size],
  [east, north + size],
  [east, north],
];

describe('where a country is marked', () => {
  it('is the middle of its piece', () => {
    expect(centreOf({ type: 'Polygon', coordinates: [square(4, 50, 2)] })).toEqual([5, 51]);
  });

  it('is in the largest of its pieces', () => {
    const coordinates = [[square(-54, 3, 2)], [square(0, 44, 6)], [square(55, -21, 1)]];
    expect(centreOf({ type: 'MultiPolygon', coordinates })).toEqual([3, 47]);
  });

  it('is right for one that crosses the 180th meridian', () => {
    const ring = [
      [170, 60],
      [-170, 60],
      [-170, 70],
      [170, 70],
      [170, 60],
    ];
    const [east, north] = centreOf({ type: 'Polygon', coordinates: [ring] });
    expect(Math.abs(east)).toBeCloseTo(180);
    expect(north).toBeCloseTo(65);
  });

  it('is a point where there is no area', () => {
    expect(centreOf({ type: 'Polygon', coordinates: [[[7, 8]]] })).toEqual([7, 8]);
  });
});

it('a text is broken between words, and a long word stays whole', () => {
  expect(wrapText('what is named most', 8)).toEqual(['what is', 'named', 'most']);
  expect(wrapText('Mensenhandelsbestrijding nu', 8)).toEqual(['Mensenhandelsbestrijding', 'nu']);
  expect(wrapText('  ', 8)).toEqual([]);
});

it('English names some countries with an article', () => {
  expect(withArticle('NL', 'Netherlands')).toBe('the Netherlands');
  expect(withArticle('BE', 'Belgium')).toBe('Belgium');
});

it('signals are counted by what came of them', () => {
  const series = [
    one('RISES', null),
    one('DOES_NOT_RISE', null),
    one('NOT_JUDGED', 'NO_FIT'),
    one('NOT_JUDGED', 'NO_FIT'),
  ];
  expect(signalsFinding({ series })).toEqual({ rising: 1, judged: 2 });
  expect(seriesByReason(series)).toEqual([['NO_FIT', 2]]);
});

it('the largest number that is no rise lies below the bound', () => {
  expect([27.3, 27, 0.2, null].map(largestWithout)).toEqual([27, 26, 0, null]);
});

function one(outcome: 'RISES' | 'DOES_NOT_RISE' | 'NOT_JUDGED', reason: 'NO_FIT' | null) {
  const number = { count: 12, fewerThan: null };
  return {
    ...{ of: 'PURPOSE', keys: [], outcome, reason, observed: number, expected: null, upperBound: null },
    ...{ probability: null, dispersion: null, periodsUsed: null, evidence: [] },
  };
}
