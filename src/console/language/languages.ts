/** The languages of the console, by ISO 639-1. Each has every message: a test holds them together. */
export const LANGUAGES = ['en', 'nl', 'ro', 'bg'] as const;

export type Language = (typeof LANGUAGES)[number];

/** Each language by its own name. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  en: 'English',
  nl: 'Nederlands',
  ro: 'Română',
  bg: 'Български',
};

const KEPT = 'symbolon.language';

/** The language chosen before on this computer, else the first of the browser's that the console has, else English. */
export function initialLanguage(): Language {
  const wished = [localStorage.getItem(KEPT) ?? '', ...navigator.languages].map((tag) => tag.slice(0, 2));
  return wished.flatMap((tag) => LANGUAGES.find((known) => known === tag) ?? [])[0] ?? 'en';
}

/** Keeps the choice on this computer; it says nothing about a person. */
export function keepLanguage(language: Language): void {
  localStorage.setItem(KEPT, language);
}
