import { useState, type ReactNode } from 'react';
import type { LinkAnswer } from '../../member/documents/index.js';
import type { StatedEpisode } from '../../protocol/index.js';
import { Button, Buttons, OneOf, Page, TextField } from '../controls/index.js';
import { useWords } from '../language/index.js';
import { BackToLink } from './signing-step.js';
import { readEpisode, type EpisodeDraft } from './stated-episode.js';
import type { AreaWord } from './words.js';

const EXITS = ['exited', 'not-exited', 'unknown'] as const;
const EXPLOITERS = ['same', 'other', 'unknown'] as const;

/** What one knows of the episode that one's own alert is about. */
export function EpisodeForm(props: {
  readonly link: LinkAnswer;
  readonly draft: EpisodeDraft;
  readonly onChange: (more: Partial<EpisodeDraft>) => void;
  readonly onDone: (episode: StatedEpisode) => void;
}): ReactNode {
  const { say } = useWords<AreaWord>();
  const { link, draft, onChange } = props;
  const [tried, setTried] = useState(false);
  const read = readEpisode(draft);
  const wrong = (name: keyof EpisodeDraft): string | null => {
    const fault = tried ? read.faults?.[name] : undefined;
    return fault === undefined ? null : say(`links.fault.${fault}`);
  };
  return (
    <Page title={say('links.confirm.title')} lead={say('links.confirm.lead')}>
      <BackToLink link={link} />
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (read.episode) props.onDone(read.episode);
          else focusFirstFault(event.currentTarget);
        }}
      >
        <TextField
          label={say('links.episode.began')}
          hint={say('links.episode.date.hint')}
          wrong={wrong('began')}
          value={draft.began}
          onText={(began) => onChange({ began })}
        />
        <OneOf
          label={say('links.episode.exit')}
          hint={say('links.episode.exit.hint')}
          wrong={wrong('exit')}
          choices={EXITS.map((value) => ({ value, label: say(`links.exit.${value}`) }))}
          chosen={draft.exit}
          onChoose={(exit) => onChange({ exit })}
        />
        {draft.exit === 'exited' && (
          <TextField
            label={say('links.episode.exited')}
            hint={say('links.episode.date.hint')}
            wrong={wrong('exited')}
            value={draft.exited}
            onText={(exited) => onChange({ exited })}
          />
        )}
        <OneOf
          label={say('links.episode.exploiters')}
          hint={say('links.episode.exploiters.hint')}
          wrong={wrong('exploiters')}
          choices={EXPLOITERS.map((value) => ({ value, label: say(`links.exploiters.${value}`) }))}
          chosen={draft.exploiters}
          onChoose={(exploiters) => onChange({ exploiters })}
        />
        <Buttons>
          <Button type="submit" look="main">
            {say('links.confirm.check')}
          </Button>
        </Buttons>
      </form>
    </Page>
  );
}

/** Faults are shown after this has run; the focus goes to the first field that has one. */
function focusFirstFault(form: HTMLFormElement): void {
  requestAnimationFrame(() => {
    form.querySelector<HTMLElement>('.field-wrong input')?.focus();
  });
}
