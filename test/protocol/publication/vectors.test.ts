import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { decodeStatement, EVENTS, readPublicKey, type Json } from '../../../src/protocol/index.js';
import { verifyPublication } from '../../../src/protocol/publication/index.js';
import type { KnownLog } from '../../../src/protocol/transparency/index.js';
import { publicationVectors } from './vectors-of.js';

const vectors = JSON.parse(readFileSync('schema/publication/vectors.json', 'utf8'));
const schema = JSON.parse(readFileSync('schema/publication/publication.schema.json', 'utf8'));
const statements = JSON.parse(readFileSync('schema/publication/publication-statement.schema.json', 'utf8'));
const ajv = new Ajv2020({ strict: true, strictRequired: false });
const fits = ajv.compile(schema);
const fitsBody = ajv.addSchema(statements).compile({ $ref: `${statements.$id}#/$defs/picture-published` });
let log: KnownLog;

beforeAll(async () => {
  log = { audience: vectors.audience, keys: [await readPublicKey(vectors.keys.hub)] };
});

describe('the vectors of publications', () => {
  it('are those that are computed now', async () => {
    expect(vectors).toEqual(await publicationVectors());
  });

  it('have hashes that anybody computes from the one spelling', () => {
    expect(vectors.spelled.length).toBeGreaterThan(3);
    for (const { value, canonical, hash } of vectors.spelled) {
      expect(JSON.parse(canonical)).toEqual(value);
      expect(createHash('sha256').update(canonical).digest('base64url')).toBe(hash);
    }
    expect(vectors.spelled[3].canonical).toBe(
      '{"\\r":"Carriage Return","1":"One","\u0080":"Control","ö":"Latin Small Letter O With Diaeresis","€":"Euro Sign","😀":"Emoji: Grinning Face","\ufb33":"Hebrew Letter Dalet With Dagesh"}',
    );
  });

  it('have a definition whose hash follows from the words of the rule (O5)', () => {
    const { hash } = vectors.definition;
    const text =
      '{"counts":true,"elements":[' +
      '{"anyOf":["act/recruitment","act/transport"],"element":"act","open":false,"waivedUnder":null},' +
      '{"anyOf":["means/coercion"],"element":"means","open":true,"waivedUnder":18}' +
      '],"law":"XA","valid":{"from":"2013-08-02","to":null},"variant":"XA-1-1","version":2}';
    expect(createHash('sha256').update(text).digest('base64url')).toBe(hash);
  });

  it('have a publication that fits the schemas and verifies', async () => {
    expect(fits(vectors.published)).toBe(true);
    const { events } = decodeStatement(vectors.published.statement).claims as { events: Record<string, Json> };
    expect(fitsBody(events[EVENTS.picturePublished])).toBe(true);
    const { hash, index, head } = await verifyPublication(vectors.published, log);
    expect({ hash, index, size: head.size }).toEqual(vectors.proves);
  });

  it('have what is refused, each by its code', async () => {
    expect(vectors.refused.length).toBeGreaterThan(7);
    for (const { code, file } of vectors.refused)
      await expect(verifyPublication(file, log)).rejects.toMatchObject({ name: 'LogFault', code });
  });
});
