import { BodySchema } from '../membership/index.js';
import { EVENTS, type LinkBodies, type LinkEvent } from '../protocol/index.js';

const SCHEMA = new BodySchema<LinkBodies>(
  'linkage/link-statement.schema.json',
  'https://w3id.org/symbolon/schema/link-statement.schema.json',
  (event) => EVENTS[event].slice(EVENTS[event].lastIndexOf('/') + 1),
);

/** Checks the body of an event about a link against `schema/linkage`. Throws `Refusal` SCHEMA_INVALID with the path; echoes no value. */
export function readLinkBody<E extends LinkEvent>(event: E, body: unknown): LinkBodies[E] {
  return SCHEMA.read(event, body);
}
