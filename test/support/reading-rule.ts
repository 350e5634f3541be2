import type { Purpose } from '../../src/protocol/index.js';
import type { DrawnAlert, DrawnMember, World } from './worlds.js';

/** Whether a member may act for a purpose at all: it is active, and the purpose is in its mandate. */
export function mayAct(member: DrawnMember, purpose: Purpose): boolean {
  return member.state === 'active' && member.mandate.includes(purpose);
}

/** The rule in the words of PROTOCOL.md L3 and L4, written anew for the tests. */
export function mayRead(reader: DrawnMember, purpose: Purpose, alert: DrawnAlert): boolean {
  if (!mayAct(reader, purpose)) return false;
  if (alert.sender === reader.code) return true;
  return isInForce(alert) && addresses(alert, reader, purpose);
}

/** Whether an alert's audience has a member in it for a purpose, whatever became of the alert, and whoever sent it. */
export function addresses(alert: DrawnAlert, reader: DrawnMember, purpose: Purpose): boolean {
  if (!alert.purposes.includes(purpose)) return false;
  if (alert.everyone || alert.members.includes(reader.code)) return true;
  const limits = [alert.countries?.includes(reader.country), alert.kinds?.includes(reader.kind)];
  const given = limits.filter((limit) => limit !== undefined);
  return given.length > 0 && !given.includes(false);
}

/** Active and unexpired. */
export function isInForce({ state, past }: DrawnAlert): boolean {
  return state === 'active' && !past;
}

/** What of a world a member may read, in the order of acceptance. */
export function readable({ alerts }: World, reader: DrawnMember, purpose: Purpose): DrawnAlert[] {
  return alerts.filter((alert) => mayRead(reader, purpose, alert));
}
