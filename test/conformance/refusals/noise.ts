import { signPublicationAsked } from '../../../src/member/publish-picture.js';
import { inEvent, type Provocation, refusedStatement } from './provocation.js';
import { MARKER, type Stage } from './stage.js';

/** What the rapporteur's analyst signs to have persons published with noise. */
function asked(stage: Stage): Promise<string> {
  const seat = stage.founders.nl.seats.get('analyst');
  if (!seat) throw new Error('no such seat');
  const method = { name: 'differential-privacy', rhoMicro: 20_000 } as const;
  const { audience } = stage.hub.identity;
  return signPublicationAsked({ title: MARKER.text, method, tables: [{ by: ['GENDER'] }] }, { seat, audience });
}

const BUDGET = 'UPDATE privacy_budget SET rho_micro = $1';

/** Refusals of what the privacy budget does not bear. */
export const NOISE: readonly Provocation[] = [
  {
    ...refusedStatement(
      'PRIVACY_NOT_BUDGETED',
      'a publication with noise where no budget is set',
      'publishPicture',
      inEvent('publicationAsked', 'method', 'name'),
      asked,
    ),
    asAnalyst: true,
  },
  {
    ...refusedStatement(
      'PRIVACY_BUDGET_EXCEEDED',
      'a publication with noise that costs more than is left',
      'publishPicture',
      inEvent('publicationAsked', 'method', 'rhoMicro'),
      async (stage) => {
        await stage.sql(BUDGET, [19_999]);
        return asked(stage);
      },
    ),
    asAnalyst: true,
  },
];
