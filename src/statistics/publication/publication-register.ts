import { Injectable } from '@nestjs/common';
import { Database } from '../../database/index.js';
import type { PageRequest } from '../../graphql/index.js';
import { decodeCanonicalBase64url } from '../../protocol/index.js';
import { PUBLICATION_COLUMNS, type PublicationRow } from './publication-row.js';

const FIND = { name: 'publication-find', text: `SELECT ${PUBLICATION_COLUMNS} FROM publication p WHERE p.hash = $1` };
const DOCUMENT = { name: 'publication-document', text: 'SELECT document FROM publication WHERE hash = $1' };

/** Reads what was published, which is for anybody. */
@Injectable()
export class PublicationRegister {
  constructor(private readonly database: Database) {}

  /** By its hash, base64url; null when there is none, or the text is no hash. */
  async find(hash: string): Promise<PublicationRow | null> {
    const bytes = decodeCanonicalBase64url(hash);
    if (bytes?.length !== 32) return null;
    const [row] = await this.database.query<PublicationRow>(FIND, [bytes]);
    return row ?? null;
  }

  /** The document in its canonical form. */
  async documentOf({ hash }: PublicationRow): Promise<string> {
    const [row] = await this.database.query<{ document: string }>(DOCUMENT, [hash]);
    if (!row) throw new Error('a publication vanished');
    return row.document;
  }

  /** A page, newest first, with one row more than asked for, if there is one; in list order, or against it when backward. */
  page(
    { size, backward }: Pick<PageRequest, 'size' | 'backward'>,
    { after, before }: { readonly after: string | null; readonly before: string | null },
    publisher: string | null,
  ): Promise<PublicationRow[]> {
    const text = `
      SELECT ${PUBLICATION_COLUMNS} FROM publication p
      WHERE ($1::bigint IS NULL OR p.position < $1) AND ($2::bigint IS NULL OR p.position > $2) AND ($3::text IS NULL OR p.publisher = $3)
      ORDER BY p.position ${backward ? 'ASC' : 'DESC'} LIMIT ${size + 1}`;
    return this.database.query<PublicationRow>(text, [after, before, publisher]);
  }
}
