/** What is said on the screen, in four languages. */
export { LANGUAGES, LANGUAGE_NAMES, type Language } from './languages.js';
export type { Messages } from './catalogues.js';
export { AreaWords, LanguageProvider, useLanguage } from './language-context.js';
export { useWords, type Words } from './words.js';
export { useWritten, type Written } from './written.js';
