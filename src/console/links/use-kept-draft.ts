import { useEffect, useRef, useState } from 'react';
import { useSession } from '../session/index.js';

/** How long after the last key a draft is kept, milliseconds. */
const PAUSE_MS = 600;

/** A text that somebody is writing, sealed in this browser while it is written, so that it is there after the session ended. An empty one is forgotten. */
export function useKeptDraft(name: string): [string, (text: string) => void] {
  const { place, seat } = useSession();
  const [text, setText] = useState('');
  const isTouched = useRef(false);
  const paper = `drafts/${name}`;

  useEffect(() => {
    const leaving = new AbortController();
    void (async () => {
      const sealed = await place.read(paper);
      if (sealed === null || sealed === '') return;
      const vault = await place.vault(seat.member, seat.officer);
      const kept = await vault.open(sealed, paper).catch(() => '');
      if (!leaving.signal.aborted && !isTouched.current) setText(kept);
    })();
    return () => {
      leaving.abort();
    };
  }, [place, seat, paper]);

  useEffect(() => {
    if (!isTouched.current) return;
    const timer = setTimeout(() => {
      void (async () => {
        if (text === '') return place.remove(paper);
        const vault = await place.vault(seat.member, seat.officer);
        return place.write(paper, await vault.seal(text, paper));
      })();
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [place, seat, paper, text]);

  const change = (next: string): void => {
    isTouched.current = true;
    setText(next);
  };
  return [text, change];
}
