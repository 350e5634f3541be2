import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from '@jest/globals';
import { readOntology } from '../../src/ontology/index.js';
import { revisionIn } from '../../src/ontology/ontology-files.js';
import { findPrepared } from '../../src/ontology/prepared-ontology.js';
import { readFolder } from '../protocol/definition/ontology-folder.js';

const ONTOLOGY = fileURLToPath(new URL('../../schema/ontology/', import.meta.url));
const copy = mkdtempSync(join(tmpdir(), 'symbolon-ontology-'));
cpSync(ONTOLOGY, copy, { recursive: true });
afterAll(() => rmSync(copy, { recursive: true }));

describe('the ontology that the build prepared', () => {
  it('says what its files say, and is what a start goes by', () => {
    const { concepts, laws } = readOntology();
    const prepared = findPrepared(revisionIn());
    const read = readFolder();
    expect(prepared?.concepts).toStrictEqual(read.concepts);
    expect(prepared?.laws).toStrictEqual(read.laws);
    expect({ concepts, laws }).toStrictEqual({ concepts: read.concepts, laws: read.laws });
  });

  it('stands for no other files: one that was changed is read', () => {
    const file = join(copy, 'definitions', 'NL.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace('en: Netherlands', 'en: Elsewhere'));
    const { laws } = readOntology(copy);
    expect(laws.find(({ law }) => law === 'NL')?.label['en']).toBe('Elsewhere');
    expect(findPrepared(revisionIn(copy))).toBeNull();
  });
});
