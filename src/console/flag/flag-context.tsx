import { createContext, use, type ReactNode } from 'react';
import { Waiting } from '../controls/index.js';
import { useDraft, useSession } from '../session/index.js';
import { noAnswers, type FlagAnswers } from './answers.js';

interface Flagging {
  readonly answers: FlagAnswers;
  readonly answer: (more: Partial<FlagAnswers>) => void;
  /** Forgets everything that was written, the sealed draft too. */
  readonly clear: () => Promise<void>;
  /** Whether a draft of before was found. */
  readonly wasKept: boolean;
}

const FlagContext = createContext<Flagging | null>(null);

/** Keeps what is answered. */
export function FlagProvider(props: { readonly kind: FlagAnswers['kind']; readonly children: ReactNode }): ReactNode {
  const { kind, children } = props;
  const { purpose } = useSession();
  const draft = useDraft(`flag-${kind}`, noAnswers(purpose, kind));
  if (!draft) return <Waiting />;
  const { written, write, clear, wasKept } = draft;
  return <FlagContext value={{ answers: written, answer: write, clear, wasKept }}>{children}</FlagContext>;
}

/** What is answered so far, and how to answer. */
export function useFlag(): Flagging {
  const flagging = use(FlagContext);
  if (!flagging) throw new Error('Nobody is being flagged here.');
  return flagging;
}
