import { readFileSync } from 'node:fs';
import { createIntl } from 'react-intl';
import type { Naming } from '../../../src/console/picture/finding-text.js';

/** How things are named in one of the languages of the console, with codes for what comes from elsewhere. */
export function namingIn(language: string): Naming {
  const messages = JSON.parse(readFileSync(`src/console/picture/messages/${language}.json`, 'utf8')) as Readonly<
    Record<string, string>
  >; // parsing: a catalogue of messages
  const intl = createIntl({
    locale: language,
    messages,
    onError: (error) => {
      throw error;
    },
  });
  const country = (code: string): string => `[${code}]`;
  return {
    say: (id, values) => intl.formatMessage({ id }, values),
    number: (value) => value.toLocaleString('en-GB'),
    code: (_, code, label) => (label.startsWith('label of') ? `[${code}]` : label),
    country,
    inSentence: country,
    law: (ref) => `law ${ref}`,
    element: (kind) => kind.toLowerCase(),
    verdict: (verdict) => verdict.toLowerCase(),
    dimension: (dimension) =>
      messages[`picture.dimension.${dimension.toLowerCase().replaceAll('_', '-')}`] ?? dimension,
    list: (parts) => parts.join(' + '),
  };
}
