import { lazy, Suspense, type ComponentType, type ReactNode } from 'react';
import { Route, Switch } from 'wouter';
import { Waiting } from './controls/index.js';
import { AreaWords } from './language/index.js';
import { BackgroundSender } from './sending/index.js';
import { LiveInboxProvider } from './live/index.js';
import { seatName } from './place/index.js';
import { useSession } from './session/index.js';
import { AnswersProvider } from './session/answers-provider.js';
import { Mishap, NotFound, SessionEnd } from './shell/index.js';

interface Area {
  /** The folder with its words. */
  readonly words: string;
  readonly Pages: ComponentType;
}

/** Each area by the first part of its address. Its code and its words come when somebody goes there. */
const AREAS: Readonly<Record<string, Area>> = {
  '': area('today', () => import('./today/index.js')),
  flag: area('flag', () => import('./flag/index.js')),
  raise: area('flag', () => import('./flag/index.js').then(({ CasePages }) => ({ Pages: CasePages }))),
  inbox: area('inbox', () => import('./inbox/index.js')),
  alerts: area('alerts', () => import('./alerts/index.js')),
  links: area('links', () => import('./links/index.js')),
  definitions: area('definitions', () => import('./definitions/index.js')),
  picture: area('picture', () => import('./picture/index.js')),
  organisation: area('organisation', () => import('./organisation/index.js')),
};

/** What somebody who is signed in can go to. */
export function Workplace(): ReactNode {
  const { seat, purpose } = useSession();
  return (
    <AnswersProvider>
      <SessionEnd />
      <BackgroundSender />
      {/* Another purpose begins with nothing of the former on the screen. */}
      <LiveInboxProvider key={`${seatName(seat)} ${purpose}`}>
        <Suspense fallback={<Waiting />}>
          <Switch>
            {Object.entries(AREAS).map(([path, { words, Pages }]) => (
              <Route key={path} path={path === '' ? '/' : `/${path}`} nest={path !== ''}>
                <Mishap>
                  <AreaWords area={words}>
                    <Pages />
                  </AreaWords>
                </Mishap>
              </Route>
            ))}
            <Route>
              <NotFound />
            </Route>
          </Switch>
        </Suspense>
      </LiveInboxProvider>
    </AnswersProvider>
  );
}

function area(words: string, load: () => Promise<{ readonly Pages: ComponentType }>): Area {
  return { words, Pages: lazy(() => load().then((module) => ({ default: module.Pages }))) };
}
