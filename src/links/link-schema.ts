import { readFileSync } from 'node:fs';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { EVENTS, type LinkBodies, type LinkEvent, Refusal } from '../protocol/index.js';

const FILE = new URL('../../schema/linkage/link-statement.schema.json', import.meta.url);
const BASE = 'https://w3id.org/symbolon/schema/link-statement.schema.json';

let ajv: Ajv2020 | undefined;

/** Checks the body of an event about a link against `schema/linkage/link-statement.schema.json`. Throws `Refusal` SCHEMA_INVALID with the path; echoes no value. */
export function readLinkBody<E extends LinkEvent>(event: E, body: unknown): LinkBodies[E] {
  const validate = validatorOf<LinkBodies[E]>(event);
  if (validate(body)) return body;
  const [fault] = validate.errors ?? [];
  throw refusalOf(event, fault);
}

function validatorOf<Body>(event: LinkEvent): ValidateFunction<Body> {
  ajv ??= new Ajv2020({ strict: true, strictRequired: false }).addSchema(
    JSON.parse(readFileSync(FILE, 'utf8')) as object, // parsing: the contract, which Ajv checks itself
  );
  const name = EVENTS[event].slice(EVENTS[event].lastIndexOf('/') + 1);
  const validate = ajv.getSchema<Body>(`${BASE}#/$defs/${name}`);
  if (!validate) throw new Error(`schema/linkage lacks ${name}`);
  return validate;
}

/** The path names properties of the schema only: what else the body holds is named by its owner alone. */
function refusalOf(event: LinkEvent, fault: ErrorObject | undefined): Refusal {
  const missing =
    fault?.keyword === 'required'
      ? `: the property ${String(fault.params['missingProperty'])} is missing`
      : ` (rule ${fault?.keyword ?? 'unknown'})`;
  return new Refusal(
    'SCHEMA_INVALID',
    `The body does not satisfy the JSON Schema${missing}.`,
    'Compare it with schema/linkage/link-statement.schema.json.',
    ['events', EVENTS[event], ...(fault?.instancePath.split('/').slice(1) ?? [])],
  );
}
