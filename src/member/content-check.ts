import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { Refusal, type AlertContent } from '../protocol/index.js';
import { schemaFolder } from './schema-folder.js';

let compiled: ValidateFunction<AlertContent> | null = null;

/**
 * Checks a value against the alert's JSON Schema before it is signed, with the very file that the hub checks with.
 * Throws `Refusal` SCHEMA_INVALID with the path of the first fault; no value is echoed.
 */
export function checkContent(value: unknown): AlertContent {
  compiled ??= compile();
  if (compiled(value)) return value;
  throw asRefusal(compiled.errors?.[0]);
}

function compile(): ValidateFunction<AlertContent> {
  const file = join(schemaFolder(), 'alert', 'alert.schema.json');
  const schema = JSON.parse(readFileSync(file, 'utf8')) as { readonly $id: string };
  const ajv = new Ajv2020({ strict: false, allErrors: false });
  addFormats.default(ajv);
  ajv.addSchema(schema);
  return ajv.compile<AlertContent>({ $ref: `${schema.$id}#/$defs/content` });
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
