import { useState, type ReactNode } from 'react';
import { AnyOf, TextField } from '../controls/index.js';
import { useWords, useWritten } from '../language/index.js';
import { useLaws, useLawName } from '../ontology/index.js';
import { lawCodeOf } from './asked-elements.js';
import { useToday } from './looking.js';
import type { AreaWord } from './words.js';

/** Which laws are looked at, and as they stand on which day. Open while there are too few. */
export function LawChooser(props: {
  readonly laws: readonly string[];
  readonly onDate: string | null;
  readonly atLeast: number;
  readonly onLaws: (laws: readonly string[]) => void;
  readonly onDay: (day: string | null) => void;
}): ReactNode {
  const { say } = useWords<AreaWord>();
  const { list } = useWritten();
  const known = useLaws();
  const nameOf = useLawName();
  const today = useToday();
  const { laws, onDate, atLeast, onLaws, onDay } = props;
  const [startsOpen] = useState(laws.length < atLeast); // and stays as it is while laws are ticked
  const offences = laws.filter((ref) => ref !== lawCodeOf(ref));
  return (
    <details className="panel law-chooser" open={startsOpen}>
      <summary>
        <strong>{say('definitions.chooser.change')}</strong>{' '}
        <span>
          {laws.length === 0
            ? say('definitions.chooser.none')
            : say('definitions.chooser.chosen', { laws: list(laws.map(nameOf)) })}
        </span>
      </summary>
      <AnyOf
        label={say('definitions.chooser.label')}
        choices={[
          ...known.map(({ code }) => ({ value: code, label: nameOf(code) })),
          ...offences.map((ref) => ({ value: ref, label: nameOf(ref) })),
        ]}
        chosen={laws}
        onChoose={onLaws}
      />
      <TextField
        label={say('definitions.chooser.day')}
        hint={say('definitions.chooser.day.hint')}
        type="date"
        value={onDate ?? today}
        onText={(day) => onDay(day === '' || day === today ? null : day)}
      />
    </details>
  );
}
