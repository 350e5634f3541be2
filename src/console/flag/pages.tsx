import type { ReactNode } from 'react';
import { Route, Switch } from 'wouter';
import { NotFound } from '../shell/index.js';
import type { FlagAnswers } from './answers.js';
import { AboutStep } from './about-step.js';
import { AudienceStep } from './audience-step.js';
import { Begin } from './begin.js';
import { CheckStep } from './check-step.js';
import { ConsentStep } from './consent-step.js';
import { EpisodeStep } from './episode-step.js';
import { FlagProvider } from './flag-context.js';
import { GroundStep } from './ground-step.js';
import { HappenedStep } from './happened-step.js';
import { Outgoing } from './outgoing.js';
import { PersonStep } from './person-step.js';
import { ReturnStep } from './return-step.js';
import { Sent } from './sent.js';
import { WishesStep } from './wishes-step.js';

/** Flagging that a person came back: one question a page, check, receipt. */
export function Pages(): ReactNode {
  return <Asked kind="returnee" />;
}

/** Raising a case likewise. */
export function CasePages(): ReactNode {
  return <Asked kind="case" />;
}

function Asked({ kind }: { readonly kind: FlagAnswers['kind'] }): ReactNode {
  return (
    <FlagProvider kind={kind}>
      <Switch>
        <Route path="/" component={Begin} />
        <Route path="/consent" component={ConsentStep} />
        <Route path="/ground" component={GroundStep} />
        <Route path="/episode" component={EpisodeStep} />
        <Route path="/person" component={PersonStep} />
        <Route path="/return" component={ReturnStep} />
        <Route path="/about" component={AboutStep} />
        <Route path="/happened" component={HappenedStep} />
        <Route path="/wishes" component={WishesStep} />
        <Route path="/audience" component={AudienceStep} />
        <Route path="/check" component={CheckStep} />
        <Route path="/sent" component={Sent} />
        <Route path="/outgoing" component={Outgoing} />
        <Route>
          <NotFound />
        </Route>
      </Switch>
    </FlagProvider>
  );
}
