/** What is wrong in a file of the ontology, and where. */
export interface FileFault {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly reason: string;
}

/** The ontology cannot be used; names every fault with its file and line. */
export class OntologyFileError extends Error {
  override readonly name = 'OntologyFileError';
  readonly code = 'ONTOLOGY_FILE_INVALID';

  constructor(readonly faults: readonly FileFault[]) {
    super(faults.map(({ file, line, reason }) => `${file}:${line}: ${reason}`).join('\n'));
  }
}

/** The last part of a file's path. */
export function baseName(file: string): string {
  return file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
}
