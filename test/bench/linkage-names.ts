import { createHash } from 'node:crypto';
import { codeOf, type CodeSystem, CODE_SYSTEMS, transliterate } from '../../src/protocol/linkage/index.js';
import { readNamePairs, readPopularNames } from './linkage-data.js';

type NamePair = readonly [latin: string, native: string];

/** How often two spellings of one name give one code, and two names do by chance. */
export interface CodeAgreement {
  readonly name: string;
  readonly pairs: number;
  readonly agreement: Readonly<Record<CodeSystem, number>>;
  readonly chance: Readonly<Record<CodeSystem, number>>;
}

/** Which of the Russian pairs are of Slavic names: by how the Latin spelling ends. */
const SLAVIC = /(ov|ev|in|yn|ova|eva|ina|yna|sky|ski|skiy|skij|skaya|ska|skaja|enko|chuk|czuk|ich|ić|ic|icz|yuk|uk)$/;
const CYRILLIC_COUNTRIES = ['BG', 'RU', 'RS', 'MK', 'BY', 'KZ', 'KG'];

/**
 * Agreement of name codes on the half of the pairs that the script tables were not written with (by the hash of the Latin spelling). The popular names
 * are few, so that all are reported; they were looked at once, and the Belarusian ў follows from that.
 */
export function nameFigures(folder: string): readonly CodeAgreement[] {
  const heldOut = (pairs: readonly NamePair[]) => pairs.filter(([latin]) => isHeldOut(latin));
  const popular = (countries: readonly string[]) =>
    ['common-forenames-by-country.csv', 'common-surnames-by-country.csv'].flatMap((file) =>
      readPopularNames(`${folder}/${file}`, countries),
    );
  const russian = heldOut(readNamePairs(`${folder}/wd_russian_80.tsv`));
  return [
    agreementOf(
      'Russian–Latin, Slavic endings',
      russian.filter(([latin]) => SLAVIC.test(latin)),
    ),
    agreementOf('Arabic–Latin', heldOut(readNamePairs(`${folder}/wd_arabic_80.tsv`))),
    agreementOf('popular Cyrillic', popular(CYRILLIC_COUNTRIES)),
    agreementOf('popular Greek', popular(['GR', 'CY'])),
  ];
}

function isHeldOut(latin: string): boolean {
  return ((createHash('sha256').update(latin).digest()[0] ?? 0) & 1) === 1;
}

function agreementOf(name: string, pairs: readonly NamePair[]): CodeAgreement {
  const spelled = pairs.map(([latin, native]) => [transliterate(latin), transliterate(native)] as const);
  const measured = CODE_SYSTEMS.map((system) => [system, measure(spelled, system)] as const);
  const record = (of: (one: { agreement: number; chance: number }) => number) =>
    Object.fromEntries(measured.map(([system, one]) => [system, of(one)])) as Record<CodeSystem, number>;
  return {
    ...{ name, pairs: pairs.length },
    agreement: record(({ agreement }) => agreement),
    chance: record(({ chance }) => chance),
  };
}

function measure(pairs: readonly NamePair[], system: CodeSystem): { agreement: number; chance: number } {
  const counts = [new Map<string, number>(), new Map<string, number>()] as const;
  let agree = 0;
  for (const pair of pairs) {
    const [a, b] = pair.map((part) => codeOf(part, system));
    if (a !== '' && a === b) agree++;
    [a, b].forEach((code, side) => {
      if (code) counts[side]?.set(code, (counts[side].get(code) ?? 0) + 1);
    });
  }
  let equal = -agree;
  for (const [code, count] of counts[0]) equal += count * (counts[1].get(code) ?? 0);
  return { agreement: agree / pairs.length, chance: equal / (pairs.length * (pairs.length - 1)) };
}
