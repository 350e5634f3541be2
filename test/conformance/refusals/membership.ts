import { generateSigningKey, signKeyProof } from '../../../src/protocol/index.js';
import { joinStatement, organisation } from '../../support/organisation.js';
import { inEvent, type Provocation, refusedStatement } from './provocation.js';
import { MARKER } from './stage.js';

/** Bytes that are no point of P-256. */
const NO_POINT = { kty: 'EC', crv: 'P-256', x: 'A'.repeat(43), y: 'A'.repeat(43) };

/** Refusals of what organisations say of themselves and of each other. */
export const MEMBERSHIP: readonly Provocation[] = [
  refusedStatement(
    'PURPOSE_OUTSIDE_MANDATE',
    'an NGO that would prosecute',
    'join',
    inEvent('join', 'mandate'),
    async (stage) => joinStatement(stage.hub, { ...(await stage.newcomer()), mandate: ['protection', 'prosecution'] }),
  ),
  refusedStatement('WRONG_ACCORD', 'the hash of another accord', 'join', inEvent('join', 'accord'), async (stage) =>
    joinStatement(stage.hub, await stage.newcomer(), { accord: MARKER.word.padEnd(43, 'A') }),
  ),
  refusedStatement('UNKNOWN_CODE', 'a country that there is not', 'join', inEvent('join', 'country'), async (stage) =>
    joinStatement(stage.hub, await organisation('ZZ', MARKER.code, 'ngo', ['protection'])),
  ),
  refusedStatement('ARGUMENT_INVALID', 'a code of another country', 'join', ['iss'], async (stage) =>
    joinStatement(stage.hub, { ...(await stage.newcomer()), country: 'FR' }),
  ),
  refusedStatement('ALREADY_EXISTS', 'a code that is taken', 'join', ['iss'], async (stage) => {
    const who = await stage.member();
    return joinStatement(stage.hub, { ...who, key: await generateSigningKey() });
  }),
  refusedStatement('ALREADY_EXISTS', 'a key that is taken', 'join', inEvent('join', 'key'), async (stage) => {
    const { key } = await stage.member();
    return joinStatement(stage.hub, { ...(await stage.newcomer()), key });
  }),
  refusedStatement('DUPLICATE_COUNTERSIGNATURE', 'the same voice again', 'suspend', ['iss'], async (stage) => {
    const { code } = await stage.member();
    const suspension = () => stage.says(stage.founders.nl, 'suspend', { member: code, reason: 'inactive' });
    await stage.submitted('suspend', await suspension());
    return suspension();
  }),
  refusedStatement(
    'NOT_FOUND',
    'the suspension of what is no member',
    'suspend',
    inEvent('suspend', 'member'),
    (stage) => stage.says(stage.founders.nl, 'suspend', { member: `de-${MARKER.code}`, reason: 'inactive' }),
  ),
  refusedStatement('SCHEMA_INVALID', 'a reason in plain text', 'suspend', inEvent('suspend', 'reason'), (stage) =>
    stage.says(stage.founders.nl, 'suspend', { member: 'ro-liaison', reason: MARKER.text }),
  ),
  refusedStatement(
    'SCHEMA_INVALID',
    'an officer’s key that is no key',
    'certifyOfficer',
    inEvent('certifyOfficer', 'key'),
    async (stage) => stage.says(stage.founders.nl, 'certifyOfficer', { ...(await stage.certificate()), key: NO_POINT }),
  ),
  refusedStatement(
    'SCHEMA_INVALID',
    'a key in a second spelling',
    'certifyOfficer',
    inEvent('certifyOfficer', 'key'),
    async (stage) => {
      const { jwk } = await generateSigningKey();
      const key = { ...jwk, x: respelt(jwk.x ?? '') };
      return stage.says(stage.founders.nl, 'certifyOfficer', { ...(await stage.certificate()), key });
    },
  ),
  refusedStatement(
    'NON_CANONICAL',
    'a rotation whose proof is plain text',
    'rotateKey',
    inEvent('rotateKey', 'proof'),
    async (stage) => {
      const { jwk } = await generateSigningKey();
      return stage.says(stage.founders.nl, 'rotateKey', { key: jwk, proof: MARKER.text });
    },
  ),
  refusedStatement(
    'WRONG_KEY',
    'a rotation whose proof is by the old key',
    'rotateKey',
    inEvent('rotateKey', 'proof', 'header', 'kid'),
    async (stage) => {
      const { nl } = stage.founders;
      const [jti, next] = [stage.jti(), await generateSigningKey()];
      return stage.says(nl, 'rotateKey', { key: next.jwk, proof: await signKeyProof(nl.code, jti, nl.key) }, { jti });
    },
  ),
  refusedStatement(
    'WRONG_STATEMENT_TYPE',
    'a rotation whose proof was made for another',
    'rotateKey',
    inEvent('rotateKey', 'proof'),
    async (stage) => {
      const { nl } = stage.founders;
      const next = await generateSigningKey();
      return stage.says(nl, 'rotateKey', { key: next.jwk, proof: await signKeyProof(nl.code, stage.jti(), next) });
    },
  ),
  {
    code: 'ARGUMENT_INVALID',
    by: 'an id that is no alert’s',
    path: ['alertId'],
    ask: () => ({
      document: 'query ($id: ID!) { it: accessRecords(first: 1, alertId: $id) { edges { cursor } } }',
      variables: { id: MARKER.text },
    }),
  },
  {
    code: 'ARGUMENT_INVALID',
    by: 'a cursor that the hub did not give',
    path: ['after'],
    ask: () => ({
      document: 'query ($after: String) { it: alerts(first: 1, after: $after) { edges { cursor } } }',
      variables: { after: MARKER.word },
    }),
  },
];

/** The same 32 bytes with a spare bit set, which platforms read alike. */
function respelt(x: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return x.slice(0, -1) + alphabet.charAt(alphabet.indexOf(x.slice(-1)) + 1);
}
