import type { ReactNode } from 'react';
import { Route, Switch } from 'wouter';
import { NotFound } from '../shell/index.js';
import { ListPage } from './list-page.js';
import { OnePage } from './one-page.js';

/** The alerts that somebody may read, and each of them. */
export function Pages(): ReactNode {
  return (
    <Switch>
      <Route path="/" component={ListPage} />
      <Route path="/one" component={OnePage} />
      <Route>
        <NotFound />
      </Route>
    </Switch>
  );
}
