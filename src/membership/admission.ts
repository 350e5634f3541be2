import type { Transaction } from '../database/index.js';
import { EVENTS, isCountryCode, MANDATE_BY_KIND, readPublicKey, Refusal } from '../protocol/index.js';
import { type VerifiedStatement } from './statement-intake.js';

const at = (...path: string[]): string[] => ['events', EVENTS.join, ...path];

/** Checks what an organisation declares of itself. Throws `Refusal`: WRONG_ACCORD, UNKNOWN_CODE, ARGUMENT_INVALID, PURPOSE_OUTSIDE_MANDATE. */
export function assertAdmissible({ claims, body }: VerifiedStatement<'join'>, accordHash: string): void {
  if (body.accord !== accordHash) {
    throw new Refusal(
      'WRONG_ACCORD',
      'The statement names another accord text than the one in force.',
      'Read the accord again and sign its hash.',
      at('accord'),
    );
  }
  if (!isCountryCode(body.country))
    throw new Refusal('UNKNOWN_CODE', 'The value is not a country code.', 'Use ISO 3166-1 alpha-2.', at('country'));
  if (!claims.issuer.startsWith(`${body.country.toLowerCase()}-`)) {
    throw new Refusal(
      'ARGUMENT_INVALID',
      'The member code does not begin with the country.',
      'Begin it with the country in lower case and a hyphen.',
      ['iss'],
    );
  }
  const beyond = body.mandate.find((purpose) => !MANDATE_BY_KIND[body.kind].includes(purpose));
  if (beyond !== undefined) {
    const remedy = `This kind of organisation may act for: ${MANDATE_BY_KIND[body.kind].join(', ')}.`;
    throw new Refusal(
      'PURPOSE_OUTSIDE_MANDATE',
      'The mandate goes beyond what the accord lets this kind of organisation act for.',
      remedy,
      at('mandate'),
    );
  }
}

/** Enters a pending member with its key. Throws `Refusal` ALREADY_EXISTS. */
export async function enterMember(
  transaction: Transaction,
  { claims, body, decoded }: VerifiedStatement<'join'>,
): Promise<void> {
  const key = await readPublicKey(body.key);
  await assertUnusedKey(transaction, key.kid, at('key'));
  const insert = `
    INSERT INTO member (code, name, kind, country, mandate, state, join_hash, joined_at, state_changed_at)
    VALUES ($1, $2, $3, $4, $5, 'pending', $6, now(), now()) ON CONFLICT DO NOTHING RETURNING code`;
  const joinHash = Buffer.from(decoded.payloadHash, 'base64url');
  const values = [claims.issuer, body.name, body.kind, body.country, body.mandate, joinHash];
  if ((await transaction.query(insert, values)).length === 0) {
    throw new Refusal(
      'ALREADY_EXISTS',
      'A member with this code exists.',
      'Choose another code; codes are never reused.',
      ['iss'],
    );
  }
  await enterKey(transaction, claims.issuer, key);
}

/** Enters a member's present key. */
export async function enterKey(
  transaction: Transaction,
  member: string,
  key: { kid: string; algorithm: string; jwk: object },
): Promise<void> {
  const insert = 'INSERT INTO member_key (kid, member_code, algorithm, jwk, valid_from) VALUES ($1, $2, $3, $4, now())';
  await transaction.query(insert, [key.kid, member, key.algorithm, JSON.stringify(key.jwk)]);
}

/** A key belongs to one holder for ever. Throws `Refusal` ALREADY_EXISTS. */
export async function assertUnusedKey(transaction: Transaction, kid: string, path: readonly string[]): Promise<void> {
  const taken = await transaction.query(
    'SELECT 1 FROM member_key WHERE kid = $1 UNION ALL SELECT 1 FROM officer WHERE kid = $1',
    [kid],
  );
  if (taken.length > 0) throw new Refusal('ALREADY_EXISTS', 'This key is already in use.', 'Make a new key.', path);
}
