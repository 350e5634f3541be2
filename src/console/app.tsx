import { lazy, Suspense, type ReactNode } from 'react';
import { Router } from 'wouter';
import { SessionProvider, useSessionState } from './session/index.js';
import { Waiting } from './controls/index.js';
import { Frame } from './shell/index.js';
import { SigningIn } from './signing-in/index.js';

const Workplace = lazy(() => import('./workplace.js').then((module) => ({ default: module.Workplace })));

/** The console: whoever is not signed in is asked to; the rest comes when it is needed. */
export function App(): ReactNode {
  return (
    <Router base="/console">
      <SessionProvider>
        <Frame>
          <Suspense fallback={<Waiting />}>
            <Place />
          </Suspense>
        </Frame>
      </SessionProvider>
    </Router>
  );
}

function Place(): ReactNode {
  const { session, resuming } = useSessionState();
  if (resuming) return <Waiting />;
  return session ? <Workplace /> : <SigningIn />;
}
