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

/** What is known of one draft. What was written under one name never shows under another. */
interface Known<T> {
  readonly draft: Draft<Partial<T>>;
  readonly written: Partial<T>;
  readonly wasKept: boolean;
}

/**
 * Keeps what is written under a name, sealed after each change, so that neither a lost line nor a session that ends loses it; null until what was kept is known.
 * What has not been written is as in `empty`.
 */
export function useDraft<T extends object>(name: string, empty: T): KeptDraft<T> | null {
  const session = useSession();
  const draft = useMemo(() => new Draft<Partial<T>>(session, name), [session, name]);
  const [last, setLast] = useState<Known<T> | null>(null);
  const known = last?.draft === draft ? last : null;
  useEffect(() => {
    const leaving = new AbortController();
    void draft.load().then((kept) => {
      if (leaving.signal.aborted) return;
      setLast((now) => (now?.draft === draft ? now : { draft, written: kept ?? {}, wasKept: kept !== null }));
    });
    return () => {
      leaving.abort();
    };
  }, [draft]);
  const write = useCallback(
    (more: Partial<T>) => {
      setLast((now) => {
        const before = now?.draft === draft ? now : { draft, written: {}, wasKept: false };
        const written = { ...before.written, ...more };
        void draft.save(written);
        return { ...before, written };
      });
    },
    [draft],
  );
  const clear = useCallback(async () => {
    await draft.remove();
    setLast({ draft, written: {}, wasKept: false });
  }, [draft]);
  return known && { written: { ...empty, ...known.written }, write, clear, wasKept: known.wasKept };
}
