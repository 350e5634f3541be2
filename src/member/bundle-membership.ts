import { decodeStatement, EVENTS, findEventBody, readPublicKey, type DecodedStatement } from '../protocol/index.js';
import type { MemberAnswer } from './documents/membership.js';
import { MemberError } from './member-error.js';

type StatedMember = Pick<MemberAnswer, 'code' | 'statements'>;

/**
 * The membership statements of a bundle (T16), in an order in which each is signed by a key that the ones before it gave: of a founder its founding and its own;
 * of another those of whoever countersigned it, then its own. `witnesses` are members whose keys are needed besides. Throws `MemberError` NOT_VERIFIED when the
 * list does not hold them.
 */
export function membershipOf(
  code: string,
  list: readonly StatedMember[],
  witnesses: readonly string[] = [],
): readonly string[] {
  const own = statementsOf(code, list);
  const founding = own.find((one) => findEventBody(one, EVENTS.found) !== null);
  const votes = founding ? [] : own.filter((one) => findEventBody(one, EVENTS.countersign) !== null);
  const voters = votes.map(({ claims }) => claims['iss']).filter((iss) => typeof iss === 'string');
  const others = [...new Set([...voters, ...witnesses])].filter((other) => other !== code);
  const chain = [
    ...(founding ? [founding] : []),
    ...others.flatMap((other) => keysSaidBy(other, statementsOf(other, list))),
    ...keysSaidBy(code, own),
    ...votes,
  ];
  return chain.map(({ compact }) => compact);
}

/**
 * The certificate of the officer whose key signed this statement: the last one from before it, as the same officer may have been certified again. Null when a key
 * of the member itself signed. Throws `MemberError` NOT_VERIFIED when there is neither.
 */
export async function certificateOf(
  code: string,
  { claims, kid }: DecodedStatement,
  list: readonly StatedMember[],
): Promise<string | null> {
  const own = statementsOf(code, list).filter((one) => one.claims['iss'] === code);
  let certificate: DecodedStatement | null = null;
  for (const one of own) {
    const key = keyBroughtBy(one);
    if (key === undefined || (await readPublicKey(key)).kid !== kid) continue;
    if (!findEventBody(one, EVENTS.certifyOfficer)) return null;
    if (!certificate || Number(one.claims['iat']) <= Number(claims['iat'])) certificate = one;
  }
  if (certificate) return certificate.compact;
  throw lacking('the certificate of the officer that signed it');
}

function keyBroughtBy(statement: DecodedStatement): unknown {
  const events = [EVENTS.join, EVENTS.rotateKey, EVENTS.certifyOfficer];
  return events.map((event) => findEventBody(statement, event)).find((body) => body !== null)?.['key'];
}

function statementsOf(code: string, list: readonly StatedMember[]): readonly DecodedStatement[] {
  const member = list.find((one) => one.code === code);
  if (!member) throw lacking(`the statements of ${code}`);
  return member.statements.map(decodeStatement);
}

/** The statements by which a member says what its keys are. */
function keysSaidBy(code: string, statements: readonly DecodedStatement[]): readonly DecodedStatement[] {
  const own = statements.filter(({ claims }) => claims['iss'] === code);
  return own.filter((one) => (findEventBody(one, EVENTS.join) ?? findEventBody(one, EVENTS.rotateKey)) !== null);
}

function lacking(what: string): MemberError {
  return new MemberError(
    'NOT_VERIFIED',
    `The hub’s member list lacks ${what}.`,
    'Without it no evidence can be made; tell the members of the accord.',
    ['members'],
  );
}
