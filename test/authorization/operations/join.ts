import { joinStatement, organisation } from '../../support/organisation.js';
import { signedRow } from '../signed-row.js';

let made = 0;

/** Anybody may ask to join; a code that is taken stays taken, whatever became of its holder. */
export const row = signedRow(
  'join',
  async (scene, standing) =>
    standing === 'active'
      ? joinStatement(scene.hub, await organisation('FR', `new-${++made}`, 'ngo', ['protection']))
      : joinStatement(scene.hub, {
          ...(await scene.member(standing)),
          key: (await organisation('DE', 'x', 'ngo', [])).key,
        }),
  { active: 'accepted', pending: 'ALREADY_EXISTS', suspended: 'ALREADY_EXISTS', left: 'ALREADY_EXISTS' },
);
