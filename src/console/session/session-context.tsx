import { createContext, use, useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { navigate } from 'wouter/use-browser-location';
import { PURPOSES, type Purpose } from '../../protocol/membership/index.js';
import { listSeats, noteMandate, onEndElsewhere, seatName, type KeptSeat } from '../place/index.js';
import type { Session } from './session.js';

/** Why nobody is signed in: not yet, told so, or nothing was done for long. */
export type SignedOut = 'not-yet' | 'left' | 'idle';

interface SessionState {
  readonly session: Session | null;
  readonly signedOut: SignedOut;
  /** Whether the session of before this page was loaded is being opened again. */
  readonly resuming: boolean;
  readonly signIn: (kept: KeptSeat, purpose: Purpose) => Promise<void>;
  readonly signOut: (why: SignedOut) => void;
}

/** Which seat and purpose this tab had: no key, and nothing about a person. */
const TAB = 'symbolon.tab';
/** A page that was left for longer is not taken up again: a closed tab that is opened hours later asks who is there. Milliseconds. */
const RELOAD_MS = 5 * 60_000;
const SessionContext = createContext<SessionState | null>(null);

/** Keeps who is signed in, for this tab. */
export function SessionProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const [session, setSession] = useState<Session | null>(null);
  const [signedOut, setSignedOut] = useState<SignedOut>('not-yet');
  const [resuming, setResuming] = useState(() => readTab() !== null);

  const turn = useRef(0);
  const signIn = useCallback(async (kept: KeptSeat, purpose: Purpose) => {
    const mine = ++turn.current;
    const { openSession } = await import('./open-session.js');
    const opened = await openSession(kept, purpose);
    if (mine !== turn.current) return; // whoever left meanwhile, or chose otherwise, is not let in after all
    setSession(opened);
    // For the next signing-in alone: that it could not be noted hinders nobody.
    void noteMandate(kept, opened.member.mandate).catch(() => undefined);
    sessionStorage.setItem(TAB, JSON.stringify([seatName(kept.seat), purpose, Date.now()]));
  }, []);

  const signOut = useCallback((why: SignedOut) => {
    turn.current++;
    sessionStorage.removeItem(TAB);
    setSession(null);
    setSignedOut(why);
    // Whoever sits down next does not see in the address what was looked at last; whoever was only away comes back to it.
    if (why === 'left') navigate('/console/', { replace: true });
  }, []);

  useEffect(() => {
    addEventListener('pagehide', noteLeaving);
    return () => {
      removeEventListener('pagehide', noteLeaving);
    };
  }, []);

  useEffect(() => {
    const tab = readTab();
    if (!tab) return;
    void resume(tab, signIn).finally(() => {
      setResuming(false);
    });
  }, [signIn]);

  useEffect(() => onEndElsewhere(session && seatName(session.seat), () => signOut('left')), [session, signOut]);

  const value = useMemo(
    () => ({ session, signedOut, resuming, signIn, signOut }),
    [session, signedOut, resuming, signIn, signOut],
  );
  return <SessionContext value={value}>{children}</SessionContext>;
}

/** Who is signed in, if anybody, and how to change it. */
export function useSessionState(): SessionState {
  const state = use(SessionContext);
  if (!state) throw new Error('There is no session provider here.');
  return state;
}

/** Who is signed in; for pages that are shown to nobody else. */
export function useSession(): Session {
  const { session } = useSessionState();
  if (!session) throw new Error('Nobody is signed in.');
  return session;
}

interface Tab {
  readonly seat: string;
  readonly purpose: Purpose;
}

/** Notes when this page was left, as long as somebody is signed in. */
function noteLeaving(): void {
  const kept = sessionStorage.getItem(TAB);
  if (kept === null) return;
  const [seat, purpose] = JSON.parse(kept) as readonly unknown[]; // parsing: written by signIn
  sessionStorage.setItem(TAB, JSON.stringify([seat, purpose, Date.now()]));
}

function readTab(): Tab | null {
  try {
    const [seat, named, left] = JSON.parse(sessionStorage.getItem(TAB) ?? 'null') as readonly unknown[]; // parsing: written by signIn
    const purpose = PURPOSES.find((known) => known === named);
    const isRecent = typeof left === 'number' && Date.now() - left < RELOAD_MS;
    return typeof seat === 'string' && purpose && isRecent ? { seat, purpose } : null;
  } catch {
    return null;
  }
}

/** The page was loaded again: the same seat and purpose, with a new token. What fails asks to sign in. */
async function resume(tab: Tab, signIn: (kept: KeptSeat, purpose: Purpose) => Promise<void>): Promise<void> {
  const kept = (await listSeats()).find(({ seat }) => seatName(seat) === tab.seat);
  if (kept) await signIn(kept, tab.purpose).catch(() => undefined);
  else sessionStorage.removeItem(TAB);
}
