import { describe, expect, it } from '@jest/globals';
import { placeSkeletonOf } from '../../../src/protocol/linkage/index.js';

describe('the skeleton of a place', () => {
  it.each([
    ['Deir ez-Zor', 'Dayr al-Zawr', 'دير الزور'],
    ['Damascus', 'Dimashq', 'دمشق'],
    ['Kyiv', 'Kiev', 'Київ'],
    ['Țăndărei', 'Ţăndărei', 'Tandarei'],
    ['Hà Nội', 'Ha Noi', 'Hanoi'],
    ['Sofia', 'София', 'Sofiya'],
    ['Запоріжжя', 'Zaporizhzhia', 'Saporischschja'],
    ['Athens', 'Αθήνα', 'Athen'],
    ['gorod Plovdiv', 'Plovdiv', 'Пловдив'],
  ])('is one for %s, %s and %s', (...spellings) => {
    expect(new Set(spellings.map(placeSkeletonOf)).size).toBe(1);
  });

  it('is another one for another place', () => {
    expect(new Set(['Varna', 'Burgas', 'Ruse', 'Sliven', 'Vidin'].map(placeSkeletonOf)).size).toBe(5);
  });

  it('keeps numbers, and is empty for nothing', () => {
    expect(placeSkeletonOf('Kolonia 5')).not.toBe(placeSkeletonOf('Kolonia 6'));
    expect(placeSkeletonOf(' - ')).toBe('');
  });
});
