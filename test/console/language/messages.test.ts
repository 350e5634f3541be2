import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse, TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser';
import { LANGUAGES } from '../../../src/console/language/languages.js';

const ROOT = join('src', 'console');
const AREAS = readdirSync(ROOT).filter((area) => existsSync(join(ROOT, area, 'messages')));
const OTHERS = LANGUAGES.filter((language) => language !== 'en');

function catalogue(area: string, language: string): Readonly<Record<string, string>> {
  return JSON.parse(readFileSync(join(ROOT, area, 'messages', `${language}.json`), 'utf8'));
}

/** The arguments and marks of a message, each with what kind of value it takes; the categories of plurals differ by language. */
function argumentsOf(text: string): readonly string[] {
  const found = new Set<string>();
  const walk = (elements: readonly MessageFormatElement[]): void => {
    for (const element of elements) {
      if (element.type === TYPE.literal || element.type === TYPE.pound) continue;
      found.add(`${TYPE[element.type]} ${element.value}`);
      if (element.type === TYPE.tag) walk(element.children);
      if (element.type === TYPE.plural || element.type === TYPE.select)
        for (const { value } of Object.values(element.options)) walk(value);
    }
  };
  walk(parse(text));
  return [...found].sort();
}

/** The categories of each plural of a message that are no exact numbers. */
function pluralsOf(text: string): readonly (readonly string[])[] {
  const found: string[][] = [];
  const walk = (elements: readonly MessageFormatElement[]): void => {
    for (const element of elements) {
      if (element.type === TYPE.tag) walk(element.children);
      if (element.type !== TYPE.plural && element.type !== TYPE.select) continue;
      if (element.type === TYPE.plural) found.push(Object.keys(element.options).filter((key) => !key.startsWith('=')));
      for (const { value } of Object.values(element.options)) walk(value);
    }
  };
  walk(parse(text));
  return found;
}

const source = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file))
  .map((file) => readFileSync(join(ROOT, file), 'utf8'))
  .join('\n');

/** Ids that the code puts together of a beginning and a code. */
const patterns = [...source.matchAll(/`([a-z-]+\.[^`\s]*\$\{[^`]*)`/g)].map(
  ([, template]) =>
    new RegExp(
      `^${(template ?? '')
        .split(/\$\{[^}]*\}/)
        .map((text) => text.replace(/[.*+?^$()[\]\\]/g, '\\$&'))
        .join('.+')}$`,
    ),
);

/** Whether the code says a message. */
function isSaid(id: string): boolean {
  return source.includes(`'${id}'`) || patterns.some((pattern) => pattern.test(id));
}

describe.each(AREAS)('the words of %s', (area) => {
  const english = catalogue(area, 'en');

  it('are in every language, each message with the same arguments', () => {
    for (const language of OTHERS) {
      const other = catalogue(area, language);
      expect({ language, ids: Object.keys(other) }).toEqual({ language, ids: Object.keys(english) });
      for (const [id, text] of Object.entries(other))
        expect({ language, id, takes: argumentsOf(text) }).toEqual({
          ...{ language, id },
          takes: argumentsOf(english[id] ?? ''),
        });
    }
  });

  it('name every plural category that their language has', () => {
    for (const language of LANGUAGES) {
      const wanted = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
      for (const [id, text] of Object.entries(catalogue(area, language)))
        for (const categories of pluralsOf(text))
          expect({ language, id, missing: wanted.filter((one) => !categories.includes(one)) }).toEqual({
            ...{ language, id },
            missing: [],
          });
    }
  });

  it('are translated: no sentence is the English one', () => {
    for (const language of OTHERS) {
      const left = Object.entries(catalogue(area, language)).filter(
        ([id, text]) => text === english[id] && text.split(/\s+/).length >= 3,
      );
      expect({ language, left }).toEqual({ language, left: [] });
    }
  });

  it('belong to it by their names, and each is said somewhere', () => {
    for (const id of Object.keys(english)) {
      expect(id.startsWith(`${area}.`)).toBe(true);
      expect({ id, isSaid: isSaid(id) }).toEqual({ id, isSaid: true });
    }
  });
});
