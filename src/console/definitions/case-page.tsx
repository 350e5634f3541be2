import { useMemo, type ReactNode } from 'react';
import { Link } from 'wouter';
import { Page, Problem, Waiting } from '../controls/index.js';
import { useWords } from '../language/index.js';
import { useConcepts } from '../ontology/index.js';
import { useOpenAsk } from '../session/index.js';
import { writeLooking } from './address.js';
import { ELEMENT_KINDS, lawCodeOf, offencesUnder } from './asked-elements.js';
import { relationsOf } from './concept-relations.js';
import { JUDGE_MADE_UP, type JudgementAnswer } from './documents.js';
import { FactGroups } from './fact-groups.js';
import { LawChooser } from './law-chooser.js';
import { LawVerdict } from './law-verdict.js';
import { useLawsInFull } from './laws-in-full.js';
import { useLooking, useToday } from './looking.js';
import { factsToJudge } from './made-up-case.js';
import { NoAdvice, PartNavigation } from './part-navigation.js';
import { VerdictStrip } from './verdict-strip.js';
import type { AreaWord } from './words.js';

/** Facts are ticked, and every chosen law is judged by the hub at once. */
export function CasePage(): ReactNode {
  const { say } = useWords<AreaWord>();
  const [looking, look] = useLooking();
  const { laws, onDate, facts } = looking;
  const today = useToday();
  const concepts = useConcepts();
  const full = useLawsInFull(laws);
  const relations = useMemo(() => relationsOf(concepts.all), [concepts]);
  const legal = ELEMENT_KINDS.flatMap((kind) => concepts.inScheme(kind.toLowerCase()).map(({ id }) => id));
  const named = new Set(
    laws.flatMap((ref) =>
      offencesUnder(full.find(lawCodeOf(ref))?.variants ?? [], ref, onDate ?? today).flatMap(({ elements }) =>
        elements.flatMap(({ anyOf, waivedUnder }) => [
          ...anyOf,
          ...(waivedUnder === null ? [] : [`age/under-${waivedUnder}`]),
        ]),
      ),
    ),
  );
  const { data, error, refetch, isPlaceholderData } = useOpenAsk<{ judge: readonly JudgementAnswer[] }>(
    JUDGE_MADE_UP,
    { case: factsToJudge(facts, legal, relations), under: laws, onDate },
    { enabled: laws.length > 0 && concepts.all.length > 0, keepsFormer: true },
  );
  const judgements = (data?.judge ?? []).filter(({ under }) => laws.includes(under));
  const query = writeLooking(looking);
  return (
    <Page title={say('definitions.case.title')} lead={say('definitions.case.lead')}>
      <PartNavigation query={query} />
      <NoAdvice />
      <p className="note">{say('definitions.case.made-up')}</p>
      <LawChooser
        laws={laws}
        onDate={onDate}
        atLeast={1}
        onLaws={(next) => look({ laws: next })}
        onDay={(day) => look({ onDate: day })}
      />
      {laws.length === 0 && <p>{say('definitions.case.too-few')}</p>}
      {error && <Problem error={error} safe={say('definitions.case.safe')} onAgain={() => void refetch()} />}
      {full.error && <Problem error={full.error} safe={say('definitions.case.safe')} onAgain={full.again} />}
      {laws.length > 0 && (
        <div className="made-up-case">
          <section aria-labelledby="case-facts" className="case-facts">
            <h2 id="case-facts">{say('definitions.case.facts')}</h2>
            {full.isPending || concepts.all.length === 0 ? (
              <Waiting />
            ) : (
              <FactGroups facts={facts} named={named} relations={relations} onFacts={(next) => look({ facts: next })} />
            )}
            <VerdictStrip judgements={judgements} />
          </section>
          <section aria-labelledby="case-verdicts" className="case-verdicts">
            <h2 id="case-verdicts">{say('definitions.case.verdicts')}</h2>
            {isPlaceholderData && (
              <div className="late">
                <Waiting />
              </div>
            )}
            {judgements.length === 0 && !error ? (
              <Waiting />
            ) : (
              <div className="law-verdicts">
                {judgements.map((judgement) => (
                  <LawVerdict key={judgement.under} judgement={judgement} full={full} />
                ))}
              </div>
            )}
            {laws.length > 1 && (
              <p className="not-printed">
                <Link href={`/compare?${query}`}>{say('definitions.case.compare')}</Link>
              </p>
            )}
          </section>
        </div>
      )}
    </Page>
  );
}
