import type { DefinitionFile, DefinitionVariant } from '../protocol/definition/index.js';

/** A law as the SDL has it. */
export type LawView = ReturnType<typeof lawView>;

export function lawView(law: DefinitionFile) {
  return {
    code: law.law,
    label: ({ language }: { language: string }) => inLanguage(law.label, language),
    version: law.version,
    recorded: law.recorded,
    confidence: law.confidence.toUpperCase(),
    asAt: law.lawAsAt,
    pendingReform: law.pendingReform,
    toConfirm: law.toConfirm,
    sources: law.sources,
    variants: law.variants.map(variantView),
  };
}

function variantView(variant: DefinitionVariant) {
  return {
    id: variant.id,
    label: ({ language }: { language: string }) => inLanguage(variant.label, language),
    citation: variant.citation,
    counts: variant.counts,
    validFrom: variant.valid.from,
    validTo: variant.valid.to,
    confidence: variant.confidence.toUpperCase(),
    toConfirm: variant.toConfirm,
    elements: variant.elements.map(({ element, anyOf, waivedUnder, open }) => ({
      kind: element.toUpperCase(),
      anyOf,
      waivedUnder,
      open,
    })),
  };
}

/** A text in a language, in its base language, or else in English. */
export function inLanguage(labels: Readonly<Record<string, string>>, language: string): string {
  return labels[language] ?? labels[language.split('-', 1)[0] ?? ''] ?? labels['en'] ?? '';
}
