import type { OntologyService } from '../../ontology/index.js';
import { placeOf } from './dimension.js';
import type { PictureKey } from './picture-row.js';
import { regionName } from './regions.js';

const STATES: Readonly<Record<'UNKNOWN' | 'WITHHELD', Readonly<Record<string, string>>>> = {
  UNKNOWN: { en: 'unknown', nl: 'onbekend', ro: 'necunoscut', bg: 'неизвестно' },
  WITHHELD: { en: 'withheld', nl: 'niet getoond', ro: 'neafișat', bg: 'непоказано' },
};

/** A key as it is answered. */
export function keyView(key: PictureKey, ontology: OntologyService) {
  return {
    ...{ dimension: key.dimension, state: key.state, code: key.state === 'KNOWN' ? key.code : null },
    label: ({ language }: { language: string }) => keyLabel(key, language, ontology),
  };
}

/** What a key is called in a language (ISO 639-1), or in English. */
export function keyLabel(key: PictureKey, language: string, ontology: OntologyService): string {
  if (key.state !== 'KNOWN') return STATES[key.state][language] ?? STATES[key.state]['en'] ?? key.state;
  const concept = ontology.findConcept(key.code);
  if (concept) return concept.label[language] ?? concept.label['en'] ?? key.code;
  switch (placeOf(key.dimension).codes) {
    case 'country':
      return countryName(key.code, language);
    case 'region':
      return regionName(key.code) ?? key.code;
    case 'plain':
      return key.code.replace(/^.*\//, '').replaceAll('-', ' ');
    default:
      return key.code;
  }
}

function countryName(code: string, language: string): string {
  const [known] = Intl.DisplayNames.supportedLocalesOf([language.replaceAll('_', '-')].filter(isTag));
  return new Intl.DisplayNames([known ?? 'en'], { type: 'region' }).of(code) ?? code;
}

function isTag(language: string): boolean {
  return /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(language);
}
