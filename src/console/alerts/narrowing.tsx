import './alerts.css';
import type { ReactNode } from 'react';
import { ALERT_KINDS } from '../../protocol/index.js';
import { AnyOf, CountriesField, OneOfMany } from '../controls/index.js';
import { useWords, useWritten } from '../language/index.js';
import { useMemberNames } from '../members/index.js';
import { useLawName, useLaws } from '../ontology/index.js';
import { useTerm } from '../terms/index.js';
import { LawsField } from './laws-field.js';
import type { ListChoice } from './filter.js';
import type { AlertWord } from './words.js';

const VERDICTS = ['MET', 'NOT_MET', 'UNDETERMINED'] as const;

/** What narrows the list. Each change is in the address at once, so that it can be kept and passed on. */
export function Narrowing(props: {
  readonly choice: ListChoice;
  readonly onChoose: (choice: ListChoice) => void;
}): ReactNode {
  const { say } = useWords<AlertWord>();
  const term = useTerm();
  const laws = useLaws();
  const lawName = useLawName();
  const { choice, onChoose } = props;
  const change = (more: Partial<ListChoice>): void => {
    onChoose({ ...choice, ...more });
  };
  const narrowed =
    choice.kinds.length + choice.origin.length + choice.exploitation.length + (choice.sender === '' ? 0 : 1);
  const [law] = choice.under;
  const names = useMemberNames();
  const { locale } = useWritten();
  const codes = choice.sender === '' ? names.keys() : new Set([...names.keys(), choice.sender]);
  const senders = [...codes]
    .map((code) => ({ value: code, label: names.get(code) ?? code }))
    .sort((a, b) => a.label.localeCompare(b.label, locale));
  return (
    <details className="panel">
      <summary>
        <strong>{say('alerts.narrow')}</strong> {say('alerts.narrow.count', { count: narrowed })}
      </summary>
      <div className="narrowing">
        <LawsField
          label={say('alerts.narrow.under')}
          hint={say('alerts.narrow.under.hint')}
          laws={laws}
          chosen={choice.under}
          onChoose={(under) => change({ under })}
        />
        {law !== undefined && (
          <OneOfMany
            label={say('alerts.narrow.verdict', { law: lawName(law) })}
            choices={VERDICTS.map((value) => ({ value, label: term('verdict', value) }))}
            chosen={VERDICTS.find((verdict) => verdict === choice.verdict) ?? ''}
            none={say('alerts.any')}
            onChoose={(verdict) => change({ verdict })}
          />
        )}
        <CountriesField
          label={say('alerts.narrow.origin')}
          chosen={choice.origin}
          onChoose={(origin) => change({ origin })}
        />
        <CountriesField
          label={say('alerts.narrow.exploitation')}
          chosen={choice.exploitation}
          onChoose={(exploitation) => change({ exploitation })}
        />
        <AnyOf
          label={say('alerts.narrow.kind')}
          choices={ALERT_KINDS.map((value) => ({ value, label: term('alert-kind', value) }))}
          chosen={ALERT_KINDS.filter((kind) => choice.kinds.includes(kind))}
          onChoose={(kinds) => change({ kinds })}
        />
        <OneOfMany
          label={say('alerts.narrow.sender')}
          choices={senders}
          chosen={choice.sender}
          none={say('alerts.any')}
          onChoose={(sender) => change({ sender })}
        />
        <OneOfMany
          label={say('alerts.order')}
          choices={[
            { value: 'newest', label: say('alerts.order.newest') },
            { value: 'oldest', label: say('alerts.order.oldest') },
          ]}
          chosen={choice.oldestFirst ? 'oldest' : 'newest'}
          onChoose={(order) => change({ oldestFirst: order === 'oldest' })}
        />
      </div>
    </details>
  );
}
