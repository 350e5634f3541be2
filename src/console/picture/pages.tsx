import type { ReactNode } from 'react';
import { Route, Switch } from 'wouter';
import { NotFound } from '../shell/index.js';
import { FiguresPage } from './figures-page.js';
import { RisesPage } from './rises-page.js';
import { TablePage } from './table-page.js';
import './picture.css';

/** The picture: figures, any table of it, and what rises. */
export function Pages(): ReactNode {
  return (
    <Switch>
      <Route path="/">
        <FiguresPage />
      </Route>
      <Route path="/table">
        <TablePage />
      </Route>
      <Route path="/rises">
        <RisesPage />
      </Route>
      <Route>
        <NotFound />
      </Route>
    </Switch>
  );
}
