import { useCallback, useEffect, useMemo, useState } from 'react';
import { Draft } from './drafts.js';
import { useSession } from './session-context.js';

/** What somebody has written so far, and how to go on. */
export interface KeptDraft<T> {
  readonly written: T;
  /** Takes up more of it, and seals it here at once. */
  readonly write: (more: Partial<T>) => void;
  /** Forgets all of it, here and on this computer. */
  readonly clear: () => Promise<void>;
  /** Whether it was found from before. */
  readonly wasKept: boolean;
}

/**
 * Keeps what is written under a name, sealed after each change, so that neither a lost line nor a session that ends loses it; null until what was kept is known.
 * What has not been written is as in `empty`.
 */
export function useDraft<T extends object>(name: string, empty: T): KeptDraft<T> | null {
  const session = useSession();
  const draft = useMemo(() => new Draft<Partial<T>>(session, name), [session, name]);
  const [written, setWritten] = useState<Partial<T> | null>(null);
  const [wasKept, setWasKept] = useState(false);
  useEffect(() => {
    const leaving = new AbortController();
    void draft.load().then((kept) => {
      if (leaving.signal.aborted) return;
      setWritten((now) => now ?? kept ?? {});
      setWasKept(kept !== null);
    });
    return () => {
      leaving.abort();
    };
  }, [draft]);
  const write = useCallback(
    (more: Partial<T>) => {
      setWritten((now) => {
        const next = { ...now, ...more };
        void draft.save(next);
        return next;
      });
    },
    [draft],
  );
  const clear = useCallback(async () => {
    await draft.remove();
    setWasKept(false);
    setWritten({});
  }, [draft]);
  return written && { written: { ...empty, ...written }, write, clear, wasKept };
}
