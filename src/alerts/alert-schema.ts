import { readFileSync } from 'node:fs';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { Refusal } from '../protocol/index.js';
import type { AlertClaims } from './alert-claims.js';

const FILE = new URL('../../schema/alert/alert.schema.json', import.meta.url);

let compiled: ValidateFunction<AlertClaims> | undefined;

/** Checks the payload of an alert statement against `schema/alert/alert.schema.json`. Throws `Refusal` SCHEMA_INVALID with the path; echoes no value. */
export function assertAlertClaims(claims: unknown): asserts claims is AlertClaims {
  compiled ??= compile();
  if (compiled(claims)) return;
  // The deepest fault says most: "kind is missing" rather than "events matches none".
  const [fault] = [...(compiled.errors ?? [])].sort((a, b) => b.instancePath.length - a.instancePath.length);
  throw fault
    ? refusalOf(fault)
    : new Refusal('SCHEMA_INVALID', 'The content does not satisfy the JSON Schema.', 'Compare it with schema/alert.');
}

function compile(): ValidateFunction<AlertClaims> {
  const ajv = new Ajv2020({ strict: true, strictRequired: false, allErrors: false });
  addFormats.default(ajv);
  return ajv.compile<AlertClaims>(JSON.parse(readFileSync(FILE, 'utf8')) as object);
}

function refusalOf(fault: ErrorObject): Refusal {
  const path = fault.instancePath
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  return new Refusal(
    'SCHEMA_INVALID',
    `The content does not satisfy the JSON Schema: ${sentenceOf(fault)}.`,
    remedyOf(fault),
    safe(path),
  );
}

/** Property names come from outside; only names that the schema could know are repeated. */
function safe(path: readonly string[]): string[] {
  return path.map((part) => (/^[A-Za-z0-9:/.-]{1,80}$/.test(part) ? part : '?'));
}

function sentenceOf({ keyword, params }: ErrorObject): string {
  if (keyword === 'required') return `the property ${String(params['missingProperty'])} is missing`;
  if (keyword === 'additionalProperties' || keyword === 'unevaluatedProperties' || keyword === 'false schema')
    return 'a property stands where none is allowed';
  if (keyword === 'type') return `the value is not of type ${String(params['type'])}`;
  if (keyword === 'enum' || keyword === 'const') return 'the value is not one of the list';
  return `the rule ${keyword} is broken`;
}

function remedyOf({ keyword, params }: ErrorObject): string {
  if (keyword === 'enum') return `Use one of: ${[params['allowedValues']].flat().map(String).join(', ')}.`;
  if (keyword === 'required') return 'Add it.';
  if (keyword === 'additionalProperties' || keyword === 'false schema')
    return 'Remove it; free text and identities have no place in the clear part.';
  return 'Compare it with schema/alert/alert.schema.json.';
}
