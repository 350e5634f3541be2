import '@fontsource-variable/source-sans-3/index.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.js';
import { everywhere, initialLanguage, LanguageProvider } from './language/index.js';

const language = initialLanguage();
const messages = await everywhere(language);
document.documentElement.lang = language;

const place = document.getElementById('console');
if (!place) throw new Error('the page has no place for the console');
createRoot(place).render(
  <StrictMode>
    <LanguageProvider language={language} messages={messages}>
      <App />
    </LanguageProvider>
  </StrictMode>,
);
