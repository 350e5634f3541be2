import { describe, expect, it } from '@jest/globals';
import { givenProof } from '../../../src/console/organisation/given-proof.js';

/** A compact form as far as it is looked at; nothing here verifies. */
function compact(typ: string): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = { iss: 'bg-most', iat: 1_790_000_000, jti: 'a'.repeat(22), events: {} };
  return `${part({ alg: 'EdDSA', typ, kid: 'k'.repeat(43) })}.${part(claims)}.${'A'.repeat(86)}`;
}

const RECEIPT = compact('receipt+jwt');

describe('what was given to be verified', () => {
  it.each([
    ['a receipt', ` ${RECEIPT}\n`, 'receipt'],
    ['a file that holds one', JSON.stringify({ jti: 'x', receipt: RECEIPT }), 'receipt'],
    ['a statement', compact('secevent+jwt'), 'statement'],
    ['evidence', JSON.stringify({ format: 'symbolon-evidence-1' }), 'bundle'],
    ['a file of something else', '{"a": 1}', 'unknown'],
    ['a file that says a thing twice', `{"receipt": "${RECEIPT}", "receipt": "${RECEIPT}"}`, 'unknown'],
    ['words', 'a receipt', 'unknown'],
    ['nothing', '', 'unknown'],
  ])('is %s', (_, text, kind) => {
    expect(givenProof(text).kind).toBe(kind);
  });
});
