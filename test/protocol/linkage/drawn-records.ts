import fc from 'fast-check';

const WORDS = [
  ...[
    'Maria',
    'Ionela',
    'Popescu',
    'Țiganuș',
    'Иванова',
    'Шевченко',
    'Дарья',
    'محمد',
    'الحسن',
    'فاطمة',
    'Nguyễn',
    'Thị',
  ],
  ...['Παπαδόπουλος', 'ნინო', 'Հակոբյան', 'שרה', 'Osagie', 'Blessing', 'Kim', 'Li', 'van', 'Ana-Maria', 'Abd', 'Smith'],
];

/** Identity records as they come to the door, with more or less known. */
export const drawnRecords = fc.record(
  {
    names: fc.record({
      given: fc.constantFrom(...WORDS),
      family: fc.array(fc.constantFrom(...WORDS), { maxLength: 3 }),
    }),
    birthDate: fc.constantFrom(
      '',
      '2004',
      '2004-05',
      '2004-05-17',
      '1988-01-01',
      '17.11.1991',
      '1955-02-28',
      '1900-03-04',
    ),
    birthCountry: fc.constantFrom('RO', 'VN', 'NG', 'IS', 'AL'),
    birthPlace: fc.subarray(['Craiova', 'Hà Nội', 'Țăndărei', 'دمشق', 'Ré']),
    documents: fc.array(
      fc.record({
        type: fc.constantFrom('passport', 'identity-card'),
        issuer: fc.constantFrom('RO', 'VN'),
        number: fc.constantFrom('AB1234567', '051234567', '12345', 'X99'),
      }),
      { maxLength: 2 },
    ),
  },
  { requiredKeys: ['names'] },
);
