import { useId, type ReactNode } from 'react';
import { LANGUAGE_NAMES, LANGUAGES, useLanguage, useWords } from '../language/index.js';
import type { ShellWord } from './words.js';

/** In which language everything is said. */
export function LanguageChoice(): ReactNode {
  const { say } = useWords<ShellWord>();
  const { language, speak } = useLanguage();
  const id = useId();
  return (
    <div className="language">
      <label htmlFor={id} className="seen-by-readers-only">
        {say('shell.language')}
      </label>
      <select
        id={id}
        value={language}
        onChange={(event) => {
          const chosen = LANGUAGES.find((one) => one === event.currentTarget.value);
          if (chosen) void speak(chosen);
        }}
      >
        {LANGUAGES.map((one) => (
          <option key={one} value={one} lang={one}>
            {LANGUAGE_NAMES[one]}
          </option>
        ))}
      </select>
    </div>
  );
}
