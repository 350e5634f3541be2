import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import standaloneCode from 'ajv/dist/standalone/index.js';

const NAME = 'virtual:alert-validator';
const SCHEMA = new URL('../../../schema/alert/alert.schema.json', import.meta.url);

/** The validator of the alert's JSON Schema as a module: a page that allows no `eval` cannot compile one. */
export function alertValidator() {
  return {
    name: 'alert-validator',
    resolveId: (id) => (id === NAME ? `\0${NAME}` : null),
    load(id) {
      if (id !== `\0${NAME}`) return null;
      const schema = JSON.parse(readFileSync(SCHEMA, 'utf8'));
      const ajv = new Ajv2020({ strict: false, allErrors: false, code: { source: true, esm: true } });
      addFormats.default(ajv);
      ajv.addSchema(schema);
      ajv.addSchema({ $id: 'content', $ref: `${schema.$id}#/$defs/content` });
      return standaloneCode.default(ajv, { validateContent: 'content' });
    },
  };
}
