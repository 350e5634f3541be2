import { MembershipService } from '../../src/membership/index.js';
import { signRaised } from '../../src/member/index.js';
import { alertIdOf, type AlertContent, OFFICER_ROLES, PURPOSES, randomJti } from '../../src/protocol/index.js';
import { AlertService } from '../../src/alerts/index.js';
import { asOwner } from '../support/database.js';
import { testHub, type TestHub } from '../support/hub.js';
import {
  admit,
  caseContent,
  certify,
  foundAccord,
  joinStatement,
  organisation,
  say,
  type TestOrganisation,
} from '../support/organisation.js';
import type { Standing, Whose } from './row.js';

/** A hub with a house whose officers ask, neighbours, and alerts of each. */
export class Scene {
  private made = 0;

  private constructor(
    readonly hub: TestHub,
    /** May act for every purpose; has an officer of each role, whose code is the role. */
    readonly house: TestOrganisation,
    readonly neighbour: TestOrganisation,
    readonly founders: readonly TestOrganisation[],
  ) {}

  static async set(): Promise<Scene> {
    const hub = await testHub({ environment: { PUSH_ALLOWED: '127.0.0.1' } });
    const { nl, ro, al } = await foundAccord(hub);
    for (const role of OFFICER_ROLES) await certify(hub, ro, role, role);
    await certify(hub, al, 'desk', 'case-worker');
    return new Scene(hub, ro, al, [nl, ro, al]);
  }

  /** A signed alert of the house that every purpose may carry. */
  async statement(change: Partial<AlertContent> = {}, from = this.house, officer = 'case-worker'): Promise<string> {
    const seat = from.seats.get(officer);
    if (!seat) throw new Error('no such seat');
    const handling = { purposes: PURPOSES, audience: { everyone: true as const }, code: 'H0' as const };
    return signRaised(caseContent({ handling, ...change }), { seat, audience: this.hub.identity.audience });
  }

  /** The id of an alert that is the house's, or that it may read, or may not know of, or that there is not. */
  async alert(whose: Whose): Promise<string> {
    if (whose === 'unknown') return alertIdOf('ro-liaison', randomJti());
    const own = whose === 'own';
    const audience = whose === 'readable' ? { everyone: true as const } : { members: ['nl-rapporteur'] };
    const statement = await this.statement(
      { handling: { purposes: PURPOSES, audience, code: 'H0' } },
      own ? this.house : this.neighbour,
      own ? 'case-worker' : 'desk',
    );
    const sender = own ? ['ro-liaison', 'case-worker'] : ['al-ngo', 'desk'];
    const principal = await this.hub.app
      .get(MembershipService)
      .principalOf(sender[0] ?? '', sender[1] ?? '', 'protection');
    return (await this.hub.app.get(AlertService).raise(principal, statement)).alertId;
  }

  /** A new organisation of Germany that stands as asked, with one officer `desk` where it could have one. */
  async member(standing: Standing, country = 'DE'): Promise<TestOrganisation> {
    const one = await organisation(country, `house-${++this.made}`, 'ngo', ['protection']);
    const membership = this.hub.app.get(MembershipService);
    if (standing === 'pending') {
      await membership.join(await joinStatement(this.hub, one));
      return one;
    }
    await admit(this.hub, one, this.founders.slice(0, 2));
    await certify(this.hub, one, 'desk', 'case-worker');
    if (standing === 'left') await membership.leave(await say(this.hub, one, 'leave', {}));
    if (standing === 'suspended') {
      for (const founder of this.founders.slice(0, 2))
        await membership.suspend(await say(this.hub, founder, 'suspend', { member: one.code, reason: 'inactive' }));
    }
    return one;
  }

  /** Runs SQL as the owner of the database. */
  async sql(text: string, values: unknown[] = []): Promise<void> {
    await asOwner(this.hub.database.url, text, values);
  }
}
