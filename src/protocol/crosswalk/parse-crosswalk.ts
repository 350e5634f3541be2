import { parse } from 'yaml';
import { MATCH_PREDICATES, type Crosswalk, type CrosswalkRow, type MatchPredicate } from './crosswalk.js';

/** What is wrong with one line of a crosswalk file; lines count from 1. */
export interface CrosswalkProblem {
  readonly line: number;
  readonly reason: string;
}

/** Thrown with every problem of the file at once. */
export class CrosswalkError extends Error {
  override readonly name = 'CrosswalkError';

  constructor(
    readonly fileName: string,
    readonly problems: readonly CrosswalkProblem[],
  ) {
    super(problems.map(({ line, reason }) => `${fileName}:${line}: ${reason}`).join('\n'));
  }
}

const COLUMNS = [
  'subject_id',
  'subject_label',
  'predicate_id',
  'object_id',
  'object_label',
  'mapping_justification',
  'comment',
] as const;
const SUBJECT = /^symbolon:([a-z][a-z-]*\/[a-z0-9]+(?:-[a-z0-9]+)*)$/;
const CURIE = /^[A-Za-z][A-Za-z0-9_-]*:[^\s<>"{}|\\^`]+$/;

/**
 * Reads a crosswalk in SSSOM TSV (https://mapping-commons.github.io/sssom/): a YAML header in lines that begin with `#`,
 * then a tab-separated table with a heading. Whether a subject is a concept of ours is for the caller to check.
 * @throws CrosswalkError naming the line and the reason of each bad row
 */
export function parseCrosswalk(text: string, fileName: string): Crosswalk {
  const problems: CrosswalkProblem[] = [];
  const lines = text.split(/\r?\n/);
  const headerLength = lines.findIndex((line) => !line.startsWith('#'));
  const header = readHeader(lines.slice(0, headerLength), problems);
  const columns = (lines[headerLength] ?? '').split('\t');
  for (const column of COLUMNS) {
    if (!columns.includes(column)) problems.push({ line: headerLength + 1, reason: `the column ${column} is missing` });
  }
  if (problems.length > 0) throw new CrosswalkError(fileName, problems);

  const rows: CrosswalkRow[] = [];
  lines.slice(headerLength + 1).forEach((content, index) => {
    if (content === '') return;
    const line = headerLength + 2 + index;
    const row = readRow(line, columns, content.split('\t'), header.prefixes);
    if (typeof row === 'string') problems.push({ line, reason: row });
    else rows.push(row);
  });
  const rowsByTerm = groupByTerm(rows);
  for (const group of rowsByTerm.values()) problems.push(...contradictions(group));
  if (problems.length > 0) throw new CrosswalkError(fileName, problems);
  return { ...header, rows, rowsByTerm };
}

type Header = Pick<Crosswalk, 'id' | 'title' | 'source' | 'sourceVersion' | 'prefixes'>;

function readHeader(lines: readonly string[], problems: CrosswalkProblem[]): Header {
  let header: Readonly<Record<string, unknown>> = {};
  try {
    const parsed: unknown = parse(lines.map((line) => line.replace(/^# ?/, '')).join('\n'));
    if (isRecord(parsed)) header = parsed;
  } catch (cause) {
    problems.push({
      line: 1,
      reason: `the header is not YAML: ${cause instanceof Error ? cause.message : 'unreadable'}`,
    });
  }
  const read = (key: string): string => {
    const value = header[key];
    if (typeof value === 'string') return value;
    problems.push({ line: 1, reason: `the header says no ${key}` });
    return '';
  };
  const prefixes = new Map<string, string>();
  if (isRecord(header['curie_map'])) {
    for (const [prefix, iri] of Object.entries(header['curie_map']))
      if (typeof iri === 'string') prefixes.set(prefix, iri);
  } else problems.push({ line: 1, reason: 'the header says no curie_map' });
  return {
    id: read('mapping_set_id'),
    title: read('mapping_set_title'),
    source: read('object_source'),
    sourceVersion: read('object_source_version'),
    prefixes,
  };
}

/** The row, or the reason why it is none. */
function readRow(
  line: number,
  columns: readonly string[],
  cells: readonly string[],
  prefixes: ReadonlyMap<string, string>,
): CrosswalkRow | string {
  if (cells.length !== columns.length) return `${cells.length} cells under ${columns.length} columns`;
  const cell = (name: string): string => cells[columns.indexOf(name)] ?? '';

  const subject = cell('subject_id');
  const subjectId = subject === 'sssom:NoTermFound' ? null : (SUBJECT.exec(subject)?.[1] ?? '');
  if (subjectId === '') return `subject_id ${subject} is neither symbolon:<concept> nor sssom:NoTermFound`;
  const predicate = cell('predicate_id');
  if (!isMatchPredicate(predicate)) return `predicate_id ${predicate} is not one of ${MATCH_PREDICATES.join(', ')}`;
  for (const name of ['object_id', 'mapping_justification']) {
    const curie = cell(name);
    if (!CURIE.test(curie)) return `${name} "${curie}" is not a CURIE`;
    if (!prefixes.has(curie.slice(0, curie.indexOf(':')))) return `the prefix of ${name} ${curie} is not in curie_map`;
  }
  if (cell('object_label') === '') return 'object_label is empty';
  if (subjectId !== null && cell('subject_label') === '') return 'subject_label is empty';
  const exhaustive = columns.includes('exhaustive') ? cell('exhaustive') : '';
  if (!['', 'true', 'false'].includes(exhaustive)) return `exhaustive is ${exhaustive}, not true, false or empty`;
  if (exhaustive !== '' && predicate !== 'skos:broadMatch') return 'exhaustive is for skos:broadMatch only';

  return {
    line,
    subjectId,
    subjectLabel: cell('subject_label'),
    predicate,
    objectId: cell('object_id'),
    objectLabel: cell('object_label'),
    justification: cell('mapping_justification'),
    exhaustive: exhaustive === 'true',
    comment: cell('comment'),
  };
}

/** What the rows of one term may not say together. */
function contradictions(rows: readonly CrosswalkRow[]): CrosswalkProblem[] {
  const problems: CrosswalkProblem[] = [];
  const broad = rows.filter((row) => row.predicate === 'skos:broadMatch');
  const seen = new Set<string>();
  for (const row of rows) {
    const { line, objectId } = row;
    // Two relations to one term would contradict each other (SKOS Reference S46).
    const subject = row.subjectId ?? '';
    if (seen.has(subject)) problems.push({ line, reason: `${objectId} is related to ${subject || 'nothing'} twice` });
    seen.add(subject);
    if (row.subjectId === null && rows.length > 1)
      problems.push({ line, reason: `${objectId} has a counterpart and none` });
    if (row.predicate !== 'skos:broadMatch' || !broad[0]) continue;
    if (row.exhaustive !== broad[0].exhaustive)
      problems.push({ line, reason: `${objectId} is exhaustive in one row only` });
    // One narrower concept that left nothing out would be an exact match.
    if (row.exhaustive && broad.length < 2)
      problems.push({ line, reason: `${objectId} has one part, which cannot be all` });
  }
  return problems;
}

function groupByTerm(rows: readonly CrosswalkRow[]): Map<string, CrosswalkRow[]> {
  const groups = new Map<string, CrosswalkRow[]>();
  for (const row of rows) {
    const group = groups.get(row.objectId);
    if (group) group.push(row);
    else groups.set(row.objectId, [row]);
  }
  return groups;
}

function isMatchPredicate(value: string): value is MatchPredicate {
  return MATCH_PREDICATES.some((predicate) => predicate === value);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
