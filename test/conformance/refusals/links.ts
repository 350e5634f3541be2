import { EVENTS, type LinkEvent, signStatement } from '../../../src/protocol/index.js';
import { asJson, seconds } from '../../support/organisation.js';
import { suggestLink } from '../../support/suggestion.js';
import { inEvent, type Provocation, refusedStatement } from './provocation.js';
import type { Stage } from './stage.js';

const REJECTION = { reason: 'cannot-tell' };

/** Refusals of what does not fit a link as it stands. */
export const LINKS: readonly Provocation[] = [
  refusedStatement(
    'LINK_NOT_OPEN',
    'a decision before both opened',
    'rejectLink',
    inEvent('linkRejected', 'link'),
    async (stage) => sign(stage, 'linkRejected', { link: await suggestion(stage), ...REJECTION }),
  ),
  refusedStatement(
    'LINK_CLOSED',
    'a decision on a link that lapsed',
    'rejectLink',
    inEvent('linkRejected', 'link'),
    async (stage) => {
      const link = await suggestion(stage);
      await stage.sql("UPDATE link SET lapses_at = now() - interval '1 second' WHERE id = $1", [
        link.slice('link:'.length),
      ]);
      return sign(stage, 'linkRejected', { link, ...REJECTION });
    },
  ),
];

async function suggestion(stage: Stage): Promise<string> {
  const alert = await stage.raise(await stage.alert());
  return suggestLink(stage.hub.database.url, [[stage.desk.member, alert]]);
}

function sign(stage: Stage, event: LinkEvent, body: object): Promise<string> {
  const { audience } = stage.hub.identity;
  const claims = { issuer: stage.desk.member, audience, event: EVENTS[event], body: asJson(body), issuedAt: seconds() };
  return signStatement({ ...claims, jti: stage.jti() }, stage.desk.key);
}
