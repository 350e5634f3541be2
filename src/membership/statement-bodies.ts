import {
  type CertifyOfficerBody,
  type CountersignBody,
  type JoinBody,
  type MembershipEvent,
  type ReinstateBody,
  type RevokeOfficerBody,
  type RotateKeyBody,
  type SuspendBody,
} from '../protocol/index.js';
import { BodySchema } from './body-schema.js';

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

const SCHEMA = new BodySchema<MembershipBodies>(
  'membership/statement.schema.json',
  'https://w3id.org/symbolon/schema/membership-statement.schema.json',
  (event) => event,
);

/** Checks the body of a membership event against `schema/membership`. Throws `Refusal` SCHEMA_INVALID with the path; echoes no value. */
export function readBody<E extends MembershipEvent>(event: E, body: unknown): MembershipBodies[E] {
  return SCHEMA.read(event, body);
}
