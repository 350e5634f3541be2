import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { Facts } from '../controls/index.js';
import { useWords, useWritten } from '../language/index.js';
import { useConcepts } from '../ontology/index.js';
import { useTerm } from '../terms/index.js';
import { hasIdentity, type FlagAnswers } from './answers.js';
import { stepsFor, type Step } from './steps.js';
import type { FlagWord } from './words.js';

/** Everything that was answered, question by question, each with the way back to it. */
export function Summary({ answers }: { readonly answers: FlagAnswers }): ReactNode {
  const { say } = useWords<FlagWord>();
  const { date, country, list } = useWritten();
  const { label } = useConcepts();
  const term = useTerm();
  const nothing = say('flag.check.nothing');
  const countries = (codes: readonly string[]): string => (codes.length === 0 ? nothing : list(codes.map(country)));
  const rows: Readonly<Partial<Record<Step, readonly (readonly [string, string])[]>>> = {
    consent: [[say('flag.consent.which'), list(answers.consent.map((one) => say(`flag.consent.${one}`)))]],
    ground: [
      [say('flag.ground.which'), answers.ground === null ? nothing : say(`flag.ground.${answers.ground}`)],
      ...(answers.ground === 'consent'
        ? [[say('flag.consent.which'), list(answers.consent.map((one) => say(`flag.consent.${one}`)))] as const]
        : []),
    ],
    episode: [
      [say('flag.happened.exploitation'), countries(answers.exploitation)],
      [say('flag.episode.start'), answers.start === '' ? nothing : date(answers.start)],
      [say('flag.episode.end'), answers.end === '' ? nothing : date(answers.end)],
    ],
    person: [[say('flag.person.title'), say(hasIdentity(answers) ? 'flag.check.identity' : 'flag.check.no-identity')]],
    return: [
      [say('flag.return.from'), answers.from === '' ? nothing : country(answers.from)],
      [say('flag.return.on'), answers.on === '' ? nothing : date(answers.on)],
      [say('flag.return.manner'), answers.manner === '' ? nothing : label(answers.manner)],
    ],
    about: [
      [say('flag.about.age'), answers.ageBand === '' ? nothing : label(answers.ageBand)],
      [say('flag.about.gender'), answers.gender === '' ? nothing : label(answers.gender)],
      [say('flag.about.citizenships'), countries(answers.citizenships)],
      [say('flag.about.origin'), countries(answers.origin)],
    ],
    happened: [
      ...(answers.kind === 'returnee'
        ? [[say('flag.happened.exploitation'), countries(answers.exploitation)] as const]
        : []),
      [say('flag.happened.known'), answers.present.length === 0 ? nothing : list(answers.present.map(label))],
    ],
    wishes: [
      [say('flag.wishes.on-match'), say(`flag.wishes.${answers.onMatch}`)],
      [say('flag.wishes.follow-up'), say(`flag.wishes.${answers.followUp}`)],
    ],
    audience: [
      [
        say('flag.audience.whom'),
        answers.whom === 'everyone' ? say('flag.audience.everyone') : countries(answers.countries),
      ],
      [say('flag.audience.purposes'), list(answers.purposes.map((one) => term('purpose', one)))],
      [say('flag.audience.source'), term('source', answers.source)],
      [say('flag.audience.information'), term('information', answers.information)],
    ],
  };
  return (
    <>
      {stepsFor(answers)
        .filter((step) => step !== 'check')
        .map((step) => (
          <section key={step} className="panel answered">
            <h2>{say(`flag.${step}.title`)}</h2>
            <Facts facts={rows[step] ?? []} />
            <Link href={`/${step}#check`}>
              {say('flag.check.change')}
              <span className="seen-by-readers-only"> {say(`flag.${step}.title`)}</span>
            </Link>
          </section>
        ))}
    </>
  );
}
