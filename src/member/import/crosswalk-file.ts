import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseCrosswalk, type Crosswalk } from '../../protocol/crosswalk/index.js';
import { schemaFolder } from '../files/schema-folder.js';

/** Reads one crosswalk of `schema/ontology/crosswalks`. */
export function readCrosswalk(name: string): Crosswalk {
  const file = `${name}.sssom.tsv`;
  return parseCrosswalk(readFileSync(join(schemaFolder(), 'ontology', 'crosswalks', file), 'utf8'), file);
}
