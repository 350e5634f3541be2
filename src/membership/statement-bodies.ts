import { readFileSync } from 'node:fs';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import {
  type CertifyOfficerBody,
  type CountersignBody,
  EVENTS,
  type JoinBody,
  type MembershipEvent,
  Refusal,
  type ReinstateBody,
  type RevokeOfficerBody,
  type RotateKeyBody,
  type SuspendBody,
} from '../protocol/index.js';

/** The body that each membership event carries. */
export interface MembershipBodies {
  readonly join: JoinBody;
  readonly countersign: CountersignBody;
  readonly rotateKey: RotateKeyBody;
  readonly suspend: SuspendBody;
  readonly reinstate: ReinstateBody;
  readonly leave: object;
  readonly certifyOfficer: CertifyOfficerBody;
  readonly revokeOfficer: RevokeOfficerBody;
}

const FILE = new URL('../../schema/membership/statement.schema.json', import.meta.url);
const BASE = 'https://w3id.org/symbolon/schema/membership-statement.schema.json';

let ajv: Ajv2020 | undefined;

/** Checks the body of a membership event against `schema/membership`. Throws `Refusal` SCHEMA_INVALID with the path; echoes no value. */
export function readBody<E extends MembershipEvent>(event: E, body: unknown): MembershipBodies[E] {
  const validate = validatorOf<MembershipBodies[E]>(event);
  if (validate(body)) return body;
  const [fault] = validate.errors ?? [];
  throw fault
    ? refusalOf(event, fault)
    : new Refusal('SCHEMA_INVALID', 'The body does not satisfy the JSON Schema.', 'Compare it with schema/membership.');
}

function validatorOf<Body>(event: MembershipEvent): ValidateFunction<Body> {
  ajv ??= new Ajv2020({ strict: true }).addSchema(JSON.parse(readFileSync(FILE, 'utf8')) as object);
  const validate = ajv.getSchema<Body>(`${BASE}#/$defs/${event}`);
  if (!validate) throw new Error(`schema/membership lacks ${event}`);
  return validate;
}

function refusalOf(event: MembershipEvent, { instancePath, keyword, params }: ErrorObject): Refusal {
  const missing =
    keyword === 'required' ? `: the property ${String(params['missingProperty'])} is missing` : ` (rule ${keyword})`;
  const path = instancePath.split('/').slice(1);
  return new Refusal(
    'SCHEMA_INVALID',
    `The body does not satisfy the JSON Schema${missing}.`,
    'Compare it with schema/membership/statement.schema.json.',
    [...['events', EVENTS[event]], ...path],
  );
}
