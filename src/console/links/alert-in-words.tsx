import type { ReactNode } from 'react';
import { useWords, useWritten } from '../language/index.js';
import { useConcepts } from '../ontology/index.js';
import { useTerm } from '../terms/index.js';
import type { AlertOfLink } from './documents.js';
import type { AreaWord } from './words.js';

/** An alert in one line, enough to know which of one's own it is. */
export function AlertInWords({ alert }: { readonly alert: AlertOfLink }): ReactNode {
  const { say } = useWords<AreaWord>();
  const term = useTerm();
  const { label } = useConcepts();
  const { country, instant } = useWritten();
  const { person, episode } = alert;
  const way = [...episode.origin, ...episode.exploitation].map(country);
  return [
    term('alert-kind', alert.kind),
    person?.gender && label(person.gender),
    person?.ageBand && label(person.ageBand),
    way.join(' → '),
    alert.return?.from && say('links.alert.returned-from', { country: country(alert.return.from) }),
    say('links.alert.raised', { date: instant(alert.raisedAt) }),
  ]
    .filter((part) => part)
    .join(' · ');
}
