import type { ReactNode } from 'react';
import { Route, Switch } from 'wouter';
import { NotFound } from '../shell/index.js';
import { AccordPage } from './accord-page.js';
import { CertifyPage } from './certify-page.js';
import { CustodiansPage } from './custodians-page.js';
import { DeliveriesPage } from './deliveries-page.js';
import { IndexPage } from './index-page.js';
import { KeysPage } from './keys-page.js';
import { LogPage } from './log-page.js';
import { MemberPage } from './member-page.js';
import { MembersPage } from './members-page.js';
import { OfficersPage } from './officers-page.js';
import './organisation.css';
import { ReadsPage } from './reads-page.js';
import { RevokePage } from './revoke-page.js';
import { VerifyPage } from './verify-page.js';

export function Pages(): ReactNode {
  return (
    <Switch>
      <Route path="/" component={IndexPage} />
      <Route path="/members" component={MembersPage} />
      <Route path="/members/:code">{({ code }) => <MemberPage code={code} />}</Route>
      <Route path="/accord" component={AccordPage} />
      <Route path="/officers" component={OfficersPage} />
      <Route path="/officers/certify" component={CertifyPage} />
      <Route path="/officers/revoke" component={RevokePage} />
      <Route path="/keys" component={KeysPage} />
      <Route path="/custodians" component={CustodiansPage} />
      <Route path="/deliveries" component={DeliveriesPage} />
      <Route path="/reads" component={ReadsPage} />
      <Route path="/verify" component={VerifyPage} />
      <Route path="/log" component={LogPage} />
      <Route component={NotFound} />
    </Switch>
  );
}
