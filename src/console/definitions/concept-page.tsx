import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { DataTable, Facts, Page, Problem, Waiting } from '../controls/index.js';
import { useLanguage, useWords } from '../language/index.js';
import { useConcepts } from '../ontology/index.js';
import { useOpenAsk } from '../session/index.js';
import { useSchemeName } from './concept-list.js';
import { CONCEPT_IN_FULL, type ConceptInFull } from './documents.js';
import { InEnglish } from './in-english.js';
import { Points } from './law-page.js';
import { PartNavigation } from './part-navigation.js';
import type { AreaWord } from './words.js';

/** One concept: what it means, what is broader and narrower, and what stands for it elsewhere. */
export function ConceptPage({ id }: { readonly id: string }): ReactNode {
  const { say } = useWords<AreaWord>();
  const { language } = useLanguage();
  const { data, error, refetch } = useOpenAsk<{ concept: ConceptInFull | null }>(CONCEPT_IN_FULL, { id, language });
  return (
    <Page title={data?.concept?.label ?? say('definitions.concepts.title')}>
      <PartNavigation />
      {error && <Problem error={error} onAgain={() => void refetch()} />}
      {!data && !error && <Waiting />}
      {data && (data.concept ? <ConceptText concept={data.concept} /> : <p>{say('definitions.concept.not-found')}</p>)}
      <p className="not-printed">
        <Link href="/concepts">{say('definitions.concept.back')}</Link>
      </p>
    </Page>
  );
}

function ConceptText({ concept }: { readonly concept: ConceptInFull }): ReactNode {
  const { say } = useWords<AreaWord>();
  const schemeName = useSchemeName();
  const { id, iri, scheme, definition, broader, narrower, implies, labels, sources } = concept;
  return (
    <>
      <Facts
        facts={[
          [
            say('definitions.concept.definition'),
            <InEnglish key="definition" isSaid>
              {definition}
            </InEnglish>,
          ],
          [
            say('definitions.concepts.scheme'),
            <Link key="scheme" href={`/concepts?scheme=${scheme}`}>
              {schemeName(scheme)}
            </Link>,
          ],
          [say('definitions.concept.broader'), linksTo(broader)],
          [say('definitions.concept.narrower'), linksTo(narrower)],
          [say('definitions.concept.implies'), linksTo(implies)],
          [say('definitions.concept.code'), <code key="code">{id}</code>],
          [say('definitions.concept.address'), <code key="iri">{iri}</code>],
        ]}
      />
      <Mappings mappings={concept.mappings} />
      <h2>{say('definitions.concept.labels')}</h2>
      <Facts
        facts={labels.map(({ language, text }) => [
          language,
          <span key={language} lang={language}>
            {text}
          </span>,
        ])}
      />
      <h2>{say('definitions.concept.sources')}</h2>
      <Points points={sources} />
    </>
  );
}

function linksTo(ids: readonly string[]): ReactNode {
  return ids.length === 0 ? null : <ConceptLinks ids={ids} />;
}

function ConceptLinks({ ids }: { readonly ids: readonly string[] }): ReactNode {
  const { label } = useConcepts();
  return (
    <ul className="in-line">
      {ids.map((id) => (
        <li key={id}>
          <Link href={`/concepts/${id}`}>{label(id)}</Link>
        </li>
      ))}
    </ul>
  );
}

function Mappings({ mappings }: Pick<ConceptInFull, 'mappings'>): ReactNode {
  const { say, knows } = useWords<AreaWord>();
  if (mappings.length === 0)
    return (
      <>
        <h2>{say('definitions.concept.mappings')}</h2>
        <p>{say('definitions.concept.mappings.none')}</p>
      </>
    );
  const relation = (predicate: string): string => {
    const id = `definitions.mapping.${predicate.replace('skos:', '').toLowerCase()}`;
    return knows(id) ? say(id) : predicate;
  };
  return (
    <DataTable
      caption={<h2 className="in-caption">{say('definitions.concept.mappings')}</h2>}
      rows={mappings}
      keyOf={({ predicate, objectId }) => `${predicate} ${objectId}`}
      columns={[
        {
          key: 'term',
          head: say('definitions.concept.mapping.term'),
          namesRow: true,
          cell: ({ objectId, objectLabel }) => (
            <span lang="en">
              {objectLabel} <code>{objectId}</code>
            </span>
          ),
        },
        {
          key: 'relation',
          head: say('definitions.concept.mapping.relation'),
          cell: ({ predicate }) => relation(predicate),
        },
        {
          key: 'comment',
          head: say('definitions.concept.mapping.comment'),
          cell: ({ comment }) => <span lang="en">{comment}</span>,
        },
      ]}
    />
  );
}
