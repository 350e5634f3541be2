import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { Facts } from '../controls/index.js';
import { useWords, useWritten } from '../language/index.js';
import { useConcepts } from '../ontology/index.js';
import { useTerm } from '../terms/index.js';
import type { ElementAnswer, VariantAnswer } from './documents.js';
import { InEnglish } from './in-english.js';
import type { AreaWord } from './words.js';

/** One offence or test of a law, element by element. */
export function Offence({ offence }: { readonly offence: VariantAnswer }): ReactNode {
  const { say } = useWords<AreaWord>();
  const term = useTerm();
  const { id, label, citation, counts, elements, toConfirm } = offence;
  return (
    <section className="panel">
      <h3>{label}</h3>
      <Facts
        facts={[
          [say('definitions.offence.provision'), citation],
          [
            say('definitions.offence.counts'),
            say(counts ? 'definitions.offence.counts.yes' : 'definitions.offence.counts.no'),
          ],
          [say('definitions.offence.in-force'), <InForce key="in-force" offence={offence} />],
          ...elements.map(
            (element, at) =>
              [
                `${term('element', element.kind)}${isAgain(elements, at) ? ` ${at + 1}` : ''}`,
                <Element key={at} element={element} />,
              ] as const,
          ),
        ]}
      />
      {toConfirm.length > 0 && (
        <>
          <p>
            <strong>{say('definitions.laws.to-confirm')}</strong>
          </p>
          <InEnglish>
            <ul>
              {toConfirm.map((point) => (
                <li key={point}>{point}</li>
              ))}
            </ul>
          </InEnglish>
        </>
      )}
      <p>
        <Link href={`/case?laws=${id}`}>{say('definitions.offence.alone')}</Link>
      </p>
    </section>
  );
}

/** Whether an element before this one is of the same kind. */
function isAgain(elements: readonly ElementAnswer[], at: number): boolean {
  return elements.slice(0, at).some(({ kind }) => kind === elements[at]?.kind);
}

function InForce({ offence: { validFrom, validTo } }: { readonly offence: VariantAnswer }): ReactNode {
  const { say } = useWords<AreaWord>();
  const { date } = useWritten();
  if (validFrom !== null && validTo !== null)
    return say('definitions.offence.in-force.between', { from: date(validFrom), to: date(validTo) });
  if (validFrom !== null) return say('definitions.offence.in-force.from', { from: date(validFrom) });
  return validTo === null ? null : say('definitions.offence.in-force.until', { to: date(validTo) });
}

function Element({ element: { kind, anyOf, open, waivedUnder } }: { readonly element: ElementAnswer }): ReactNode {
  const { say } = useWords<AreaWord>();
  const { label } = useConcepts();
  const concepts = anyOf.map((id) => label(id)).join(', ');
  return (
    <>
      {anyOf.length === 1 ? concepts : say('definitions.element.any', { concepts })}
      {open && <small className="hint">{say('definitions.element.open')}</small>}
      {waivedUnder !== null && (
        <small className="hint">{say('definitions.element.waived', { years: waivedUnder })}</small>
      )}
      {kind === 'MEANS' && waivedUnder === null && (
        <small className="hint">{say('definitions.element.waived.never')}</small>
      )}
    </>
  );
}
