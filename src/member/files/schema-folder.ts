import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder `schema/` that stands beside the code, whether this runs from `src/` or from `dist/`. */
export function schemaFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    const candidate = join(folder, 'schema');
    if (existsSync(join(candidate, 'alert', 'alert.schema.json'))) return candidate;
    const parent = dirname(folder);
    if (parent === folder) throw new Error('the folder schema/ is missing beside the code');
    folder = parent;
  }
}
