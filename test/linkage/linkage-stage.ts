import { randomBytes } from 'node:crypto';
import { AlertService } from '../../src/alerts/index.js';
import type { Principal } from '../../src/graphql/index.js';
import { Matcher } from '../../src/linkage/index.js';
import { type OfficerSeat, signRaised, signUpdated, signWithdrawn } from '../../src/member/index.js';
import { MembershipService } from '../../src/membership/index.js';
import {
  type AlertContent,
  alertIdOf,
  type DisclosedToken,
  randomJti,
  type TokensOfEpoch,
  withDisclosure,
  writeDisclosure,
} from '../../src/protocol/index.js';
import { asOwner } from '../support/database.js';
import type { TestHub } from '../support/hub.js';
import { caseContent, certify, foundAccord } from '../support/organisation.js';

/** A person as its tokens: what a member would make of its name, date and place of birth, here random bytes. */
export type MadeUpPerson = readonly DisclosedToken[];

/** Keys of a rare name with a full date, a country and a place. */
const KINDS = ['T2+D/s:36', 'T2+D/m:36', 'T2+Y+C/s:27', 'T2+YM/s:27', 'T2+Md/s:27', 'T2+P/s:32'];

export const EPOCH = '2026-2';

/** Somebody whom nobody else shares a token with. */
export function somebody(): MadeUpPerson {
  return KINDS.map((key) => ({ key, token: randomBytes(16).toString('base64url') }));
}

/** Opens an epoch, or closes it, as far as the hub is concerned. */
export async function setEpoch(hub: TestHub, name: string, open: boolean): Promise<void> {
  const [from, until] = open ? ['-1 day', '1 day'] : ['-2 days', '-1 day'];
  await asOwner(hub.database.url, 'DELETE FROM linkage_epoch WHERE name = $1', [name]);
  await asOwner(
    hub.database.url,
    `INSERT INTO linkage_epoch (name, generation, valid_from, valid_until, statements, position)
      SELECT $1, 0, now() + $2::interval, now() + $3::interval, '{}', max(position) FROM log_entry`,
    [name, from, until],
  );
}

/** A seat that acts in tests. */
export interface Acting {
  readonly principal: Principal;
  readonly seat: OfficerSeat;
}

/** A hub with two organisations that may link, and an open epoch. */
export class LinkageStage {
  private constructor(
    readonly hub: TestHub,
    readonly ro: Acting,
    readonly al: Acting,
  ) {}

  static async on(hub: TestHub): Promise<LinkageStage> {
    const { ro, al } = await foundAccord(hub);
    const membership = hub.app.get(MembershipService);
    const acting = async (who: typeof ro, role: 'liaison' | 'case-worker'): Promise<Acting> => ({
      seat: await certify(hub, who, 'desk', role),
      principal: await membership.principalOf(who.code, 'desk', 'protection'),
    });
    await setEpoch(hub, EPOCH, true);
    return new LinkageStage(hub, await acting(ro, 'liaison'), await acting(al, 'case-worker'));
  }

  /** A raising statement with its disclosure, in parts. */
  async signed(
    { seat }: Acting,
    person: MadeUpPerson | readonly TokensOfEpoch[],
    change: Partial<AlertContent> = {},
  ): Promise<{ alertId: string; compact: string; disclosure: string; sent: string }> {
    const jti = randomJti();
    const alertId = alertIdOf(seat.member, jti);
    const { disclosure, digest } = writeDisclosure({ alert: alertId, epochs: inEpochs(person) });
    const linkage = { profile: 'symbolon-linkage/1', digest };
    const compact = await signRaised(caseContent({ linkage, ...change }), {
      ...{ seat, audience: this.hub.identity.audience, jti },
    });
    return { alertId, compact, disclosure, sent: withDisclosure(compact, disclosure) };
  }

  /** Raises an alert about a person at a node; its UUID. */
  async raise(who: Acting, person: MadeUpPerson | readonly TokensOfEpoch[], node = this.hub): Promise<string> {
    const { sent } = await this.signed(who, person);
    const { alertId } = await node.app.get(AlertService).raise(who.principal, sent);
    return uuid(alertId);
  }

  /** Updates an alert: with these tokens, or those in force by their digest, or none. */
  async update(
    who: Acting,
    id: string,
    tokens: MadeUpPerson | readonly TokensOfEpoch[] | { readonly digest: string } | null,
  ): Promise<string | null> {
    const given = tokens !== null && !('digest' in tokens);
    const made = given ? writeDisclosure({ alert: `alert:${id}`, epochs: inEpochs(tokens) }) : null;
    const digest = made?.digest ?? (tokens !== null && 'digest' in tokens ? tokens.digest : null);
    const content = caseContent(digest === null ? {} : { linkage: { profile: 'symbolon-linkage/1', digest } });
    const { seat, principal } = who;
    const compact = await signUpdated(`alert:${id}`, content, { seat, audience: this.hub.identity.audience });
    await this.hub.app.get(AlertService).update(principal, withDisclosure(compact, made?.disclosure ?? null));
    return digest;
  }

  async withdraw({ seat, principal }: Acting, id: string): Promise<void> {
    const signing = { seat, audience: this.hub.identity.audience };
    const statement = await signWithdrawn(`alert:${id}`, 'raised-in-error', signing);
    await this.hub.app.get(AlertService).withdraw(principal, statement);
  }

  /** Waits until nothing is left to match. */
  async matched(node = this.hub): Promise<void> {
    for (;;) {
      await node.app.get(Matcher).wake();
      const [left] = await this.rows<{ left: boolean }>(
        'SELECT EXISTS (SELECT FROM linkage_arrival) OR EXISTS (SELECT FROM linkage_regrouping) AS left',
      );
      if (left?.left === false) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** The pairs of alerts that were suggested, each in the order of their ids. */
  async pairs(): Promise<string[]> {
    const rows = await this.rows<{ pair: string }>(
      `SELECT string_agg(alert_id::text, ' ' ORDER BY alert_id) AS pair FROM link_side s JOIN link l ON l.id = s.link_id
        WHERE NOT l.decoy GROUP BY link_id ORDER BY 1`,
    );
    return rows.map(({ pair }) => pair);
  }

  rows<Row extends Record<string, unknown>>(sql: string, values: unknown[] = []): Promise<Row[]> {
    return asOwner<Row>(this.hub.database.url, sql, values);
  }
}

/** The pair as `pairs` spells it. */
export function pair(a: string, b: string): string {
  return [a, b].sort().join(' ');
}

export function uuid(alertId: string): string {
  return alertId.slice('alert:'.length);
}

function inEpochs(person: MadeUpPerson | readonly TokensOfEpoch[]): readonly TokensOfEpoch[] {
  return isByEpoch(person) ? person : [{ epoch: EPOCH, tokens: person }];
}

function isByEpoch(person: MadeUpPerson | readonly TokensOfEpoch[]): person is readonly TokensOfEpoch[] {
  return person.every((one) => 'epoch' in one);
}
