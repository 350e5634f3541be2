import { createContext, use, useCallback, useEffect, useMemo, useState, type ReactNode } from 'react';
import { Waiting } from '../controls/index.js';
import { Draft, useSession } from '../session/index.js';
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

/** Keeps what is answered, sealed after each answer, so that neither a lost line nor a session that ends loses it. */
export function FlagProvider(props: { readonly kind: FlagAnswers['kind']; readonly children: ReactNode }): ReactNode {
  const { kind, children } = props;
  const session = useSession();
  const draft = useMemo(() => new Draft<FlagAnswers>(session, `flag-${kind}`), [session, kind]);
  const [answers, setAnswers] = useState<FlagAnswers | null>(null);
  const [wasKept, setWasKept] = useState(false);
  useEffect(() => {
    void draft.load().then((kept) => {
      setAnswers((now) => now ?? kept ?? noAnswers(session.purpose, kind));
      setWasKept(kept !== null);
    });
  }, [draft, session, kind]);
  const answer = useCallback(
    (more: Partial<FlagAnswers>) => {
      setAnswers((now) => {
        const next = { ...(now ?? noAnswers(session.purpose, kind)), ...more };
        void draft.save(next);
        return next;
      });
    },
    [draft, session, kind],
  );
  const clear = useCallback(async () => {
    await draft.remove();
    setWasKept(false);
    setAnswers(noAnswers(session.purpose, kind));
  }, [draft, session, kind]);
  const value = useMemo(
    () => (answers ? { answers, answer, clear, wasKept } : null),
    [answers, answer, clear, wasKept],
  );
  return value ? <FlagContext value={value}>{children}</FlagContext> : <Waiting />;
}

/** What is answered so far, and how to answer. */
export function useFlag(): Flagging {
  const flagging = use(FlagContext);
  if (!flagging) throw new Error('Nobody is being flagged here.');
  return flagging;
}
