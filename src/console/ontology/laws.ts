import { useLanguage } from '../language/index.js';
import { useOpenAsk } from '../session/index.js';

/** A law on trafficking, a country's or an instrument's. */
export interface LawName {
  /** ISO 3166-1 alpha-2, or `INT`, `COE`, `EU`. */
  readonly code: string;
  readonly label: string;
  readonly variants: readonly {
    readonly id: string;
    readonly label: string;
    /** The place in the law, such as `art. 273f lid 1 sub 1 Sr`. */
    readonly citation: string;
  }[];
}

const LAWS = `query LawNames($language: String!) {
    laws { code label(language: $language) variants { id label(language: $language) citation } }
  }`;

/** The laws that the hub judges by, by name; empty while they are on their way. */
export function useLaws(): readonly LawName[] {
  return useLawsOrNull() ?? NONE;
}

/** The same; null while they are on their way, and empty when they do not come. */
export function useLawsOrNull(): readonly LawName[] | null {
  const { language } = useLanguage();
  const { data, isPending } = useOpenAsk<{ laws: readonly LawName[] }>(LAWS, { language });
  return isPending ? null : (data?.laws ?? NONE);
}

const NONE: readonly LawName[] = [];
