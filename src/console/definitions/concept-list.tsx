import type { ReactNode } from 'react';
import { Link, useLocation, useSearch } from 'wouter';
import { OneOfMany, Page, TextField, Waiting } from '../controls/index.js';
import { useWords } from '../language/index.js';
import { useConcepts, type Concept } from '../ontology/index.js';
import { searchConcepts } from './concept-search.js';
import { PartNavigation } from './part-navigation.js';
import type { AreaWord } from './words.js';

/** The ontology by scheme and by word. What is looked for stands in the address. */
export function ConceptList(): ReactNode {
  const { say } = useWords<AreaWord>();
  const { all } = useConcepts();
  const query = new URLSearchParams(useSearch());
  const [path, go] = useLocation();
  const [scheme, find] = [query.get('scheme') ?? '', query.get('find') ?? ''];
  const look = (next: { readonly scheme: string; readonly find: string }): void => {
    const given = Object.entries(next).filter(([, value]) => value !== '');
    const search = new URLSearchParams(given).toString();
    go(search === '' ? path : `${path}?${search}`, { replace: true });
  };
  const schemeName = useSchemeName();
  const schemes = [...new Set(all.map((concept) => concept.scheme))];
  const found = searchConcepts(all, scheme, find);
  return (
    <Page title={say('definitions.concepts.title')} lead={say('definitions.concepts.lead')}>
      <PartNavigation />
      {all.length === 0 ? (
        <Waiting />
      ) : (
        <>
          <search className="concept-search">
            <TextField
              label={say('definitions.concepts.find')}
              hint={say('definitions.concepts.find.hint')}
              type="search"
              value={find}
              onText={(text) => look({ scheme, find: text })}
            />
            <OneOfMany
              label={say('definitions.concepts.scheme')}
              none={say('definitions.concepts.scheme.all')}
              choices={schemes.map((value) => ({ value, label: schemeName(value) }))}
              chosen={scheme}
              onChoose={(value) => look({ scheme: value, find })}
            />
          </search>
          <p role="status">{say('definitions.concepts.found', { count: found.length })}</p>
          {schemes.map((one) => (
            <Scheme key={one} title={schemeName(one)} concepts={found.filter((concept) => concept.scheme === one)} />
          ))}
        </>
      )}
    </Page>
  );
}

/** What a scheme is called; its code when this page knows none. */
export function useSchemeName(): (scheme: string) => string {
  const { say, knows } = useWords<AreaWord>();
  return (scheme) => {
    const id = `definitions.scheme.${scheme}`;
    return knows(id) ? say(id) : scheme;
  };
}

function Scheme({ title, concepts }: { readonly title: string; readonly concepts: readonly Concept[] }): ReactNode {
  if (concepts.length === 0) return null;
  return (
    <section>
      <h2>{title}</h2>
      <ul className="concepts">
        {concepts.map(({ id, label, definition }) => (
          <li key={id}>
            <Link href={`/concepts/${id}`}>{label}</Link>
            <small lang="en">{definition}</small>
          </li>
        ))}
      </ul>
    </section>
  );
}
