import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import jsonld from 'jsonld';
import { Parser } from 'n3';
import { OntologyService } from '../../src/ontology/index.js';
import { testHub, type TestHub } from '../support/hub.js';

const SKOS = 'http://www.w3.org/2004/02/skos/core#';
let hub: TestHub;

beforeAll(async () => {
  hub = await testHub();
});
afterAll(() => hub.stop());

async function get(path: string, accept: string): Promise<{ type: string | null; status: number; text: string }> {
  const response = await fetch(`${hub.url}${path}`, { headers: { accept } });
  return { type: response.headers.get('content-type'), status: response.status, text: await response.text() };
}

describe('the ontology over HTTP', () => {
  it('is Turtle that a foreign parser reads, with every concept and its labels', async () => {
    const { type, text } = await get('/ontology', 'text/turtle');
    expect(type).toBe('text/turtle; charset=utf-8');
    const quads = new Parser().parse(text);
    const labels = quads.filter(({ predicate }) => predicate.value === `${SKOS}prefLabel`);
    for (const { id } of hub.app.get(OntologyService).concepts) {
      const own = labels.filter(({ subject }) => subject.value === `https://w3id.org/symbolon/ontology/${id}`);
      const languages = own.map(({ object }) => ('language' in object ? object.language : ''));
      expect(languages).toEqual(expect.arrayContaining(['en', 'nl', 'ro', 'bg']));
    }
  });

  it('is the same graph as JSON-LD', async () => {
    const { type, text } = await get('/ontology', 'application/ld+json');
    expect(type).toBe('application/ld+json; charset=utf-8');
    const nquads = await jsonld.toRDF(JSON.parse(text) as object, { format: 'application/n-quads' });
    const turtle = new Parser().parse((await get('/ontology', 'text/turtle')).text);
    expect(typeof nquads === 'string' ? nquads.trim().split('\n') : []).toHaveLength(turtle.length);
  });

  it('answers at the IRI of a concept, and says what it can give to who asks for something else', async () => {
    expect((await get('/ontology/means/threat', 'text/turtle')).status).toBe(200);
    expect((await get('/ontology', 'image/png')).status).toBe(406);
  });
});
