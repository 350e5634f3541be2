import { expect } from '@jest/globals';
import { MemberDirectory, MembershipService } from '../../src/membership/index.js';
import {
  decodeStatement,
  generateSigningKey,
  type MemberState,
  type MembershipEvent,
  Refusal,
} from '../../src/protocol/index.js';
import { asOwner } from '../support/database.js';
import type { TestHub } from '../support/hub.js';
import { joinStatement, say, type TestOrganisation } from '../support/organisation.js';
import { AccordModel, type Step } from './accord-model.js';
import type { DrawnStep } from './drawn-steps.js';
import { ADMITTED, COUNTRIES, FOUNDERS, HERO } from './story-cast.js';
import { rotation } from './submit.js';

const EMPTY = 'TRUNCATE membership_vote, membership_statement, officer, member_key, member, log_entry CASCADE';

/** One story on the hub: what was sent, and the keys as they are at its end. */
export class Story {
  readonly model = new AccordModel(COUNTRIES);
  readonly sent: { readonly event: MembershipEvent; readonly statement: string; readonly accepted: boolean }[] = [];
  private readonly houses: readonly TestOrganisation[];
  /** How many statements stood under each when something was last decided about it. */
  private readonly decided = new Map<number, number>();
  private readonly joins = new Map<number, string>();

  private constructor(
    private readonly hub: TestHub,
    private readonly organisations: readonly TestOrganisation[],
  ) {
    this.houses = organisations.map((one) => ({ ...one }));
  }

  /** Begins on an empty hub, with the hero as asked. */
  static async begin(
    hub: TestHub,
    organisations: readonly TestOrganisation[],
    state: 'pending' | 'active' | 'suspended',
  ): Promise<Story> {
    await asOwner(hub.database.url, EMPTY);
    const story = new Story(hub, organisations);
    for (const who of FOUNDERS) await story.perform({ does: 'join', who });
    await hub.app.get(MembershipService).found(FOUNDERS.map((who) => story.house(who).code));
    story.model.found(FOUNDERS);
    for (const who of [...ADMITTED, HERO]) await story.perform({ does: 'join', who });
    for (const about of ADMITTED) await story.bring(about, 'active');
    await story.bring(HERO, state);
    for (const place of organisations.keys()) await story.countriesBehindDecision(place);
    return story;
  }

  /** Has founders of other countries decide until a member stands as asked. */
  private async bring(about: number, state: MemberState): Promise<void> {
    const voters = FOUNDERS.filter((who) => COUNTRIES[who] !== COUNTRIES[about]).slice(0, 2);
    while (this.model.states[about] !== state)
      for (const who of voters) await this.perform(this.settle({ does: 'decide', who, about, with: 'present key' }));
  }

  /** What there is to decide about the subject of a step as it stands now. */
  settle(step: DrawnStep): Step {
    if (step.does !== 'decide') return step;
    const state = this.model.states[step.about];
    const does = state === 'active' ? 'suspend' : state === 'suspended' ? 'reinstate' : 'countersign';
    return { ...step, does };
  }

  /** Performs a step on the hub and in the model, which have to agree on whether it is accepted. */
  async perform(step: Step): Promise<void> {
    if (step.does === 'send again') {
      const earlier = this.sent.at(-1 - step.back);
      // What was refused may be accepted later; only what was accepted has its answer for ever (S7).
      if (earlier?.accepted) expect(await this.send(earlier.event, earlier.statement)).toBe(true);
      return;
    }
    const { event, statement, next } = await this.sign(step);
    const accepted = await this.send(event, statement);
    this.sent.push({ event, statement, accepted });
    expect([step, accepted]).toEqual([step, this.model.take(step)]);
    if (accepted) next?.();
  }

  async states(): Promise<string[]> {
    const directory = this.hub.app.get(MemberDirectory);
    const members = await Promise.all(this.organisations.map(({ code }) => directory.find(code)));
    return members.map((member) => member?.state ?? 'unknown');
  }

  /** The countries, other than its own, whose members signed what was published about a member since the decision before. */
  async countriesBehindDecision(place: number): Promise<ReadonlySet<string | undefined>> {
    const codes = this.organisations.map(({ code }) => code);
    const views = await this.hub.app.get(MemberDirectory).views(codes, null);
    const statements = (await views.get(codes[place] ?? '')?.statements()) ?? [];
    const since = statements.slice(this.decided.get(place) ?? 0);
    this.decided.set(place, statements.length);
    const issuers = since.map((statement) => decodeStatement(statement).claims['iss']);
    const countries = new Set(issuers.map((iss) => COUNTRIES[codes.findIndex((code) => code === iss)]));
    countries.delete(COUNTRIES[place]);
    return countries;
  }

  private async sign(
    step: Exclude<Step, { does: 'send again' }>,
  ): Promise<{ event: MembershipEvent; statement: string; next?: () => void }> {
    const who = this.house(step.who);
    switch (step.does) {
      case 'join': {
        const statement = await joinStatement(this.hub, { ...who, key: this.first(step.who) });
        return {
          event: 'join',
          statement,
          next: () => void this.joins.set(step.who, decodeStatement(statement).payloadHash),
        };
      }
      case 'leave':
        return { event: 'leave', statement: await say(this.hub, who, 'leave', {}) };
      case 'rotateKey': {
        const key = await generateSigningKey();
        return { event: 'rotateKey', statement: await rotation(this.hub, who, key), next: () => void (who.key = key) };
      }
      case 'countersign another join': {
        const body = { member: this.house(step.about).code, join: 'A'.repeat(43) };
        return { event: 'countersign', statement: await say(this.hub, who, 'countersign', body) };
      }
      default: {
        const key = step.with === 'first key' ? this.first(step.who) : who.key;
        const details = {
          countersign: { join: this.joins.get(step.about) ?? 'A'.repeat(43) },
          suspend: { reason: 'inactive' },
          reinstate: {},
        };
        const body = { member: this.house(step.about).code, ...details[step.does] };
        return { event: step.does, statement: await say(this.hub, { ...who, key }, step.does, body) };
      }
    }
  }

  private async send(event: MembershipEvent, statement: string): Promise<boolean> {
    try {
      await this.hub.app.get(MembershipService)[event](statement);
      return true;
    } catch (error) {
      if (error instanceof Refusal) return false;
      throw error;
    }
  }

  private house(place: number): TestOrganisation {
    const house = this.houses[place];
    if (!house) throw new Error('nobody is at this place');
    return house;
  }

  private first(place: number) {
    const house = this.organisations[place];
    if (!house) throw new Error('nobody is at this place');
    return house.key;
  }
}
