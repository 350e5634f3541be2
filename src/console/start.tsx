import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './controls/controls.css'; // here, not in its index, which is left out as a module that only passes others on
import { App } from './app.js';
import { LanguageProvider, type Language, type Messages } from './language/index.js';

/** Shows the console in a language whose words are here. */
export function start(language: Language, messages: Messages): void {
  const place = document.getElementById('console');
  if (!place) throw new Error('the page has no place for the console');
  createRoot(place).render(
    <StrictMode>
      <LanguageProvider language={language} messages={messages}>
        <App />
      </LanguageProvider>
    </StrictMode>,
  );
  // The letters come when the page can be used: on a bad line they would keep it waiting, and the computer has others.
  if ('requestIdleCallback' in globalThis) requestIdleCallback(loadLetters, { timeout: 4_000 });
  else setTimeout(loadLetters, 2_000);
}

function loadLetters(): void {
  void import('./letters.js');
}
