import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { AlertService } from '../alerts/index.js';
import { type OfficerSeat } from '../member/index.js';
import { KeyStore } from '../member/files/index.js';
import { HUB_IDENTITY, type HubIdentity } from '../identity/index.js';
import { MembershipService } from '../membership/index.js';
import { OntologyService } from '../ontology/index.js';
import {
  type AlertContent,
  EVENTS,
  generateSigningKey,
  knownFactsOf,
  Refusal,
  signStatement,
  type SigningKey,
} from '../protocol/index.js';
import { ORGANISATIONS, type SandboxOrganisation } from './organisations.js';
import { Dice } from './random.js';
import { actingPurpose, sampleContent } from './sample-alerts.js';
import { plain, seconds, YEAR_SECONDS } from './statement-values.js';

const SAMPLES = 300;
const BATCH = 100;
const FOUNDERS = 3;

interface Joined {
  readonly organisation: SandboxOrganisation;
  readonly key: SigningKey;
  readonly statement: string;
}

/**
 * Sets up the sandbox once: an accord among made-up organisations, their keys under `data/sandbox`, sample alerts. It goes through the same doors as
 * any member; only the founding is the hub's own.
 */
export async function prepareSandbox(
  app: INestApplicationContext,
  dataFolder: string,
  say: (line: string) => void,
): Promise<void> {
  const identity = app.get<HubIdentity>(HUB_IDENTITY);
  const membership = app.get(MembershipService);
  const store = KeyStore.open(join(dataFolder, 'sandbox'));
  await store.saveHub({ hub: identity.hubUrl, audience: identity.audience });
  const ready = join(dataFolder, 'sandbox', '.ready');
  if (await membership.hasMembers()) {
    if (!existsSync(ready))
      throw new Error(
        `The sandbox was not finished when it was set up: remove the folder ${dataFolder} and start again.`,
      );
    return;
  }
  say(`Setting up the sandbox: ${ORGANISATIONS.length} made-up organisations and ${SAMPLES} sample alerts…`);
  const joined = await Promise.all(
    ORGANISATIONS.map((organisation) => signJoin(organisation, identity.audience, membership.accord.hash)),
  );
  const founders = joined.slice(0, FOUNDERS);
  for (const { statement } of founders) await membership.join(statement);
  await membership.found(founders.map(({ organisation }) => organisation.code));
  for (const newcomer of joined.slice(FOUNDERS)) await admit(newcomer, joined, membership, identity.audience);
  for (const { organisation, key } of joined) {
    await store.saveMemberKey({ member: organisation.code, key }, { replace: true });
    for (const seat of await certifyOfficers(organisation, key, membership, identity.audience))
      await store.saveOfficerKey(seat, { replace: true });
  }
  await raiseSamples(app, store, identity.audience);
  writeFileSync(ready, '');
}

async function signJoin(organisation: SandboxOrganisation, audience: string, accord: string): Promise<Joined> {
  const key = await generateSigningKey();
  const { code, name, kind, country, mandate } = organisation;
  const body = { accord, name, kind, country, mandate, key: plain(key.jwk) };
  const statement = await signStatement({ issuer: code, audience, event: EVENTS.join, body, issuedAt: seconds() }, key);
  return { organisation, key, statement };
}

/** A newcomer joins, and founders of two other countries than its own countersign. */
async function admit(
  newcomer: Joined,
  all: readonly Joined[],
  membership: MembershipService,
  audience: string,
): Promise<void> {
  const { joinHash } = await membership.join(newcomer.statement);
  const others = all
    .slice(0, FOUNDERS)
    .filter(({ organisation }) => organisation.country !== newcomer.organisation.country);
  for (const { organisation, key } of others.slice(0, 2)) {
    const body = { member: newcomer.organisation.code, join: joinHash };
    await membership.countersign(
      await signStatement(
        { issuer: organisation.code, audience, event: EVENTS.countersign, body, issuedAt: seconds() },
        key,
      ),
    );
  }
}

async function certifyOfficers(
  { code, officers }: SandboxOrganisation,
  memberKey: SigningKey,
  membership: MembershipService,
  audience: string,
): Promise<OfficerSeat[]> {
  const seats: OfficerSeat[] = [];
  for (const officer of officers) {
    const key = await generateSigningKey();
    const body = { officer: officer.code, role: officer.role, key: plain(key.jwk), until: seconds() + YEAR_SECONDS };
    await membership.certifyOfficer(
      await signStatement(
        { issuer: code, audience, event: EVENTS.certifyOfficer, body, issuedAt: seconds() },
        memberKey,
      ),
    );
    seats.push({ member: code, officer: officer.code, role: officer.role, key });
  }
  return seats;
}

async function raiseSamples(app: INestApplicationContext, store: KeyStore, audience: string): Promise<void> {
  const [alerts, ontology, membership] = [app.get(AlertService), app.get(OntologyService), app.get(MembershipService)];
  const dice = new Dice(2026);
  const senders = ORGANISATIONS.filter(({ officers }) =>
    officers.some(({ role }) => role === 'case-worker' || role === 'liaison'),
  );
  const bySender = new Map<SandboxOrganisation, string[]>(senders.map((sender) => [sender, []]));
  const now = new Date();
  for (let sample = 0; sample < SAMPLES; sample++) {
    const sender = senders[Math.floor(dice.roll() * senders.length)] ?? senders[0];
    if (!sender) throw new Error('the sandbox has nobody who raises alerts');
    const variants = ontology.engine.variantsOf(sender.country, now.toISOString().slice(0, 10));
    const body = withoutContradiction(sampleContent(dice, sender, variants, now), ontology);
    const { key } = await store.loadOfficer(sender.code, 'desk-1');
    const issuedAt = seconds();
    const statement = { issuer: sender.code, audience, event: EVENTS.alertRaised, body: plain(body), issuedAt };
    bySender.get(sender)?.push(await signStatement(statement, key));
  }
  for (const [sender, statements] of bySender) {
    const principal = await membership.principalOf(sender.code, 'desk-1', actingPurpose(sender.mandate));
    for (let at = 0; at < statements.length; at += BATCH) {
      const { results } = await alerts.raiseMany(principal, statements.slice(at, at + BATCH));
      const refused = results.find((result) => result instanceof Refusal);
      if (refused)
        throw new Error(`a sample alert of ${sender.code} was refused: ${refused.message} (${refused.path.join('.')})`);
    }
  }
}

/** Drops a national code that the drawn facts contradict, such as an offence against a child where the person drawn is grown up. */
function withoutContradiction(content: AlertContent, ontology: OntologyService): AlertContent {
  try {
    ontology.engine.prepare(knownFactsOf(content, (variant) => ontology.engine.impliedBy(variant)));
    return content;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { ...content, nationalCodes: [] };
  }
}
