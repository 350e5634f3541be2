import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { IdentityRows } from '../../../src/member/import/identity-rows.js';
import { readGivenIdentity } from '../../../src/member/files/index.js';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'symbolon-identities-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function rowsOf(...lines: readonly (string | Buffer)[]): Promise<IdentityRows> {
  const path = join(folder, 'persons.csv');
  await writeFile(path, Buffer.concat(lines.map((line) => Buffer.concat([Buffer.from(line), Buffer.from('\n')]))));
  return IdentityRows.read(path);
}

describe('a file of identities', () => {
  it('gives the same identity as a record, with several names, places and documents', async () => {
    const rows = await rowsOf(
      'caseId;given;given.2;family;birthDate;birthCountry;birthPlace;birthPlace.2;documentType.2;documentIssuer.2;documentNumber.2',
      ' 7 ;Zorvekplim;Zora;Quastelburn;1991-05-17;AL;Drovnik;Derven;passport;AL;ZQ 7654321',
    );
    const { identity } = readGivenIdentity({
      names: { given: ['Zorvekplim', 'Zora'], family: 'Quastelburn' },
      ...{ birthDate: '1991-05-17', birthCountry: 'AL', birthPlace: ['Drovnik', 'Derven'] },
      documents: [{ type: 'passport', issuer: 'AL', number: 'ZQ 7654321' }],
    });
    expect(rows.of('7')).toMatchObject({ kind: 'identity', identity });
  });

  it('knows nobody for a case that it does not name or of which it says nothing', async () => {
    const rows = await rowsOf('caseId,given,family', '7,,', '8,Zorvekplim,Quastelburn');
    expect([rows.of('7').kind, rows.of('9').kind, rows.of('').kind]).toEqual(['none', 'none', 'none']);
  });

  it('says of a faulty line which field and why, and never what stands there', async () => {
    const rows = await rowsOf(
      'caseId,given,family,birthDate,birthCountry',
      '1,Zorvekplim,Quastelburn,17th of May,AL',
      '2,,,1991-05-17,AL',
      '3,Zorvekplim,Quastelburn,1991-05-17,Albania',
      '4,Zorvekplim,Quastelburn',
      Buffer.from('5,Zorvekplim,Quastelb\xfcrn,,', 'latin1'),
      '6,Zorvekplim,,,',
      '6,Zora,,,',
    );
    const found = ['1', '2', '3', '4', '5', '6'].map((id) => rows.of(id));
    const faults = found.map((one) => (one.kind === 'faulty' ? one.fault : null));
    expect(faults.map((one) => [one?.line, one?.field, one?.code])).toEqual([
      [2, 'birthDate', 'BIRTH_DATE_UNREADABLE'],
      [3, 'names', 'NAMES_MISSING'],
      [4, 'birthCountry', 'COUNTRY_UNKNOWN'],
      [5, null, 'RAGGED_ROW'],
      [6, null, 'BAD_ENCODING'],
      [8, 'caseId', 'IDENTITY_AMBIGUOUS'],
    ]);
    expect(JSON.stringify(faults)).not.toMatch(/Zor|Quastel|May|Albania/);
  });

  it('lists the lines that no case asked for', async () => {
    const rows = await rowsOf('caseId,given', '7,Zora', ',Zora', '8,Zora');
    rows.of('7');
    expect(rows.unused).toEqual([3, 4]);
  });

  it.each([
    [['Zorvekplim,Quastelburn', '1,2'], 'Column 1'],
    [['Quastelburn,Quastelburn', '1,2'], 'Two columns'],
    [['given,family', 'Zorvekplim,Quastelburn'], 'caseId'],
    [['caseId,given.11', '1,Zora'], 'Column 2'],
    [['caseId,birthDate.2', '1,1991'], 'Column 2'],
    [['caseId,given', '1,"Zorvekplim'], 'line 2'],
  ])('is refused whole when its columns are none, without a word of it', async (lines, says) => {
    const refused: unknown = await rowsOf(...lines).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'BAD_INPUT', message: expect.stringContaining(says) });
    expect(JSON.stringify([refused, String(refused)])).not.toMatch(/Zor|Quastel/);
  });
});
