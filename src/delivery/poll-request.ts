import type { Acting } from '../database/index.js';
import { type Json, Refusal } from '../protocol/index.js';
import { readSetError, seqOfJti, type SetErrorCode } from '../protocol/delivery/index.js';

/** What a receiver asks for and answers in one poll (RFC 8936 §2.2), read. */
export interface PollRequest {
  /** How many SETs at most; 0 for none. */
  readonly maxEvents: number;
  readonly returnImmediately: boolean;
  /** The numbers of the entries that it took in. */
  readonly acknowledged: readonly number[];
  /** Those that it refuses, each with the reason. */
  readonly refused: readonly { readonly seq: number; readonly error: SetErrorCode }[];
}

const NAMES = ['maxEvents', 'returnImmediately', 'ack', 'setErrs'];
const MOST_EVENTS = 100;
const USUAL_EVENTS = 20;
const MOST_ANSWERS = 1_000;

/** Reads the body of a poll of this inbox. Throws `Refusal`: SCHEMA_INVALID; NOT_DELIVERED for what names no entry of it. */
export function readPollRequest(body: Json | undefined, inbox: Acting): PollRequest {
  const fields = objectOf(body, [], 'an object as in RFC 8936');
  if (Object.keys(fields).some((name) => !NAMES.includes(name)))
    throw invalid([], `no other properties than ${NAMES.join(', ')}`);
  const { maxEvents = USUAL_EVENTS, returnImmediately = false, ack = [], setErrs = {} } = fields;
  if (typeof maxEvents !== 'number' || !Number.isInteger(maxEvents) || maxEvents < 0)
    throw invalid(['maxEvents'], 'a whole number from 0 on');
  if (typeof returnImmediately !== 'boolean') throw invalid(['returnImmediately'], 'true or false');
  if (!Array.isArray(ack) || ack.length > MOST_ANSWERS) throw invalid(['ack'], `a list of up to ${MOST_ANSWERS}`);
  const errors = Object.entries(objectOf(setErrs, ['setErrs'], 'an object by jti'));
  if (errors.length > MOST_ANSWERS) throw invalid(['setErrs'], `up to ${MOST_ANSWERS} errors`);
  const acknowledged = ack.map((jti, at) => entryOf(jti, inbox, ['ack', String(at)]));
  const refused = errors.map(([jti, problem], at) => {
    const path = ['setErrs', String(at)];
    const error = readSetError(problem);
    if (!error) throw invalid([...path, 'err'], 'an error code of RFC 8935');
    return { seq: entryOf(jti, inbox, path), error };
  });
  if (refused.some(({ seq }) => acknowledged.includes(seq)))
    throw invalid(['setErrs'], 'no SET that is acknowledged too');
  return { maxEvents: Math.min(maxEvents, MOST_EVENTS), returnImmediately, acknowledged, refused };
}

/** That a SET is acknowledged or refused which was not handed out. */
export function notDelivered(path: readonly string[]): Refusal {
  return new Refusal(
    'NOT_DELIVERED',
    'This SET was not handed out to you.',
    'Acknowledge or refuse what a poll or a push with this purpose gave you.',
    path,
  );
}

function entryOf(jti: unknown, inbox: Acting, path: readonly string[]): number {
  const seq = typeof jti === 'string' ? seqOfJti(inbox, jti) : null;
  if (seq === null) throw notDelivered(path);
  return seq;
}

function objectOf(value: Json | undefined, path: readonly string[], wanted: string): { readonly [key: string]: Json } {
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as { readonly [key: string]: Json }; // parsing
  throw invalid(path, wanted);
}

function invalid(path: readonly string[], wanted: string): Refusal {
  return new Refusal('SCHEMA_INVALID', 'The poll is not what it should be.', `It takes ${wanted}.`, path);
}
