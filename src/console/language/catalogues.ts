import type { MessageFormatElement } from '@formatjs/icu-messageformat-parser';
import type { Language } from './languages.js';

/** Messages by id, parsed when the console was built. */
export type Messages = Readonly<Record<string, MessageFormatElement[]>>;

const FILES = import.meta.glob<Messages>('../*/messages/*.json', { import: 'default' });
const loaded = new Map<string, Promise<Messages>>();

/** The messages of an area of the console, a folder beside this one, in a language. */
export function loadMessages(area: string, language: Language): Promise<Messages> {
  const path = `../${area}/messages/${language}.json`;
  const load = FILES[path];
  if (!load) throw new Error(`There are no messages at ${path}.`);
  let messages = loaded.get(path);
  if (!messages) {
    messages = load();
    messages.catch(() => loaded.delete(path)); // the line was down: asked for again
    loaded.set(path, messages);
  }
  return messages;
}
