import { audiencesOf, Conditions } from '../../alerts/index.js';
import type { Statement } from '../../database/index.js';
import type { Principal } from '../../graphql/index.js';
import type { OntologyService } from '../../ontology/index.js';
import { sha256Base64url } from '../../protocol/index.js';
import { REGISTERS, type KeptCore, type Register } from '../counting/later-registers.js';
import { LawLetters } from '../counting/law-letters.js';
import { leftOutFor } from '../counting/law-sums.js';
import { CORE } from '../counting/release-writing.js';
import type { CoreDimension, Facet } from '../disclosure/counted-class.js';
import { placeOf } from './dimension.js';
import { facetsOf, type PictureRequest } from './picture-request.js';

const COLUMN_OF = {
  ...{ month: 'month', year: 'year', origin: 'origin', exploitation: 'exploitation' },
  ...{ purpose: 'purpose', gender: 'gender', 'age-band': 'age_band' },
} as const satisfies Readonly<Record<CoreDimension, keyof KeptCore>>;

/** Alerts that are counted alike, as the database sums them. */
export interface KeptSum extends Readonly<Partial<KeptCore>> {
  /** `whole` says that sums are kept, and counts nothing. */
  readonly register: 'counted' | 'whole' | Register;
  readonly about: 'person' | 'pattern';
  readonly value?: string | null;
  /** How they were judged under the laws asked for; null where they are to be judged by their cases. */
  readonly letters?: string | null;
  readonly case_ids?: readonly number[] | null;
  /** The month in which they came to be counted. */
  readonly counted_in?: string;
  readonly alerts: number;
}

/** Who reads the picture; whether for anybody to see. */
export type PictureReader = Principal & { readonly publishing?: boolean };

/** What of the pieces a request needs. */
export interface AskedColumns {
  readonly core: readonly { readonly dimension: CoreDimension; readonly column: keyof KeptCore }[];
  readonly facet: Facet | undefined;
  /** Whether the value of the facet is shown; of `law` it is the means. */
  readonly hasValue: boolean;
  /** How verdicts are found; null when none are asked for. */
  readonly verdicts: AskedVerdicts | null;
  /** Whether it is told in which month alerts came to be counted. */
  readonly isDated: boolean;
}

/** What is read besides the numbers. */
export interface Besides {
  /** The cases, of which traces are wanted. */
  readonly traced?: boolean;
  /** In which month alerts came to be counted. */
  readonly dated?: boolean;
}

interface AskedVerdicts {
  readonly judgedBy: Uint8Array;
  /** Where the letters of the laws stand; null where the cases are needed: for variants, and for traces. */
  readonly places: readonly number[] | null;
}

/** A query with its bound values; with a name where the database is to keep its plan. */
export interface Sql {
  readonly statement: Statement | string;
  readonly values: readonly unknown[];
}

/** What a request needs of the pieces. */
export function askedColumns(
  request: PictureRequest,
  ontology: OntologyService,
  { traced = false, dated = false }: Besides = {},
): AskedColumns {
  const { by, where, under, onDate } = request;
  const [facet] = facetsOf(request);
  const letters = LawLetters.on(ontology, onDate);
  const places = under.flatMap((law) => letters.placeOf(law) ?? []);
  const hasLetters = !traced && places.length === under.length;
  return {
    core: coreOf(request).map((dimension) => ({ dimension, column: COLUMN_OF[dimension] })),
    ...{ facet, isDated: dated },
    hasValue: [...by, ...where.map(({ dimension }) => dimension)].some((one) => placeOf(one).facet !== undefined),
    verdicts: under.length === 0 ? null : { judgedBy: letters.judgedBy, places: hasLetters ? places : null },
  };
}

/** What the asker may count of the pieces themselves. */
export function piecesSql(reader: PictureReader, asked: AskedColumns): Sql {
  const { facet, verdicts } = asked;
  const conditions = new Conditions();
  const isMeant = `p.facet = ${conditions.bind(facet ?? CORE)}`;
  // Of what came to be known later the core is told in every table of the core but of those that are published, and recurrence in its own.
  const pieces =
    facet === undefined || facet === 'law'
      ? `(p.register = 'counted' AND ${isMeant}${reader.publishing ? '' : ` OR ${OF_LATER_REGISTERS}`})`
      : `p.register = '${facet === 'recurrence' ? 'recurred' : 'counted'}' AND ${isMeant}`;
  const columns = [
    ...[REGISTER, ...columnsOf(asked)],
    ...(asked.isDated ? [COUNTED_IN] : []),
    ...(verdicts ? judgedColumns(verdicts, conditions) : []),
  ];
  const dated = asked.isDated ? 'JOIN picture_release r ON r.id = p.release_id ' : '';
  return {
    statement: summed(columns, `picture_piece p ${dated}WHERE ${pieces}`, reader, conditions),
    values: conditions.values,
  };
}

