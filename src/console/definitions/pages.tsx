import type { ReactNode } from 'react';
import { Route, Switch } from 'wouter';
import { NotFound } from '../shell/index.js';
import { CasePage } from './case-page.js';
import { ComparePage } from './compare-page.js';
import { ConceptList } from './concept-list.js';
import { ConceptPage } from './concept-page.js';
import { LawList } from './law-list.js';
import { LawPage } from './law-page.js';
import './definitions.css';

/** What the laws ask and where they differ, made-up cases, and the concepts behind. */
export function Pages(): ReactNode {
  return (
    <Switch>
      <Route path="/">
        <LawList />
      </Route>
      <Route path="/laws/:code">{({ code }) => <LawPage code={code} />}</Route>
      <Route path="/compare">
        <ComparePage />
      </Route>
      <Route path="/case">
        <CasePage />
      </Route>
      <Route path="/concepts">
        <ConceptList />
      </Route>
      <Route path="/concepts/:scheme/:term">
        {({ scheme, term }) => <ConceptPage key={`${scheme}/${term}`} id={`${scheme}/${term}`} />}
      </Route>
      <Route>
        <NotFound />
      </Route>
    </Switch>
  );
}
