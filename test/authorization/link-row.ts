import { EVENTS, type LinkEvent, type Purpose, signStatement } from '../../src/protocol/index.js';
import { asJson, seconds } from '../support/organisation.js';
import { suggestLink } from '../support/suggestion.js';
import type { Question, Row } from './row.js';
import type { Scene } from './scene.js';
import { submit } from './signed-row.js';

/** For what links are; counting and prevention need no persons. */
export const LINK_PURPOSES: readonly Purpose[] = ['protection', 'prosecution'];

/** A fresh key of one comparison, made once: nobody looks whether it is used again. */
export const COMPARISON_KEY = {
  ...{ kty: 'EC', crv: 'P-256' },
  x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
  y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
};

/** A link between an alert of the house and one of its neighbour, in a state that the owner of the database puts it in. */
export async function linkOf(scene: Scene, state: string): Promise<string> {
  const [own, foreign] = [await scene.alert('own'), await scene.alert('foreign')];
  const sides = [
    [scene.house.code, own],
    [scene.neighbour.code, foreign],
  ] as const;
  const link = await suggestLink(scene.hub.database.url, sides);
  const uuid = link.slice('link:'.length);
  if (state !== 'suggested') {
    await scene.sql('UPDATE link SET state = $2, compared_at = now() WHERE id = $1', [uuid, state]);
    await scene.sql("UPDATE link_side SET opening = 'e30.e30.AA' WHERE link_id = $1", [uuid]);
  }
  return link;
}

/** The row of a mutation by which a holder goes on with a link. */
export function linkRow(name: string, event: LinkEvent, state: string, body: object): Row {
  return {
    field: `Mutation.${name}`,
    strangers: false,
    roles: ['case-worker', 'liaison'],
    purposes: LINK_PURPOSES,
    ask: async (scene) => ask(scene, name, event, { link: await linkOf(scene, state), ...body }),
    things: {
      ask: async (scene, alert) => ask(scene, name, event, { link: await linkTo(scene, alert, state), ...body }),
      answers: { foreign: 'NOT_FOUND', unknown: 'NOT_FOUND' },
    },
  };
}

/** A link of others to a foreign alert; to an unknown one none, under the id that it would have. */
export async function linkTo(scene: Scene, alert: string, state = 'suggested'): Promise<string> {
  const link = `link:${alert.slice('alert:'.length)}`;
  const uuid = link.slice('link:'.length);
  const insert = `INSERT INTO link (id, level, state, suggested_at, lapses_at)
    SELECT id, 'link', $2, now() - interval '1 minute', now() + interval '90 days' FROM alert WHERE id = $1 ON CONFLICT DO NOTHING`;
  await scene.sql(insert, [uuid, state]);
  const side = `INSERT INTO link_side (link_id, side, member, alert_id) SELECT id, 1, sender, id FROM alert WHERE id = $1 ON CONFLICT DO NOTHING`;
  await scene.sql(side, [uuid]);
  return link;
}

/** What the house's case worker signs, sent as whoever asks. */
async function ask(scene: Scene, name: string, event: LinkEvent, body: object): Promise<Question> {
  const seat = scene.house.seats.get('case-worker');
  if (!seat) throw new Error('no such seat');
  const { audience } = scene.hub.identity;
  const claims = { issuer: seat.member, audience, event: EVENTS[event], body: asJson(body), issuedAt: seconds() };
  return submit(name, await signStatement(claims, seat.key));
}
