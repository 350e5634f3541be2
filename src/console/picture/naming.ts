import { useMemo } from 'react';
import { useLanguage, useWords, useWritten } from '../language/index.js';
import { useLawName } from '../ontology/index.js';
import { useTerm } from '../terms/index.js';
import { withArticle } from './english-article.js';
import type { Naming } from './finding-text.js';
import type { AreaWord } from './words.js';

const COUNTRIES: ReadonlySet<string> = new Set(['ORIGIN', 'EXPLOITATION', 'CITIZENSHIP', 'TRANSIT']);

/** How what is counted is named in the language that is spoken. */
export function useNaming(): Naming {
  const { say, knows } = useWords<AreaWord>();
  const { number, country, list, date } = useWritten();
  const { language } = useLanguage();
  const law = useLawName();
  const term = useTerm();
  return useMemo(
    () => ({
      ...{ say, number, country, law, list },
      inSentence: (code) => (language === 'en' ? withArticle(code, country(code)) : country(code)),
      code: (dimension, code, label) => {
        if (COUNTRIES.has(dimension)) return country(code);
        if (dimension === 'YEAR' || dimension === 'MONTH') return date(code);
        if (dimension === 'KIND') return term('alert-kind', code);
        if (dimension === 'SENDER_KIND') return term('member-kind', code);
        if (dimension === 'RECURRENCE') return term('recurrence', code);
        return label;
      },
      element: (kind) => term('element', kind),
      verdict: (verdict) => term('verdict', verdict),
      dimension: (dimension) => {
        const id = `picture.dimension.${dimension.toLowerCase().replaceAll('_', '-')}`;
        return knows(id) ? say(id) : dimension;
      },
    }),
    [say, knows, number, country, law, list, date, term, language],
  );
}
