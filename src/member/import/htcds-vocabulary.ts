import type { Crosswalk } from '../../protocol/crosswalk/index.js';
import { FIELD_LABELS } from './htcds-fields.js';

/** The terms of the crosswalk, found by code or label however they are spaced, hyphenated or capitalised. */
export class HtcdsVocabulary {
  private readonly fields = new Map<string, string>();
  private readonly terms = new Map<string, string>();
  private readonly flags = new Set<string>();

  constructor(crosswalk: Crosswalk) {
    for (const [objectId, rows] of crosswalk.rowsByTerm) {
      const name = objectId.slice('htcds:'.length);
      const slash = name.indexOf('/');
      if (slash < 0) {
        this.flags.add(name);
        this.fields.set(bare(name), name);
        continue;
      }
      const field = name.slice(0, slash);
      this.fields.set(bare(field), field);
      this.fields.set(bare(field.slice(field.indexOf('_') + 1)), field);
      this.terms.set(`${field}/${bare(name.slice(slash + 1))}`, objectId);
      for (const row of rows) this.terms.set(`${field}/${bare(row.objectLabel)}`, objectId);
    }
    for (const [field, label] of FIELD_LABELS) {
      for (const spelling of [field, field.slice(field.indexOf('_') + 1), label]) {
        if (!this.fields.has(bare(spelling))) this.fields.set(bare(spelling), field);
      }
    }
  }

  /** The field that a column is; null when the standard has none of this name. */
  fieldOf(column: string): string | null {
    return this.fields.get(bare(column)) ?? null;
  }

  isFlag(field: string): boolean {
    return this.flags.has(field);
  }

  isPicklist(field: string): boolean {
    return [...this.terms.keys()].some((key) => key.startsWith(`${field}/`));
  }

  /** The term of a field's value, or an id that no crosswalk has. */
  termOf(field: string, value: string): string {
    return this.terms.get(`${field}/${bare(value)}`) ?? `htcds:${field}/`;
  }

  /** Whether a whole cell is one value: some labels hold a semicolon themselves. */
  isOneValue(field: string, text: string): boolean {
    return this.terms.has(`${field}/${bare(text)}`);
  }
}

/** A name without what sheets spell differently: case, spaces, hyphens, underscores. */
export function bare(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, '');
}
