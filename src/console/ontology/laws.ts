import { useMemo } from 'react';
import { useLanguage } from '../language/index.js';
import { useOpenAsk } from '../session/index.js';

/** A law on trafficking, a country's or an instrument's. */
export interface LawName {
  /** ISO 3166-1 alpha-2, or `INT`, `COE`, `EU`. */
  readonly code: string;
  readonly label: string;
}

const LAWS = 'query LawNames($language: String!) { laws { code label(language: $language) } }';

/** The laws that the hub judges by, by name; empty while they are on their way. */
export function useLaws(): readonly LawName[] {
  const { language } = useLanguage();
  const { data } = useOpenAsk<{ laws: readonly LawName[] }>(LAWS, { language });
  return useMemo(() => data?.laws ?? [], [data]);
}
