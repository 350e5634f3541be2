import { loadMessages, type Messages } from './catalogues.js';
import type { Language } from './languages.js';

export { initialLanguage } from './languages.js';

/** The areas whose words every page needs. */
const EVERYWHERE = ['terms', 'controls', 'shell', 'signing-in', 'live'];

/** The words that every page needs, in one language. */
export async function everywhere(language: Language): Promise<Messages> {
  const each = await Promise.all(EVERYWHERE.map((area) => loadMessages(area, language)));
  return Object.assign({}, ...each) as Messages; // parsing: they are messages each
}
