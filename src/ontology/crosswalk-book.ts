import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Injectable } from '@nestjs/common';
import { type Crosswalk, parseCrosswalk } from '../protocol/crosswalk/index.js';

const FOLDER = fileURLToPath(new URL('../../schema/ontology/crosswalks/', import.meta.url));

/** A relation of one of our concepts to a term of another standard, as the SDL has it. */
export interface MappingView {
  readonly predicate: string;
  readonly objectId: string;
  readonly objectLabel: string;
  readonly comment: string;
}

/** The crosswalks to other standards, read once at the start. */
@Injectable()
export class CrosswalkBook {
  readonly crosswalks: readonly Crosswalk[] = readdirSync(FOLDER)
    .filter((name) => name.endsWith('.sssom.tsv'))
    .sort()
    .map((name) => parseCrosswalk(readFileSync(join(FOLDER, name), 'utf8'), name));

  private readonly bySubject = new Map<string, MappingView[]>();

  constructor() {
    for (const { subjectId, predicate, objectId, objectLabel, comment } of this.crosswalks.flatMap(
      ({ rows }) => rows,
    )) {
      if (subjectId === null) continue;
      const mappings = this.bySubject.get(subjectId) ?? [];
      mappings.push({ predicate, objectId, objectLabel, comment });
      this.bySubject.set(subjectId, mappings);
    }
  }

  /** The relations of one concept. */
  of(concept: string): readonly MappingView[] {
    return this.bySubject.get(concept) ?? [];
  }
}
