import type { ReactNode } from 'react';
import { Route, Switch } from 'wouter';
import { NotFound } from '../shell/index.js';
import { ConfirmPage } from './confirm-page.js';
import './links.css';
import { LinkPage } from './link-page.js';
import { ListPage } from './list-page.js';
import { RejectPage } from './reject-page.js';
import { TakeBackPage } from './take-back-page.js';

export function Pages(): ReactNode {
  return (
    <Switch>
      <Route path="/" component={ListPage} />
      <Route path="/one" component={LinkPage} />
      <Route path="/one/confirm" component={ConfirmPage} />
      <Route path="/one/reject" component={RejectPage} />
      <Route path="/one/take-back" component={TakeBackPage} />
      <Route component={NotFound} />
    </Switch>
  );
}
