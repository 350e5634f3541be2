import {
  assertEpisode,
  Refusal,
  type ExitKnowledge,
  type ExploitersKnowledge,
  type StatedEpisode,
} from '../../protocol/index.js';

/** What somebody has filled in so far; dates as they were typed. */
export interface EpisodeDraft {
  readonly began: string;
  readonly exit: ExitKnowledge | null;
  readonly exited: string;
  readonly exploiters: ExploitersKnowledge | null;
}

export const EMPTY_EPISODE: EpisodeDraft = { began: '', exit: null, exited: '', exploiters: null };

/** What may be wrong with what was filled in. */
export type EpisodeFault = 'not-a-date' | 'no-such-day' | 'not-chosen' | 'exit-before-beginning';

/** The episode that was filled in, or what is wrong, by field. */
export type ReadEpisode =
  | { readonly episode: StatedEpisode; readonly faults: null }
  | { readonly episode: null; readonly faults: Readonly<Partial<Record<keyof EpisodeDraft, EpisodeFault>>> };

const PARTIAL_DATE = /^(19|20)[0-9]{2}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$/;

/** Reads an episode as `link-confirmed` states it (`schema/linkage/link-statement.schema.json`). An exit has a date only when there was one. */
export function readEpisode({ began, exit, exited, exploiters }: EpisodeDraft): ReadEpisode {
  const dates = { began: normalDate(began), exited: exit === 'exited' ? normalDate(exited) : '' };
  const faults: Partial<Record<keyof EpisodeDraft, EpisodeFault>> = {};
  for (const name of ['began', 'exited'] as const)
    if (dates[name] !== '' && !PARTIAL_DATE.test(dates[name])) faults[name] = 'not-a-date';
  if (exit === null) faults.exit = 'not-chosen';
  if (exploiters === null) faults.exploiters = 'not-chosen';
  if (exit === null || exploiters === null || Object.keys(faults).length > 0) return { episode: null, faults };
  const episode: StatedEpisode = {
    exit,
    exploiters,
    ...(dates.began === '' ? {} : { began: dates.began }),
    ...(dates.exited === '' ? {} : { exited: dates.exited }),
  };
  try {
    assertEpisode(episode);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const wrong = error.path[0] === 'began' ? 'began' : 'exited';
    return {
      episode: null,
      faults: { [wrong]: error.code === 'CONTRADICTORY_FACTS' ? 'exit-before-beginning' : 'no-such-day' },
    };
  }
  return { episode, faults: null };
}

/** A date as the protocol writes it: 3-2024, 03.2024 and 17/3/2024 are written otherwise in the countries of the accord. */
export function normalDate(typed: string): string {
  const text = typed.trim();
  const parts = text.split(/[\s./-]+/).filter((part) => part !== '');
  if (!parts.every((part) => /^\d+$/.test(part)) || parts.length === 0 || parts.length > 3) return text;
  const ordered = parts[0]?.length === 4 ? parts : [...parts].reverse();
  return ordered.map((part) => part.padStart(2, '0')).join('-');
}
