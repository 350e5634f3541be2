import { randomUUID } from 'node:crypto';
import { asOwner } from './database.js';

const ENTER =
  "INSERT INTO log_entry (issuer, jti, event, payload_hash) VALUES ($1, $2, 'e', sha256('')) RETURNING position";
const MEMBER =
  "INSERT INTO member VALUES ('zz-publisher', 'Publisher', 'ngo', 'AL', '{monitoring}', 'active', 'x', now(), now()) ON CONFLICT DO NOTHING";
const ASKED =
  "INSERT INTO publication_asked (position, member, statement, receipt) VALUES ($1, 'zz-publisher', '', '')";
const PUBLISHED = `
  INSERT INTO publication (position, asked_position, hash, title, publisher, published_at, method, tables, document, statement, receipt)
  VALUES ($1, $2, sha256(convert_to($3, 'UTF8')), 'Costly', 'zz-publisher', now(), 'differential-privacy', 1, $3, '', '')`;

/** Writes a publication with noise that cost so much, as the owner of the database, who is held to the budget like anybody. */
export async function publishAtCost(url: string, rhoMicro: number): Promise<void> {
  const enter = async (): Promise<string> => {
    const [row] = await asOwner<{ position: string }>(url, ENTER, ['zz-publisher', randomUUID()]);
    if (!row) throw new Error('no entry was written');
    return row.position;
  };
  await asOwner(url, MEMBER);
  const [asked, published] = [await enter(), await enter()];
  await asOwner(url, ASKED, [asked]);
  const document = { id: randomUUID(), rule: { method: { name: 'differential-privacy', rhoMicro } } };
  await asOwner(url, PUBLISHED, [published, asked, JSON.stringify(document)]);
}
