import { EVENTS, randomJti } from '../../../src/protocol/index.js';
import { asJson, caseContent, seconds } from '../../support/organisation.js';
import { type Provocation, refusedStatement } from './provocation.js';
import { MARKER } from './stage.js';

const DAY = 24 * 3600;

/** Refusals of a statement's form, time and signature, before anything is asked of who signed it. */
export const ENVELOPE: readonly Provocation[] = [
  refusedStatement('UNSIGNED', 'a statement without its signature', 'raiseAlert', [], (stage) =>
    stage.assemble({}, undefined, ''),
  ),
  refusedStatement('UNSIGNED', 'the algorithm none, spelt otherwise', 'raiseAlert', [], (stage) =>
    stage.assemble({ alg: 'nOnE' }),
  ),
  refusedStatement('NON_CANONICAL', 'plain text', 'raiseAlert', [], () => MARKER.text),
  refusedStatement('NON_CANONICAL', 'padding', 'raiseAlert', [], (stage) => `${stage.assemble({})}==`),
  refusedStatement('NON_CANONICAL', 'a header that names a key’s address', 'raiseAlert', ['header'], (stage) =>
    stage.assemble({ jku: `https://${MARKER.code}.example` }),
  ),
  refusedStatement('NON_CANONICAL', 'a payload with one name twice', 'raiseAlert', ['payload'], (stage) =>
    stage.assemble({}, `{"iss":"${MARKER.text}","iss":"al-ngo"}`),
  ),
  refusedStatement('OVERSIZED', 'a statement of more than 65,536 characters', 'raiseAlert', [], () =>
    MARKER.word.repeat(4000),
  ),
  {
    code: 'OVERSIZED',
    by: 'a batch of 501 statements',
    path: ['statements'],
    ask: () => ({
      document: 'mutation ($statements: [SignedStatement!]!) { it: raiseAlerts(statements: $statements) { receipt } }',
      variables: { statements: Array.from({ length: 501 }, () => MARKER.text) },
    }),
  },
  refusedStatement('ALGORITHM_NOT_ALLOWED', 'an algorithm of another name', 'raiseAlert', ['header', 'alg'], (stage) =>
    stage.assemble({ alg: MARKER.word }),
  ),
  refusedStatement(
    'ALGORITHM_NOT_ALLOWED',
    'another algorithm than the key’s',
    'raiseAlert',
    ['header', 'alg'],
    (stage) => stage.assemble({ alg: 'ES256' }),
  ),
  refusedStatement('WRONG_KEY', 'a key that nobody holds', 'raiseAlert', ['header', 'kid'], (stage) =>
    stage.assemble({ kid: MARKER.word }),
  ),
  refusedStatement('WRONG_KEY', 'a signature by somebody else', 'leave', ['header', 'kid'], (stage) =>
    stage.says({ ...stage.founders.al, code: `al-${MARKER.code}` }, 'leave', {}),
  ),
  refusedStatement('WRONG_STATEMENT_TYPE', 'another media type', 'raiseAlert', ['header', 'typ'], (stage) =>
    stage.claims({}, MARKER.word),
  ),
  refusedStatement('WRONG_STATEMENT_TYPE', 'an event of another operation', 'raiseAlert', ['events'], (stage) =>
    stage.claims({ events: { [`https://${MARKER.code}.example/event`]: {} } }),
  ),
  refusedStatement('SCHEMA_INVALID', 'an issuer that is no member code', 'raiseAlert', ['iss'], (stage) =>
    stage.claims({ iss: MARKER.text }),
  ),
  refusedStatement('SCHEMA_INVALID', 'a jti in plain text', 'leave', ['jti'], (stage) =>
    stage.says(stage.founders.al, 'leave', {}, { jti: MARKER.text }),
  ),
  refusedStatement('SCHEMA_INVALID', 'two events in one statement', 'raiseAlert', ['events'], (stage) =>
    stage.claims({ events: { [MARKER.text]: {}, [EVENTS.alertRaised]: asJson(caseContent()) } }),
  ),
  refusedStatement('EXPIRED', 'a statement of 31 days ago', 'raiseAlert', ['iat'], (stage) =>
    stage.alert({}, { issuedAt: seconds() - 31 * DAY }),
  ),
  refusedStatement('EXPIRED', 'a statement that said until when', 'leave', ['exp'], (stage) =>
    stage.says(stage.founders.al, 'leave', {}, { issuedAt: seconds() - 600, expires: seconds() - 300 }),
  ),
  refusedStatement('NOT_YET_VALID', 'a statement of tomorrow', 'raiseAlert', ['iat'], (stage) =>
    stage.alert({}, { issuedAt: seconds() + DAY }),
  ),
  refusedStatement('WRONG_AUDIENCE', 'a statement to another hub', 'raiseAlert', ['aud'], (stage) =>
    stage.claims({ aud: `https://${MARKER.code}.example` }),
  ),
  refusedStatement('REPLAYED', 'another alert under a jti that was used', 'raiseAlert', ['jti'], async (stage) => {
    const jti = stage.jti();
    await stage.raise(await stage.alert({}, { jti }));
    return stage.alert({ facts: {} }, { jti });
  }),
  refusedStatement(
    'REPLAYED',
    'another certificate under a jti that was used',
    'certifyOfficer',
    ['jti'],
    async (stage) => {
      const jti = `${MARKER.word}${randomJti()}`;
      await stage.submitted(
        'certifyOfficer',
        await stage.says(stage.founders.nl, 'certifyOfficer', await stage.certificate(), { jti }),
      );
      return stage.says(stage.founders.nl, 'certifyOfficer', await stage.certificate(), { jti });
    },
  ),
];
