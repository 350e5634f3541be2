import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  CODE_SYSTEMS,
  codeOf,
  MOST_NAME_PARTS,
  namePartsOf,
  transliterate,
} from '../../../src/protocol/linkage/index.js';

const NAMES = [
  'Maria',
  'Popescu',
  'Иванова',
  'محمد',
  'Nguyễn',
  'Thị',
  'Ana-Maria',
  'van',
  'Petrović',
  'al-Hasan',
  'Kim',
];

describe('the parts of a name', () => {
  it.each([
    ['particles go', ['Mohammed', 'bin Rashid al-Maktoum'], ['maktoum', 'mohammed', 'rashid']],
    ['a tussenvoegsel goes', ['Jan Pieter', 'van der Berg'], ['berg', 'jan', 'pieter']],
    ['a particle stays when hardly anything else would', ['Van', 'Stephan'], ['stephan', 'van']],
    ['Vietnamese middle words go', ['Thị Lan Anh', 'Nguyễn'], ['anh', 'lan', 'nguyen']],
    ['a patronymic goes', ['Иван Петрович', 'Сидоров'], ['ivan', 'sidorov']],
    ['a patronymic of a woman goes', ['Анна Сергеевна', 'Ким'], ['anna', 'kim']],
    ['a family name like a patronymic stays', ['Ana', 'Petrović'], ['ana', 'petrovich']],
    ['Turkic lineage words go', ['Elçin', 'Məmmədov', 'Əli oğlu'], ['ali', 'elcin', 'mammadov']],
    ['double names are two', ['Ana-Maria', 'Popescu'], ['ana', 'maria', 'popescu']],
    ['initials go', ['John F.', 'Smith'], ['john', 'smith']],
    ['an abbreviated name is whole', ['Md', 'Hossain'], ['hossain', 'muhammad']],
    ['a name given in two scripts counts once', ['Maria', 'Мария', 'Popescu'], ['maria', 'popescu']],
  ])('%s', (_, names, parts) => {
    const expected = parts.map(transliterate).sort();
    // A habit of spelling may be undone on the way, so that the expectation goes the same way.
    expect(namePartsOf(names)).toEqual(expected);
  });

  it.each([['Abd al-Rahman'], ['Abdul Rahman'], ['Abdulrahman'], ['Abderrahman'], ['عبد الرحمن'], ['عبدالرحمن']])(
    'takes %s for one name',
    (name) => {
      const parts = namePartsOf([name]);
      expect(parts.map((part) => codeOf(part, 'skeleton'))).toEqual([codeOf('abdrahman', 'skeleton')]);
    },
  );

  it('are at most four, whatever was given', () => {
    expect(namePartsOf(['Maria Elena Luisa Carmen Rosa', 'Garcia Hernandez'])).toHaveLength(MOST_NAME_PARTS);
  });

  it('do not depend on the order of the names', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(NAMES, { minLength: 1 }), (names) => {
        expect(namePartsOf([...names].reverse())).toEqual(namePartsOf(names));
        expect(namePartsOf([...names].sort())).toEqual(namePartsOf(names));
      }),
    );
  });
});

describe('the code of a name part', () => {
  it.each([
    ['Mohamed', 'Muhammad'],
    ['Yusuf', 'Youssef'],
    ['Mehmed', 'Mohamad'],
    ['Nikolaj', 'Nicolai'],
    ['Wladimir', 'Vladimir'],
    ['Petrovic', 'Petrović'],
    ['Ivanov', 'Ivanova'],
  ])('takes %s and %s for one name', (a, b) => {
    expect(codeOf(transliterate(a), 'skeleton')).toBe(codeOf(transliterate(b), 'skeleton'));
  });

  it.each([
    ['Maria', 'Mario', true],
    ['Maria', 'Marina', false],
    ['Elena', 'Helena', false],
    ['Ana', 'Ian', false],
  ])('of %s and %s is the same: %s', (a, b, same) => {
    expect(codeOf(transliterate(a), 'skeleton') === codeOf(transliterate(b), 'skeleton')).toBe(same);
  });

  it('is the same across scripts for common names', () => {
    for (const [latin, native] of [
      ['Ivanova', 'Иванова'],
      ['Georgios', 'Γεώργιος'],
      ['Mahmoud', 'محمود'],
      ['Fatima', 'فاطمة'],
      ['Grigoryan', 'Գրիգորյան'],
      ['Beridze', 'ბერიძე'],
      ['Shevchenko', 'Шевченко'],
      ['Szewczenko', 'Шевченко'],
      ['Brzeziński', 'Бжезинский'],
      ['Krzysztof', 'Кшиштоф'],
    ] as const)
      expect(codeOf(transliterate(native), 'skeleton')).toBe(codeOf(transliterate(latin), 'skeleton'));
  });

  it('has no more sounds than its system allows', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz') }), (name) => {
        const lengths = CODE_SYSTEMS.map((system) => codeOf(name, system).length);
        expect(lengths[0]).toBeLessThanOrEqual(5);
        expect(lengths[1]).toBeLessThanOrEqual(4);
        expect(lengths[2]).toBeLessThanOrEqual(2);
      }),
    );
  });
});
