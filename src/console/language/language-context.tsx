import { createContext, use, useCallback, useMemo, useState, type ReactNode } from 'react';
import { IntlProvider } from 'react-intl';
import { loadMessages, type Messages } from './catalogues.js';
import { everywhere } from './first-words.js';
import { keepLanguage, type Language } from './languages.js';

interface Spoken {
  readonly language: Language;
  readonly messages: Messages;
  /** Changes the language once its words are here. */
  readonly speak: (language: Language) => Promise<void>;
}

const SpokenContext = createContext<Spoken | null>(null);

/** Speaks a language to what is below, beginning with one whose words are loaded. */
export function LanguageProvider(props: {
  readonly language: Language;
  readonly messages: Messages;
  readonly children: ReactNode;
}): ReactNode {
  const [spoken, setSpoken] = useState({ language: props.language, messages: props.messages });
  const speak = useCallback(async (language: Language) => {
    const messages = await everywhere(language);
    keepLanguage(language);
    document.documentElement.lang = language;
    setSpoken({ language, messages });
  }, []);
  const value = useMemo(() => ({ ...spoken, speak }), [spoken, speak]);
  return (
    <SpokenContext value={value}>
      <Intl {...spoken}>{props.children}</Intl>
    </SpokenContext>
  );
}

/** Adds the words of one area to what is below; suspends until they are here. */
export function AreaWords({ area, children }: { readonly area: string; readonly children: ReactNode }): ReactNode {
  const { language, messages } = useLanguage();
  const own = use(loadMessages(area, language));
  const all = useMemo(() => ({ ...messages, ...own }), [messages, own]);
  return (
    <Intl language={language} messages={all}>
      {children}
    </Intl>
  );
}

/** Which language is spoken, and how to change it. */
export function useLanguage(): Spoken {
  const spoken = use(SpokenContext);
  if (!spoken) throw new Error('No language is spoken here.');
  return spoken;
}

function Intl(props: {
  readonly language: Language;
  readonly messages: Messages;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <IntlProvider
      locale={LOCALES[props.language]}
      messages={props.messages}
      onError={(error) => {
        throw error;
      }}
    >
      {props.children}
    </IntlProvider>
  );
}

/** English dates are written day first, as in the rest of Europe. */
const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', nl: 'nl', ro: 'ro', bg: 'bg' };
