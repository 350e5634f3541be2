import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { inspectFile } from '../../../src/member/import/csv-rows.js';
import { ctdcMapper } from '../../../src/member/import/ctdc-mapper.js';
import { runImport } from '../../../src/member/import/run-import.js';

const FOLDER = process.env['CTDC_DATA'] ?? join('..', 'shared', 'data', 'ctdc');
const FILES = [
  ['ctdc_kanon_global_2020-04-14_subset_enriched.csv', 48_773],
  ['ctdc_global_victim_perpetrator_synthetic_2022.csv', 21_195],
] as const;

describe('the files that the CTDC published', () => {
  for (const [name, rows] of FILES) {
    const path = join(FOLDER, name);
    const there = existsSync(path);
    if (!there)
      process.stderr.write(`SKIPPED: ${name} is not in ${FOLDER}; set CTDC_DATA to the folder that holds it.\n`);
    (there ? it : it.skip)(`${name} goes through with every one of its ${String(rows)} rows`, async () => {
      const file = await inspectFile(path);
      const mapper = ctdcMapper(file.header, {
        exploitationCountryIs: 'exploitation',
        ageIs: 'registration',
        yearIs: 'episode-start',
      });
      const report = await runImport({
        file,
        mapper,
        destination: null,
        common: {
          kind: 'case',
          legalBasis: { ground: 'anonymised' },
          handling: { purposes: ['monitoring'], audience: { kinds: ['rapporteur'] }, code: 'H0' },
          evaluation: { source: 'X', information: 4 },
          expires: '2027-01-01',
        },
      });
      expect(report).toMatchObject({ rows, accepted: rows, refused: [] });
    });
  }
});
