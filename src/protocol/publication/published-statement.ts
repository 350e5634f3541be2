import { EVENTS } from '../events.js';
import { EARLIEST, HASH_FORM, JTI_FORM, LATEST, MEMBER_CODE_FORM } from '../forms.js';
import { STATEMENT_TYPE } from '../statement/index.js';
import { faulting, type KnownLog, LogFault, readFromLog } from '../transparency/index.js';
import type { PicturePublishedBody } from './publication-document.js';

/** What the hub signed of a publication. */
export interface PublishedStatement extends PicturePublishedBody {
  readonly jti: string;
  /** Base64url: by which the log has it. */
  readonly payloadHash: string;
  /** Seconds since 1970. */
  readonly issuedAt: number;
}

/** Reads the hub's statement and verifies that the hub of this log signed it. Throws `LogFault`: MALFORMED, BAD_SIGNATURE, WRONG_LOG. */
export function readPublishedStatement(compact: string, log: KnownLog): Promise<PublishedStatement> {
  return faulting([], async () => {
    const form = { typ: STATEMENT_TYPE, claims: ['iss', 'aud', 'iat', 'jti', 'events'] };
    const { statement, fields } = await readFromLog(compact, log, form);
    if (fields.raw('aud') !== log.audience)
      throw new LogFault('WRONG_LOG', 'This is of another log.', 'Ask the hub of this accord.', ['aud']);
    const body = fields
      .object('events', [EVENTS.picturePublished])
      .object(EVENTS.picturePublished, ['document', 'publisher', 'asked', 'replaces']);
    return {
      document: body.text('document', HASH_FORM),
      publisher: body.text('publisher', MEMBER_CODE_FORM),
      asked: body.text('asked', HASH_FORM),
      ...(body.has('replaces') ? { replaces: body.text('replaces', HASH_FORM) } : {}),
      jti: fields.text('jti', JTI_FORM),
      issuedAt: fields.number('iat', EARLIEST, LATEST),
      payloadHash: statement.payloadHash,
    };
  });
}
