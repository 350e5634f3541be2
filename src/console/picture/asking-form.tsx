import { useState, type ReactNode } from 'react';
import { AnyOf, OneOf, OneOfMany, TextField } from '../controls/index.js';
import { useWords } from '../language/index.js';
import { useConcepts, useLaws } from '../ontology/index.js';
import { isPeriod, type Asking } from './asking.js';
import { useNaming } from './naming.js';
import type { AreaWord } from './words.js';

/** What is counted: laws, period, form, whose alerts. Every change is asked at once. */
export function AskingForm(props: {
  readonly asking: Asking;
  readonly onAsk: (next: Partial<Asking>) => void;
}): ReactNode {
  const { say } = useWords<AreaWord>();
  const { law } = useNaming();
  const concepts = useConcepts();
  const laws = useLaws().map(({ code }) => ({ value: code, label: law(code) }));
  const { asking, onAsk } = props;
  return (
    <details className="panel asking not-printed">
      <summary>
        <h2 className="in-summary">{say('picture.ask')}</h2>
      </summary>
      <AnyOf
        label={say('picture.ask.under')}
        choices={laws}
        chosen={asking.under}
        onChoose={(under) => {
          if (under.length <= 8) onAsk({ under });
        }}
      />
      <div className="asking-fields">
        <OneOfMany
          label={say('picture.ask.met')}
          none={say('picture.ask.met.none')}
          choices={laws}
          chosen={asking.metUnder ?? ''}
          onChoose={(code) => onAsk({ metUnder: code === '' ? null : code })}
        />
        <OneOfMany
          label={say('picture.ask.form')}
          none={say('picture.ask.form.all')}
          choices={concepts.inScheme('purpose').map(({ id, label }) => ({ value: id, label }))}
          chosen={asking.form ?? ''}
          onChoose={(form) => onAsk({ form: form === '' ? null : form })}
        />
        <Period label={say('picture.ask.from')} period={asking.from} onPeriod={(from) => onAsk({ from })} />
        <Period label={say('picture.ask.until')} period={asking.until} onPeriod={(until) => onAsk({ until })} />
        <OneOf
          label={say('picture.ask.about')}
          choices={[
            { value: 'PERSON', label: say('picture.ask.about.person') },
            { value: 'PATTERN', label: say('picture.ask.about.pattern') },
          ]}
          chosen={asking.about}
          onChoose={(about) => onAsk({ about })}
        />
        <OneOf
          label={say('picture.ask.scope')}
          choices={[
            { value: 'SHARED', label: say('picture.ask.scope.shared') },
            { value: 'OWN', label: say('picture.ask.scope.own') },
          ]}
          chosen={asking.scope}
          onChoose={(scope) => onAsk({ scope })}
        />
      </div>
    </details>
  );
}

/** A year or month, taken once it is one. */
export function Period(props: {
  readonly label: string;
  readonly hint?: string;
  readonly period: string | null;
  readonly onPeriod: (period: string | null) => void;
}): ReactNode {
  const { say } = useWords<AreaWord>();
  const { label, hint, period, onPeriod } = props;
  const [text, setText] = useState(period ?? '');
  const [wasLeft, setWasLeft] = useState(false);
  const isWrong = text !== '' && !isPeriod(text);
  return (
    <TextField
      label={label}
      hint={hint ?? say('picture.ask.period.hint')}
      wrong={isWrong && wasLeft ? say('picture.ask.period.wrong') : undefined}
      value={text}
      inputMode="numeric"
      maxLength={7}
      onBlur={() => setWasLeft(true)}
      onText={(next) => {
        setText(next);
        if (next === '' || isPeriod(next)) onPeriod(next === '' ? null : next);
      }}
    />
  );
}