/**
 * The same of the sums that are kept of the pieces; null when none are kept for this. A first row, `whole`, is there when they are of the laws asked for: whether they are is found out in the same
 * query, for they may be made anew at any moment.
 */
export function sumsSql(reader: PictureReader, asked: AskedColumns): Sql | null {
  const { facet, verdicts } = asked;
  const columns = columnsOf(asked);
  const leftOut = leftOutFor(
    asked.core.map(({ column }) => column),
    asked.hasValue,
  );
  // The sums do not tell apart what may be published, nor when it came to be counted.
  if (reader.publishing || asked.isDated || facet !== 'law' || !verdicts?.places || leftOut === null) return null;
  const conditions = new Conditions();
  const isWhole = `EXISTS (SELECT FROM picture_summed WHERE judged_by = ${conditions.bind(verdicts.judgedBy)})`;
  const isMeant = `p.left_out = ${conditions.bind(leftOut)} AND ${isWhole}`;
  const letters = { sql: lettersOf(verdicts.places, conditions), name: 'letters' };
  const nothing = [...columns, letters].map(({ name }) => `NULL::text AS ${name}`);
  const later = [REGISTER, ...columns, { sql: 'NULL::text', name: 'letters' }];
  const text = [
    `SELECT 'whole' AS register, ${nothing.join(', ')}, 0 AS alerts WHERE ${isWhole}`,
    summed([COUNTED, ...columns, letters], `picture_sum p WHERE ${isMeant}`, reader, conditions),
    summed(later, `picture_piece p WHERE ${OF_LATER_REGISTERS}`, reader, conditions),
  ].join(' UNION ALL ');
  return { statement: { name: `picture-${sha256Base64url(text)}`, text }, values: conditions.values };
}

interface Column {
  readonly sql: string;
  readonly name: string;
}

const COUNTED_IN: Column = { sql: "to_char(r.released_on, 'YYYY-MM')", name: 'counted_in' };
const REGISTER: Column = { sql: 'p.register', name: 'register' };
const COUNTED: Column = { sql: "'counted'", name: 'register' };
const OF_LATER_REGISTERS = `p.register IN (${REGISTERS.map((register) => `'${register}'`).join(', ')}) AND p.facet = '${CORE}'`;

function columnsOf({ core, hasValue }: AskedColumns): Column[] {
  const names = ['about', ...core.map(({ column }) => column), ...(hasValue ? ['value'] : [])];
  return names.map((name) => ({ sql: `p.${name}`, name }));
}

/** The verdicts as letters where the piece was judged so; else, and where the cases are needed anyway, the cases by which to judge. */
function judgedColumns({ judgedBy, places }: AskedVerdicts, conditions: Conditions): Column[] {
  if (!places) return [{ sql: 'p.case_ids', name: 'case_ids' }];
  const isJudged = `p.judged_by = ${conditions.bind(judgedBy)}`;
  return [
    { sql: `CASE WHEN ${isJudged} THEN ${lettersOf(places, conditions)} END`, name: 'letters' },
    { sql: `CASE WHEN ${isJudged} THEN NULL ELSE p.case_ids END`, name: 'case_ids' },
  ];
}

function lettersOf(places: readonly number[], conditions: Conditions): string {
  return places.map((place) => `substr(p.verdicts, ${conditions.bind(place)}::int, 1)`).join(' || ');
}

/** How many alerts there are of each combination of these columns, of audiences that address the asker. */
function summed(columns: readonly Column[], from: string, reader: PictureReader, conditions: Conditions): string {
  const listed = columns.map(({ sql, name }) => `${sql} AS ${name}`).join(', ');
  const places = columns.map((_, at) => at + 1).join(', ');
  const audiences = audiencesAsList(reader, conditions);
  return `SELECT ${listed}, sum(p.alerts)::int AS alerts FROM ${from} AND p.audience_id = ANY (${audiences})${onlyPublishable(reader)} GROUP BY ${places}`;
}

/** The audiences that address the asker, found first and then looked for by index: row-level security hides from the planner how many rows there are, and it would compare each with each. */
export function audiencesAsList(reader: PictureReader, conditions: Conditions): string {
  const addressing = audiencesOf(reader, conditions);
  return reader.publishing
    ? `ARRAY(SELECT u.id FROM audience u WHERE addresses_everyone(u) AND u.id IN (${addressing}))`
    : `ARRAY(${addressing})`;
}

/** Confines whoever publishes to the pieces that everybody may see, as row-level security says it again. */
function onlyPublishable(reader: PictureReader): string {
  return reader.publishing ? ' AND p.publishable' : '';
}

/** The core that a request needs, its period included. */
function coreOf({ by, where, from, until }: PictureRequest): CoreDimension[] {
  const asked = [...by, ...where.map(({ dimension }) => dimension)].flatMap((one) => placeOf(one).core ?? []);
  const period: CoreDimension[] = [from, until].flatMap((date) =>
    date === null ? [] : date.length > 4 ? ['month', 'year'] : ['year'],
  );
  return [...new Set([...asked, ...period])];
}
