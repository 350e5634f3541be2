import type { ReactNode } from 'react';
import type { AlertDetailAnswer, FactAnswer } from '../../member/documents/index.js';
import { Facts } from '../controls/index.js';
import { useWords, useWritten } from '../language/index.js';
import { useMemberName } from '../members/index.js';
import { useConcepts } from '../ontology/index.js';
import { useTerm } from '../terms/index.js';
import type { AlertWord } from './words.js';

/** What is asserted, and by whom. What the hub inferred is marked as inferred. */
export function Asserted({ alert }: { readonly alert: AlertDetailAnswer }): ReactNode {
  const { say, knows } = useWords<AlertWord>();
  const { instant, date, country, list } = useWritten();
  const { label } = useConcepts();
  const nameOf = useMemberName();
  const term = useTerm();
  const { person, episode, identification, handling, evaluation, legalBasis } = alert;
  const countries = (codes: readonly string[]): string => list(codes.map(country));
  const span = [episode.start, episode.end].map((day) => (day === null ? say('alerts.unknown') : date(day)));
  const known = (id: string, code: string): string => (knows(id) ? say(id) : code);
  const scopes = legalBasis.consentScope.map((scope) => known(`alerts.consent.${scope}`, scope));
  return (
    <section className="panel">
      <h2>{say('alerts.asserted')}</h2>
      <Facts
        facts={[
          [say('alerts.from'), alert.sender ? nameOf(alert.sender.code) : say('alerts.the-hub')],
          [
            say('alerts.stands'),
            say('alerts.stands.what', {
              state: term('alert-state', alert.state),
              revision: alert.revision,
              until: date(alert.expiresAt.slice(0, 10)),
            }),
          ],
          [say('alerts.received'), instant(alert.receivedAt)],
          [say('alerts.pseudonym'), alert.pseudonym && <code>{alert.pseudonym.slice(0, 12)}…</code>],
          [
            say('alerts.age'),
            person?.ageBand
              ? `${label(person.ageBand)}${person.ageAtRegistration ? ` (${say('alerts.age.registered')})` : ''}`
              : null,
          ],
          [say('alerts.gender'), person?.gender ? label(person.gender) : null],
          [say('alerts.citizenships'), person ? countries(person.citizenships) : null],
          [say('alerts.episode'), episode.start === null && episode.end === null ? null : span.join(' – ')],
          [say('alerts.transit'), countries(episode.transit)],
          [say('alerts.return'), alert.return && returnText(alert.return, { label, country, date })],
          [
            say('alerts.on-match'),
            alert.return?.onMatch ? known(`alerts.on-match.${alert.return.onMatch}`, alert.return.onMatch) : null,
          ],
          [
            say('alerts.follow-up'),
            alert.return?.followUp ? known(`alerts.follow-up.${alert.return.followUp}`, alert.return.followUp) : null,
          ],
          [
            say('alerts.identification'),
            identification &&
              [
                label(identification.status),
                identification.under,
                identification.on === null ? null : date(identification.on),
              ]
                .filter((part) => part !== null)
                .join(', '),
          ],
          [say('alerts.protection'), alert.protection && label(alert.protection)],
          [say('alerts.codes'), alert.nationalCodes.map(({ variant }) => variant).join(', ')],
          [
            say('alerts.legal-basis'),
            [known(`alerts.ground.${legalBasis.ground}`, legalBasis.ground), ...scopes].join(', '),
          ],
          [say('alerts.purposes'), list(handling.purposes.map((purpose) => term('purpose', purpose)))],
          [say('alerts.handling'), term('handling', handling.code)],
          [
            say('alerts.evaluation'),
            `${term('source', evaluation.source)}; ${term('information', String(evaluation.information))}`,
          ],
          [
            say('alerts.retrafficking'),
            alert.retrafficking &&
              say('alerts.retrafficking.what', {
                definition: alert.retrafficking.definition,
                exited: alert.retrafficking.exited === null ? say('alerts.unknown') : date(alert.retrafficking.exited),
                began: alert.retrafficking.began === null ? say('alerts.unknown') : date(alert.retrafficking.began),
              }),
          ],
        ]}
      />
      <KnownFacts facts={alert.facts} oneOf={alert.oneOf} />
    </section>
  );
}

function returnText(
  { manner, from, on }: NonNullable<AlertDetailAnswer['return']>,
  { label, country, date }: Record<'label' | 'country' | 'date', (code: string) => string>,
): string {
  return [label(manner), from && country(from), on && date(on)].filter((part) => part !== null).join(', ');
}

/** The facts of the case, asserted ones first. */
function KnownFacts(props: {
  readonly facts: readonly FactAnswer[];
  readonly oneOf: readonly (readonly string[])[];
}): ReactNode {
  const { say } = useWords<AlertWord>();
  const { list } = useWritten();
  const { label } = useConcepts();
  const asserted = props.facts.filter(({ inferred }) => !inferred);
  const inferred = props.facts.filter((fact) => fact.inferred);
  return (
    <>
      <h3>{say('alerts.facts')}</h3>
      {asserted.length === 0 ? (
        <p>{say('alerts.facts.none')}</p>
      ) : (
        <ul className="checked-list">
          {asserted.map(({ concept, present }) => (
            <li key={concept} className={present ? undefined : 'is-absent'}>
              {present ? label(concept) : say('alerts.facts.absent', { fact: label(concept) })}
            </li>
          ))}
        </ul>
      )}
      {props.oneOf.map((clause) => (
        <p key={clause.join()}>{say('alerts.facts.one-of', { facts: list(clause.map(label)) })}</p>
      ))}
      {inferred.length > 0 && (
        <details>
          <summary>{say('alerts.facts.inferred', { count: inferred.length })}</summary>
          <ul>
            {inferred.map(({ concept, present }) => (
              <li key={concept}>{present ? label(concept) : say('alerts.facts.absent', { fact: label(concept) })}</li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
