import { endOf } from '../alerts/index.js';
import type { Principal } from '../graphql/index.js';
import {
  type AlertContent,
  EVENTS,
  isCalendarDate,
  isCountryCode,
  type PermissionAskedBody,
  type PermissionEvent,
  Refusal,
} from '../protocol/index.js';
import type { PermissionRow } from './permission-row.js';

const ASKED = ['events', EVENTS.permissionAsked];

/** Refuses a use that the handling code does not leave to the sender to permit (PROTOCOL.md W7). Throws `Refusal` PERMISSION_NOT_APPLICABLE. */
export function assertPermissible(body: PermissionAskedBody, { handling }: AlertContent, isFlag: boolean): void {
  const { code } = handling;
  if (isFlag)
    throw notApplicable(
      'A flag of the hub has no sender who could permit it.',
      'Ask the holders of the alerts on which it rests.',
      'alert',
    );
  if (code === 'H0')
    throw notApplicable(
      'The handling code H0 leaves nothing to be permitted.',
      'Use it for its purposes, among those addressed; for others ask its sender to address them.',
      'alert',
    );
  if (code === 'H3')
    throw notApplicable(
      'The restrictions of H3 stand in the sealed part, where the hub cannot read them.',
      'Ask the sender itself, as the sealed part says.',
      'alert',
    );
  if (code === 'H1' && body.use === 'pass-on')
    throw notApplicable(
      'The handling code H1 is about evidence alone.',
      'Ask the sender to address whoever should read the alert.',
      'use',
    );
}

/** Refuses a purpose that is not the alert's, and an addressee that cannot be. `mandate` is that of the member named, null when it is no active member. Throws `Refusal`. */
export function assertDestination(
  { use, purpose, to }: PermissionAskedBody,
  { handling }: AlertContent,
  provider: string,
  asker: Principal,
  mandate: readonly string[] | null,
): void {
  if (!handling.purposes.includes(purpose))
    throw new Refusal(
      'PURPOSE_MISMATCH',
      'The alert does not name this purpose.',
      'Ask for one of the purposes of the alert.',
      [...ASKED, 'purpose'],
    );
  if (to.country !== undefined) {
    if (isCountryCode(to.country)) return;
    throw new Refusal(
      'UNKNOWN_CODE',
      'The value is not a country code that the hub knows.',
      'Use ISO 3166-1 alpha-2.',
      [...ASKED, ...['to', 'country']],
    );
  }
  const isParty = to.member === provider || to.member === asker.member;
  if (use === 'evidence' || isParty || !mandate?.includes(purpose))
    throw new Refusal(
      'AUDIENCE_INVALID',
      'Evidence goes to a country; an alert is passed on to an active member, other than sender and asker, that may act for the purpose.',
      'See the query members.',
      [...ASKED, ...['to', 'member']],
    );
}

/** Refuses an answer that does not fit. A permission that was given can be taken back; what was refused has to be asked for anew. Throws `Refusal` PERMISSION_CLOSED. */
export function assertAnswerable(event: PermissionEvent, { state }: PermissionRow): void {
  if (state === 'asked' || (state === 'given' && event === 'permissionRefused')) return;
  throw new Refusal(
    'PERMISSION_CLOSED',
    'The permission was refused, taken back or given already, or has ended.',
    'Have the recipient ask anew, if the alert is still in force.',
    ['events', EVENTS[event], 'permission'],
  );
}

/** Refuses a last day that is none, is past, or lies after the alert's own end. Throws `Refusal`: SCHEMA_INVALID, RETENTION_EXCEEDED. */
export function assertUntil(until: string, expiresAt: Date): void {
  const path = ['events', EVENTS.permissionGiven, 'until'];
  if (!isCalendarDate(until)) throw new Refusal('SCHEMA_INVALID', 'There is no such day.', 'Correct the date.', path);
  const end = endOf(until).getTime();
  if (end <= Date.now() || end > expiresAt.getTime())
    throw new Refusal(
      'RETENTION_EXCEEDED',
      'The last day is past, or later than the alert’s own.',
      'Choose a day from today until the alert expires.',
      path,
    );
}

/** The refusal of an alert that the asker may not read, or that there is not: alike. */
export function noSuchAlert(): Refusal {
  return new Refusal(
    'NOT_FOUND',
    'There is no such alert of others that you may read for this purpose.',
    'Check the alert’s id and the token’s purpose.',
    [...ASKED, 'alert'],
  );
}

/** The refusal of a permission that was not asked of the sender, or that there is not: alike. */
export function noSuchPermission(event: PermissionEvent): Refusal {
  return new Refusal('NOT_FOUND', 'No such permission was asked of you.', 'See the query permissions for what was.', [
    'events',
    EVENTS[event],
    'permission',
  ]);
}

/** The refusal of the same question while the first is not answered. */
export function askedAlready(): Refusal {
  return new Refusal('ALREADY_EXISTS', 'You asked for this already, and it is not answered.', 'Wait for the answer.', [
    ...ASKED,
    'alert',
  ]);
}

function notApplicable(message: string, remedy: string, property: string): Refusal {
  return new Refusal('PERMISSION_NOT_APPLICABLE', message, remedy, [...ASKED, property]);
}
