import type { ReactNode } from 'react';
import { Facts, Page, Problem, Waiting } from '../controls/index.js';
import { useLanguage, useWords, useWritten } from '../language/index.js';
import { useOpenAsk } from '../session/index.js';
import { LAW_IN_FULL, type LawInFull } from './documents.js';
import { InEnglish } from './in-english.js';
import { ConfidenceText } from './law-list.js';
import { Offence } from './offence.js';
import { NoAdvice, PartNavigation } from './part-navigation.js';
import { useLawName } from '../ontology/index.js';
import type { AreaWord } from './words.js';

/** One law: what it asks, how sure that is, what changes, and what a lawyer should confirm. */
export function LawPage({ code }: { readonly code: string }): ReactNode {
  const { say } = useWords<AreaWord>();
  const { language } = useLanguage();
  const nameOf = useLawName();
  const { data, error, refetch } = useOpenAsk<{ law: LawInFull | null }>(LAW_IN_FULL, { code, language });
  return (
    <Page title={data?.law ? nameOf(code) : say('definitions.title')}>
      <PartNavigation query={`laws=${code}`} />
      {error && <Problem error={error} onAgain={() => void refetch()} />}
      {!data && !error && <Waiting />}
      {data && (data.law ? <LawText law={data.law} /> : <p>{say('definitions.law.not-found')}</p>)}
    </Page>
  );
}

function LawText({ law }: { readonly law: LawInFull }): ReactNode {
  const { say } = useWords<AreaWord>();
  const { date } = useWritten();
  const { confidence, asAt, version, recorded, pendingReform, toConfirm, variants, sources } = law;
  return (
    <>
      <NoAdvice />
      <Facts
        facts={[
          [say('definitions.laws.confidence'), <ConfidenceText key="confidence" of={confidence} />],
          [say('definitions.laws.as-at'), asAt === null ? null : date(asAt)],
          [say('definitions.law.version'), say('definitions.law.version.of', { version, date: date(recorded) })],
        ]}
      />
      {pendingReform !== null && (
        <section className="panel">
          <h2>{say('definitions.laws.reform')}</h2>
          <InEnglish isSaid>
            <p>{pendingReform}</p>
          </InEnglish>
        </section>
      )}
      {toConfirm.length > 0 && (
        <section className="panel">
          <h2>{say('definitions.laws.to-confirm')}</h2>
          <InEnglish isSaid>
            <Points points={toConfirm} />
          </InEnglish>
        </section>
      )}
      <h2>{say('definitions.law.offences', { count: variants.length })}</h2>
      {variants.map((one) => (
        <Offence key={one.id} offence={one} />
      ))}
      <details>
        <summary>
          <h2 className="in-summary">{say('definitions.law.sources')}</h2>
        </summary>
        <InEnglish>
          <Points points={sources} />
        </InEnglish>
      </details>
    </>
  );
}

/** A list of texts. */
export function Points({ points }: { readonly points: readonly string[] }): ReactNode {
  return (
    <ul>
      {points.map((point) => (
        <li key={point}>{point}</li>
      ))}
    </ul>
  );
}
