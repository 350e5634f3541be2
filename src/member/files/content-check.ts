import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { AlertContent } from '../../protocol/index.js';
import { contentCheck, type ContentCheck } from '../content-check.js';
import { schemaFolder } from './schema-folder.js';

let compiled: ContentCheck | null = null;

/** The check by the schema that stands beside the code. */
export const checkContent: ContentCheck = (value) => (compiled ??= compile())(value);

function compile(): ContentCheck {
  const file = join(schemaFolder(), 'alert', 'alert.schema.json');
  const schema = JSON.parse(readFileSync(file, 'utf8')) as { readonly $id: string };
  const ajv = new Ajv2020({ strict: false, allErrors: false });
  addFormats.default(ajv);
  ajv.addSchema(schema);
  return contentCheck(ajv.compile<AlertContent>({ $ref: `${schema.$id}#/$defs/content` }));
}
