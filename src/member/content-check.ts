import type { ErrorObject } from 'ajv';
import { Refusal, type AlertContent } from '../protocol/index.js';

/** Checks a value against the alert's JSON Schema, before it is signed or after it was verified. Throws `Refusal` SCHEMA_INVALID with the path of the first fault; no value is echoed. */
export type ContentCheck = (value: unknown) => AlertContent;

/** What a validator of JSON Schema is: a guard that keeps what it found at fault. */
export interface ContentValidator {
  (value: unknown): value is AlertContent;
  readonly errors?: readonly ErrorObject[] | null;
}

/** A check by a validator of the very schema that the hub checks with. */
export function contentCheck(validate: ContentValidator): ContentCheck {
  return (value) => {
    if (validate(value)) return value;
    throw asRefusal(validate.errors?.[0]);
  };
}

function asRefusal(error: ErrorObject | undefined): Refusal {
  const path = (error?.instancePath ?? '').split('/').slice(1);
  return new Refusal(
    'SCHEMA_INVALID',
    `The content does not fit the schema: ${describe(error)}.`,
    'Correct the property named; schema/alert/alert.schema.json says what it takes.',
    ['content', ...path],
  );
}

function describe(error: ErrorObject | undefined): string {
  switch (error?.keyword) {
    case 'required':
      return `the property ${String(error.params['missingProperty'])} is missing`;
    case 'additionalProperties':
      return 'there is a property that the schema does not know';
    case 'false schema':
      return 'this property does not belong to this kind of alert';
    default:
      return error?.message ?? 'it is not an alert';
  }
}
