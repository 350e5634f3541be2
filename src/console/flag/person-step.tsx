import { useState, type ReactNode } from 'react';
import { DOCUMENT_TYPES } from '../../protocol/linkage/index.js';
import { Button, CountryField, OneOfMany, TextField } from '../controls/index.js';
import { useWords } from '../language/index.js';
import { readRecord, RecordRefused, type ReadRecord } from '../pseudonyms/index.js';
import { recordOf, type WrittenIdentity } from './answers.js';
import { useFlag } from './flag-context.js';
import { Question } from './question.js';
import type { FlagWord } from './words.js';

/** The fields of the page by the normaliser's names. */
const FIELDS: Readonly<Record<string, keyof WrittenIdentity>> = {
  names: 'given',
  birthDate: 'birthDate',
  birthCountry: 'birthCountry',
  birthPlace: 'birthPlace',
  documents: 'documentNumber',
};

type TextName = Exclude<keyof WrittenIdentity, 'birthCountry' | 'documentIssuer' | 'documentType'>;

/** Who the person is. It stays on this computer: only what custodians made blindly of it goes out. */
export function PersonStep(): ReactNode {
  const { say, knows } = useWords<FlagWord>();
  const { answers, answer } = useFlag();
  const [read, setRead] = useState<ReadRecord | null>(null);
  const [refused, setRefused] = useState<RecordRefused | null>(null);
  const [isEmpty, setIsEmpty] = useState(false);
  const { identity } = answers;
  const write = (more: Partial<WrittenIdentity>): void => {
    setRead(null);
    setIsEmpty(false);
    answer({ identity: { ...identity, ...more } });
  };
  /** Reads the record as it will be read when it is sent, on this computer; whether it can be. */
  const look = (): boolean => {
    const record = recordOf(answers);
    setRefused(null);
    setIsEmpty(record === null);
    if (record === null) return true;
    try {
      setRead(readRecord(record));
      return true;
    } catch (error) {
      if (!(error instanceof RecordRefused)) throw error;
      setRefused(error);
      return false;
    }
  };
  const refusal = (field: keyof WrittenIdentity): string | null => {
    if (!refused || (FIELDS[refused.path[0] ?? ''] ?? 'given') !== field) return null;
    const id = `flag.person.refused.${refused.code}`;
    return knows(id) ? say(id) : say('flag.person.refused');
  };
  return (
    <Question step="person" lead={say('flag.person.lead')} onGoOn={() => Promise.resolve(look())}>
      {(wrong) => {
        const text = (name: TextName): ReactNode => (
          <TextField
            label={say(`flag.person.${name}`)}
            hint={knows(`flag.person.${name}.hint`) && say(`flag.person.${name}.hint` as FlagWord)}
            wrong={wrong(name) ?? refusal(name)}
            value={identity[name]}
            spellCheck={false}
            onText={(given) => write({ [name]: given })}
          />
        );
        return (
          <>
            <div className="note stays-here">
              <p>
                <strong>{say('flag.person.stays')}</strong> {say('flag.person.stays.what')}
              </p>
            </div>
            {text('given')}
            {text('family')}
            {text('other')}
            {text('birthDate')}
            <CountryField
              label={say('flag.person.birthCountry')}
              wrong={refusal('birthCountry')}
              chosen={identity.birthCountry}
              onChoose={(birthCountry) => write({ birthCountry })}
            />
            {text('birthPlace')}
            <details className="panel" open={identity.documentNumber !== '' || undefined}>
              <summary>{say('flag.person.document')}</summary>
              <OneOfMany
                label={say('flag.person.documentType')}
                choices={DOCUMENT_TYPES.map((value) => ({ value, label: say(`flag.person.documentType.${value}`) }))}
                chosen={DOCUMENT_TYPES.find((type) => type === identity.documentType) ?? ''}
                none={say('flag.none')}
                onChoose={(documentType) => write({ documentType })}
              />
              <CountryField
                label={say('flag.person.documentIssuer')}
                chosen={identity.documentIssuer}
                onChoose={(documentIssuer) => write({ documentIssuer })}
              />
              {text('documentNumber')}
            </details>
            <Button onClick={look}>{say('flag.person.look')}</Button>
            <Strength read={read} isEmpty={isEmpty} />
          </>
        );
      }}
    </Question>
  );
}

/** How well the person can be recognised by what is written down. */
function Strength({ read, isEmpty }: { readonly read: ReadRecord | null; readonly isEmpty: boolean }): ReactNode {
  const { say } = useWords<FlagWord>();
  return (
    <div role="status" className="strength">
      {isEmpty && <p>{say('flag.person.strength.empty')}</p>}
      {read && (
        <>
          <p>{say(`flag.person.strength.${read.strength}`)}</p>
          {read.strength !== 'strong' && read.wouldHelp.length > 0 && (
            <>
              <p>{say('flag.person.would-help')}</p>
              <ul>
                {read.wouldHelp.map((what) => (
                  <li key={what}>{say(`flag.person.would-help.${what}`)}</li>
                ))}
              </ul>
            </>
          )}
        </>
      )}
    </div>
  );
}
