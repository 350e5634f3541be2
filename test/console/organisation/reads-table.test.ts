import { describe, expect, it } from '@jest/globals';
import { dayOf, lastWholeDay, readsCsv } from '../../../src/console/organisation/reads-table.js';

describe('who read what, as a file', () => {
  it('has a line for each reading, and nothing that a spreadsheet would run', () => {
    const reads = [
      {
        at: '2026-11-30T23:48:08.166Z',
        reader: { code: 'de-lotse', country: 'DE' },
        officer: '=desk',
        purpose: 'PROTECTION',
        operation: 'alert',
        alertIds: ['alert:1', 'alert:2'],
      },
      {
        at: '2026-11-30T23:49:00.000Z',
        reader: { code: 'nl-baken', country: 'NL' },
        officer: 'desk-1',
        purpose: 'MONITORING',
        operation: 'picture',
        alertIds: [],
      },
    ];
    expect(readsCsv(reads).split('\r\n')).toEqual([
      'at,reader,country,officer,purpose,operation,alerts',
      "2026-11-30T23:48:08.166Z,de-lotse,DE,'=desk,protection,alert,alert:1 alert:2",
      '2026-11-30T23:49:00.000Z,nl-baken,NL,desk-1,monitoring,picture,',
      '',
    ]);
  });
});

describe('the day that can be checked', () => {
  it('is the one asked for, or yesterday by the hub’s clock', () => {
    const now = new Date('2026-12-01T00:30:00+02:00');
    expect(dayOf(now)).toBe('2026-11-30');
    expect(lastWholeDay('2026-11-20', now)).toBe('2026-11-20');
    expect(lastWholeDay('2026-11-30', now)).toBe('2026-11-29');
    expect(lastWholeDay('2027-01-01', now)).toBe('2026-11-29');
  });
});
