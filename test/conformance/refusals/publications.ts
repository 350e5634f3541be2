import { signPublicationAsked } from '../../../src/member/publish-picture.js';
import type { PublicationAskedBody } from '../../../src/protocol/publication/index.js';
import type { OfficerSeat } from '../../../src/member/index.js';
import { certify } from '../../support/organisation.js';
import { inEvent, type Provocation, refusedStatement } from './provocation.js';
import { MARKER, type Stage } from './stage.js';

/** Refusals of statements that ask for a publication. */
export const PUBLICATIONS: readonly Provocation[] = [
  refused('ARGUMENT_INVALID', 'a period that ends before it begins', ['tables', '0', 'until'], {
    tables: [{ from: '2010', until: '2009' }],
  }),
  refused('UNKNOWN_CODE', 'a table under a law that there is not', ['tables', '1', 'under', '0'], {
    tables: [{}, { under: ['XX'] }],
  }),
  refused('LAW_NOT_IN_FORCE', 'a table under a law before it was law', ['tables', '0', 'under', '0'], {
    ...{ tables: [{ under: ['BE'] }], lawsOn: '1900-01-01' },
  }),
  refused('NOT_COUNTED_TOGETHER', 'a table by what is not counted together', ['tables', '0', 'by'], {
    tables: [{ by: ['CONTROL', 'SECTOR'] }],
  }),
  refused('SCHEMA_INVALID', 'a publication without a table', ['tables'], { tables: [] }),
  refused('NOT_FOUND', 'a correction of what was never published', ['replaces'], { replaces: 'A'.repeat(43) }),
  {
    ...refusedStatement(
      'ROLE_NOT_ALLOWED',
      'a case worker’s signature',
      'publishPicture',
      ['header', 'kid'],
      async (stage) => sign(stage, {}, await certify(stage.hub, stage.founders.nl, 'worker', 'case-worker')),
    ),
    asAnalyst: true,
  },
];

function refused(
  code: Provocation['code'],
  by: string,
  path: readonly string[],
  change: Partial<PublicationAskedBody>,
): Provocation {
  const where = inEvent('publicationAsked', ...path);
  return { ...refusedStatement(code, by, 'publishPicture', where, (stage) => sign(stage, change)), asAnalyst: true };
}

function sign(stage: Stage, change: Partial<PublicationAskedBody>, as?: OfficerSeat): Promise<string> {
  const seat = as ?? stage.founders.nl.seats.get('analyst');
  if (!seat) throw new Error('no such seat');
  const body: PublicationAskedBody = { title: MARKER.text, method: { name: 'pieces' }, tables: [{}], ...change };
  return signPublicationAsked(body, { seat, audience: stage.hub.identity.audience, jti: stage.jti() });
}
