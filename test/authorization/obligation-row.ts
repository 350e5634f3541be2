import { AlertService } from '../../src/alerts/index.js';
import { MembershipService } from '../../src/membership/index.js';
import { EVENTS, type ObligationBodies, PURPOSES, signStatement } from '../../src/protocol/index.js';
import { asJson, seconds } from '../support/organisation.js';
import type { Question, Row } from './row.js';
import type { Scene } from './scene.js';
import { submit } from './signed-row.js';

/** An alert of the neighbour that the house was given, and that was withdrawn since. */
export async function endedAlert(scene: Scene): Promise<string> {
  const alert = await scene.alert('readable');
  const read = `INSERT INTO access_record (owner, reader, officer, purpose, operation, alert_ids)
    VALUES ($1, $2, 'case-worker', 'protection', 'alert', ARRAY[$3::uuid])`;
  const id = alert.slice('alert:'.length);
  await scene.sql(read, [scene.neighbour.code, scene.house.code, id]);
  await scene.sql("UPDATE alert SET state = 'withdrawn' WHERE id = $1", [id]);
  return alert;
}

/** An alert of the neighbour under a handling code, which the house may read for protection. */
export async function readableUnder(scene: Scene, code: 'H1' | 'H2'): Promise<string> {
  const handling = { purposes: PURPOSES, audience: { everyone: true as const }, code };
  const statement = await scene.statement({ handling }, scene.neighbour, 'desk');
  const membership = scene.hub.app.get(MembershipService);
  const neighbour = await membership.principalOf(scene.neighbour.code, 'desk', 'protection');
  return (await scene.hub.app.get(AlertService).raise(neighbour, statement)).alertId;
}

/** A permission that the neighbour asked of the house. */
export async function askedPermission(scene: Scene): Promise<string> {
  return insertPermission(scene, await scene.alert('own'), scene.neighbour.code, scene.house.code);
}

/** The row of a mutation that answers an obligation. */
export function answerRow(name: string, event: 'alertErased' | 'alertRetained', body: object): Row {
  return {
    field: `Mutation.${name}`,
    strangers: false,
    roles: ['case-worker', 'liaison'],
    ask: async (scene) => signed(scene, name, event, { alert: await endedAlert(scene), ...body }),
    things: {
      ask: (scene, alert) => signed(scene, name, event, { alert, ...body }),
      answers: { own: 'NOT_FOUND', readable: 'NOT_FOUND', foreign: 'NOT_FOUND', unknown: 'NOT_FOUND' },
    },
  };
}

/** The row of a mutation by which a provider answers a request. */
export function permissionRow(name: string, event: 'permissionGiven' | 'permissionRefused', body: object): Row {
  return {
    field: `Mutation.${name}`,
    strangers: false,
    roles: ['case-worker', 'liaison'],
    ask: async (scene) => signed(scene, name, event, { permission: await askedPermission(scene), ...body }),
    things: {
      // Of a foreign alert there is a permission between others; of an unknown one none, under the id that it would have.
      ask: async (scene, alert) => {
        const founder = scene.founders[0]?.code ?? '';
        const permission = await insertPermission(scene, alert, founder, scene.neighbour.code);
        return signed(scene, name, event, { permission, ...body });
      },
      answers: { foreign: 'NOT_FOUND', unknown: 'NOT_FOUND' },
    },
  };
}

/** What the house's case worker signs, sent as whoever asks. */
export async function signed(
  scene: Scene,
  name: string,
  event: keyof ObligationBodies,
  body: object,
): Promise<Question> {
  const seat = scene.house.seats.get('case-worker');
  if (!seat) throw new Error('no such seat');
  const { audience } = scene.hub.identity;
  const claims = { issuer: seat.member, audience, event: EVENTS[event], body: asJson(body), issuedAt: seconds() };
  return submit(name, await signStatement(claims, seat.key));
}

async function insertPermission(scene: Scene, alert: string, asker: string, provider: string): Promise<string> {
  const id = alert.slice('alert:'.length);
  const insert = `INSERT INTO permission (id, alert_id, asker, provider, use, purpose, to_country, asked_at, request)
    SELECT id, id, $2, $3, 'evidence', 'protection', 'DE', now(), 'e30.e30.AA' FROM alert WHERE id = $1 ON CONFLICT DO NOTHING`;
  await scene.sql(insert, [id, asker, provider]);
  return `permission:${id}`;
}
