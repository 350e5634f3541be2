import type { OntologyService } from '../../ontology/index.js';
import { placeOf } from './dimension.js';
import type { PictureKey } from './picture-row.js';
import { regionName } from './regions.js';

const STATES: Readonly<Record<'UNKNOWN' | 'WITHHELD', Readonly<Record<string, string>>>> = {
  UNKNOWN: { en: 'unknown', nl: 'onbekend', ro: 'necunoscut', bg: 'неизвестно' },
  WITHHELD: { en: 'withheld', nl: 'niet getoond', ro: 'neafișat', bg: 'непоказано' },
};

/** What keys are called in a language (ISO 639-1), or in English. For one answer: names of countries are read from a table that is slow to open. */
export class KeyLabels {
  private readonly countries: Intl.DisplayNames;

  constructor(
    private readonly language: string,
    private readonly ontology: OntologyService,
  ) {
    const [known] = Intl.DisplayNames.supportedLocalesOf([language.replaceAll('_', '-')].filter(isTag));
    this.countries = new Intl.DisplayNames([known ?? 'en'], { type: 'region' });
  }

  /** What a key is called. */
  of(key: PictureKey): string {
    if (key.state !== 'KNOWN') return STATES[key.state][this.language] ?? STATES[key.state]['en'] ?? key.state;
    const concept = this.ontology.findConcept(key.code);
    if (concept) return concept.label[this.language] ?? concept.label['en'] ?? key.code;
    switch (placeOf(key.dimension).codes) {
      case 'country':
        return this.countries.of(key.code) ?? key.code;
      case 'region':
        return regionName(key.code) ?? key.code;
      case 'plain':
        return key.code.replace(/^.*\//, '').replaceAll('-', ' ');
      default:
        return key.code;
    }
  }
}

function isTag(language: string): boolean {
  return /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(language);
}
