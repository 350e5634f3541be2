import { readFileSync } from 'node:fs';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { EVENTS, Refusal } from '../protocol/index.js';

/** Bodies of events as a file of `schema/` describes them: each definition of the file is the body of one event. */
export class BodySchema<Bodies extends object> {
  private ajv: Ajv2020 | undefined;

  /** `path` from `schema/`, the `$id` that stands in the file, and by which name it defines an event's body. */
  constructor(
    private readonly path: string,
    private readonly id: string,
    private readonly definitionOf: (event: keyof Bodies & keyof typeof EVENTS) => string,
  ) {}

  /** Checks the body of an event. Throws `Refusal` SCHEMA_INVALID with the path; echoes no value. */
  read<E extends keyof Bodies & keyof typeof EVENTS>(event: E, body: unknown): Bodies[E] {
    const validate = this.validatorOf<Bodies[E]>(this.definitionOf(event));
    if (validate(body)) return body;
    throw this.refusalOf(event, validate.errors?.[0]);
  }

  private validatorOf<Body>(definition: string): ValidateFunction<Body> {
    this.ajv ??= new Ajv2020({ strict: true, strictRequired: false }).addSchema(
      JSON.parse(readFileSync(new URL(`../../schema/${this.path}`, import.meta.url), 'utf8')) as object, // parsing: the contract, which Ajv checks itself
    );
    const validate = this.ajv.getSchema<Body>(`${this.id}#/$defs/${definition}`);
    if (!validate) throw new Error(`schema/${this.path} lacks ${definition}`);
    return validate;
  }

  /** The path names properties of the schema only: what else the body holds is named by its owner alone. */
  private refusalOf(event: keyof typeof EVENTS, fault: ErrorObject | undefined): Refusal {
    const missing =
      fault?.keyword === 'required'
        ? `: the property ${String(fault.params['missingProperty'])} is missing`
        : ` (rule ${fault?.keyword ?? 'unknown'})`;
    return new Refusal(
      'SCHEMA_INVALID',
      `The body does not satisfy the JSON Schema${missing}.`,
      `Compare it with schema/${this.path}.`,
      ['events', EVENTS[event], ...(fault?.instancePath.split('/').slice(1) ?? [])],
    );
  }
}
