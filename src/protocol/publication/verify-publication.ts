import { canonicalHash } from '../canonical-json.js';
import { EVENTS } from '../events.js';
import { Fields } from '../fields.js';
import { COMPACT_FORM } from '../forms.js';
import type { Json } from '../statement/index.js';
import {
  assertIncluded,
  faulting,
  findInReceipt,
  type InclusionProof,
  INSTANT_FORM,
  type KnownLog,
  LogFault,
  readInclusionProof,
  readReceipt,
  readTreeHead,
} from '../transparency/index.js';
import { MOST_PUBLISHED_TABLES } from './publication-request.js';
import { PUBLICATION_FORMAT, PUBLISHED_FORMAT } from './publication-document.js';
import { type PublishedStatement, readPublishedStatement } from './published-statement.js';
import { type ProvenNoise, verifyNoise } from './verify-noise.js';

/** What a publication that was fetched proves. */
export interface ProvenPublication {
  /** By which it is cited. */
  readonly hash: string;
  readonly title: string;
  /** The member that had it published, as the hub says. */
  readonly publisher: string;
  /** The payload hash of the statement by which it asked. */
  readonly asked: string;
  /** RFC 3339, UTC. */
  readonly publishedAt: string;
  readonly asOf: string | null;
  /** What it corrects. */
  readonly replaces: string | null;
  readonly tables: number;
  /** What it states of its noise, computed again; null without noise. */
  readonly noise: ProvenNoise | null;
  /** Its place in the log, when it came there, and the head under which it stands. */
  readonly index: number;
  readonly receivedAt: string;
  readonly head: { readonly size: number; readonly issuedAt: number };
}

/** A file as it is fetched, its parts unverified. */
interface PublishedForm {
  readonly document: Json;
  readonly statement: string;
  readonly receipt: string;
  readonly inclusion: InclusionProof;
  readonly head: string;
}

/** A calendar date (ISO 8601). */
const DAY_FORM = /^\d{4}-\d{2}-\d{2}$/;
const SHAPE = {
  file: ['format', 'document', 'statement', 'receipt', 'inclusion', 'head'],
  document: [
    ...['format', 'title', 'publisher', 'hub', 'publishedAt', 'asOf', 'asked', 'replaces'],
    ...['counts', 'audience', 'source', 'caveat', 'rule', 'laws', 'tables'],
  ],
};

/**
 * Verifies a publication as it was fetched, with nothing but the hub's key (PROTOCOL.md, O8): the hub's statement, that the document is the one it names by hash, the receipt, and that the log has it.
 * Throws `LogFault`, with the path of the part that does not hold: MALFORMED, BAD_SIGNATURE, WRONG_LOG, WRONG_ENTRY, NOT_YET_INTEGRATED, OVERDUE, NOT_INCLUDED.
 */
export async function verifyPublication(value: Json, log: KnownLog): Promise<ProvenPublication> {
  const file = await faulting([], () => readForm(value));
  const statement = await faulting(['statement'], () => readPublishedStatement(file.statement, log));
  const document = await faulting(['document'], () => readDocument(file.document, statement, log));
  const noise = verifyNoise(file.document);
  const receipt = await faulting(['receipt'], () => readReceipt(file.receipt, log));
  const { jti, payloadHash } = statement;
  const accepted = await faulting(['receipt'], () =>
    findInReceipt(receipt, { issuer: log.audience, jti, payloadHash }),
  );
  const head = await faulting(['head'], () => readTreeHead(file.head, log));
  assertIncluded(receipt, accepted, head, file.inclusion);
  const { place, receivedAt } = accepted;
  if (place?.event !== EVENTS.picturePublished)
    throw new LogFault('WRONG_ENTRY', 'The log has the statement as another event.', 'Keep the receipt.', ['receipt']);
  return {
    ...{ ...document, noise, hash: statement.document, publisher: statement.publisher, asked: statement.asked },
    ...{ index: place.index, receivedAt, head: { size: head.size, issuedAt: head.issuedAt } },
  };
}

function readForm(value: Json): PublishedForm {
  const fields = Fields.of(value, SHAPE.file);
  fields.oneOf('format', [PUBLISHED_FORMAT]);
  const inclusion = fields.raw('inclusion');
  return {
    document: fields.raw('document') ?? null,
    statement: fields.text('statement', COMPACT_FORM),
    receipt: fields.text('receipt', COMPACT_FORM),
    inclusion: readInclusionProof(inclusion ?? null),
    head: fields.text('head', COMPACT_FORM),
  };
}

/** What the document says, when it is the one that the hub signed for, and says of itself what the hub says of it. */
function readDocument(
  document: Json,
  statement: PublishedStatement,
  log: KnownLog,
): Pick<ProvenPublication, 'title' | 'publishedAt' | 'asOf' | 'replaces' | 'tables'> {
  if (canonicalHash(document) !== statement.document)
    throw new LogFault(
      'WRONG_ENTRY',
      'The document is not the one that the hub signed: it was changed since, or belongs to another statement.',
      'Rely on nothing in it. Fetch it again from the hub by its hash.',
    );
  const fields = Fields.of(document, SHAPE.document);
  fields.oneOf('format', [PUBLICATION_FORMAT]);
  const publisher = fields.object('publisher', ['code', 'name', 'country', 'kind']).text('code', /./);
  const hub = fields.object('hub', ['audience', 'url']).text('audience', /./);
  const replaces = fields.raw('replaces') === null ? null : fields.text('replaces', /./);
  const publishedAt = fields.text('publishedAt', INSTANT_FORM);
  const says = [publisher, fields.text('asked', /./), replaces, hub, Date.parse(publishedAt)];
  const signed = [
    statement.publisher,
    statement.asked,
    statement.replaces ?? null,
    log.audience,
    statement.issuedAt * 1000,
  ];
  if (says.some((one, at) => one !== signed[at]))
    throw new LogFault(
      'WRONG_ENTRY',
      'The document says otherwise than the hub’s statement.',
      'Tell the other members.',
    );
  return {
    title: fields.text('title', /./),
    publishedAt,
    asOf: fields.raw('asOf') === null ? null : fields.text('asOf', DAY_FORM),
    replaces,
    tables: fields.list('tables', MOST_PUBLISHED_TABLES, (table) => table).length,
  };
}
