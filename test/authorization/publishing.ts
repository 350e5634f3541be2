import { MembershipService } from '../../src/membership/index.js';
import { signPublicationAsked } from '../../src/member/publish-picture.js';
import { PublicationService } from '../../src/statistics/publication/publication.service.js';
import type { Scene } from './scene.js';

/** What the house's analyst signs to have something published. */
export function askedByAnalyst(scene: Scene): Promise<string> {
  const seat = scene.house.seats.get('analyst');
  if (!seat) throw new Error('no such seat');
  const { audience } = scene.hub.identity;
  return signPublicationAsked({ title: 'A table', method: { name: 'pieces' }, tables: [{}] }, { seat, audience });
}

/** Has the house publish something; its hash. */
export async function publishing(scene: Scene): Promise<string> {
  const membership = scene.hub.app.get(MembershipService);
  const analyst = await membership.principalOf(scene.house.code, 'analyst', 'monitoring');
  const statement = await askedByAnalyst(scene);
  const { publication } = await scene.hub.app.get(PublicationService).publish(analyst, statement);
  return publication.hash.toString('base64url');
}
