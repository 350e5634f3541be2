import { everywhere, initialLanguage } from './language/first-words.js';

// The words are asked for while the rest is still on its way.
const language = initialLanguage();
const messages = everywhere(language);
document.documentElement.lang = language;
const { start } = await import('./start.js');
start(language, await messages);
