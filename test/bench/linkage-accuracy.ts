import { existsSync } from 'node:fs';
import { type Attributes, type BenchRecord, readFebrl, readSynthetic } from './linkage-data.js';
import { sayAlignment } from './linkage-alignment.js';
import { figuresOf, type Quality } from './linkage-figures.js';
import { nameFigures } from './linkage-names.js';
import { type Agreed, linkTables, linkWithin, readAgreed, type Run } from './linkage-run.js';

type Say = (line: string) => void;
type Reader = (file: string, attributes: Attributes) => BenchRecord[];

interface Target {
  readonly f1?: number;
  readonly recallAt99?: number;
}

interface Case {
  readonly name: string;
  readonly files: readonly string[];
  readonly read: Reader;
  readonly attributes: Attributes;
  readonly target?: Target;
  /** What was measured before this was written: CLK with anonlink, and tokens. */
  readonly before?: string;
}

const FEBRL4 = ['dataset4a.csv', 'dataset4b.csv'];
const SYNTHETIC = ['synthetic_xborder_a.csv', 'synthetic_xborder_b.csv'];
const FEBRL_ATTRIBUTES = ['names+date', '+place', '+place+document'] as const;

const CASES: readonly Case[] = [
  {
    ...{ name: 'FEBRL4 names+date', files: FEBRL4, read: readFebrl, attributes: 'names+date', target: { f1: 0.945 } },
    before: 'CLK/anonlink F1 .9443 (P .965); tokens P 1.0000 R .8952 F1 .9447, auto .936',
  },
  {
    ...{ name: 'FEBRL4 +place', files: FEBRL4, read: readFebrl, attributes: '+place', target: { f1: 0.985 } },
    before: 'CLK/anonlink F1 .9992; tokens P 1.0000 R .9910 F1 .9955, auto .924',
  },
  {
    ...{ name: 'FEBRL4 +place+document', files: FEBRL4, read: readFebrl, attributes: '+place+document' },
    ...{ target: { f1: 0.995 }, before: 'CLK/anonlink F1 1.0000; tokens P 1.0000 R .9998 F1 .9999, auto .994' },
  },
  {
    ...{ name: 'synthetic names+date+country', files: SYNTHETIC, read: readSynthetic },
    attributes: 'names+date+country',
    before: 'CLK/anonlink F1 .544 (R at P .99: .15); tokens P .89 R .68 F1 .78',
  },
  {
    ...{ name: 'synthetic, all attributes', files: SYNTHETIC, read: readSynthetic },
    attributes: 'names+date+country+place+document',
    target: { f1: 0.8, recallAt99: 0.5 },
    before: 'CLK/anonlink F1 .564 (R at P .99: .06); tokens P .90 R .71 F1 .794 (R at P .99: .47, auto .37)',
  },
  ...['1', '2', '3'].flatMap((set) =>
    FEBRL_ATTRIBUTES.map((attributes) => ({
      ...{ name: `FEBRL${set} ${attributes}`, files: [`dataset${set}.csv`], read: readFebrl, attributes },
    })),
  ),
];

/** The rows of the table of name codes that were measured before. */
const NAMES_BEFORE: Readonly<Record<string, string>> = {
  'Russian–Latin, Slavic endings': 'skeleton 85 % (u 3.8e-4), Double Metaphone 78 %',
  'Arabic–Latin': 'skeleton 63 % (looser 75 %), Double Metaphone 79 %',
  'popular Cyrillic': 'skeleton 96 %, Double Metaphone 90 %',
  'popular Greek': 'skeleton 98 %, Double Metaphone 98 %',
};

/** Measures how well the keys, the encoding and the matching that ship recognise persons, on data sets with their truth in a folder; then what a list of the persons gives away. */
export function benchLinkageAccuracy(args: readonly string[], say: Say): void {
  const [folder] = args.filter((arg) => !arg.startsWith('--'));
  if (folder === undefined || !existsSync(`${folder}/dataset4a.csv`)) {
    say('SKIPPED: the accuracy of linkage needs the folder of its data sets: npm run bench -- linkage FOLDER');
    return;
  }
  say('Blind evaluation is replaced by SHA-256: as injective, and what is measured here does not depend on more.');
  say('Label-free: the profile and weights that ship (schema/linkage), chosen from first principles, see its README.');
  say('FEBRL: every record is given Australia as country of birth, a constant; place is suburb and postcode.');
  say('Synthetic: one issuer stands for all documents, because the files name none. No coded facts are used.');
  say(
    'While keys and grades were made, misses of half of the persons (by hash) were looked at; the other half is held out.\n',
  );
  say('Names, on the half that the script tables were not written with (hash of the Latin spelling):');
  for (const { name, pairs, agreement, chance } of nameFigures(folder)) {
    const shown = (['skeleton', 'metaphone', 'stem'] as const).map(
      (system) => `${system} ${(100 * agreement[system]).toFixed(1)} % (u ${chance[system].toExponential(1)})`,
    );
    say(`  ${name} (${pairs}): ${shown.join(', ')}; before: ${NAMES_BEFORE[name] ?? '–'}`);
  }
  runAll(folder, readAgreed(), say);
  sayAlignment(folder, readAgreed(), say);
}

function runAll(folder: string, agreed: Agreed, say: Say): void {
  for (const one of CASES) {
    const files = one.files.map((file) => `${folder}/${file}`);
    if (files.every((file) => existsSync(file))) report(one, run(one, files, agreed), say);
  }
}

function run({ read, attributes }: Case, files: readonly string[], agreed: Agreed): Run {
  const [first = [], second] = files.map((file) => read(file, attributes));
  return second ? linkTables(first, second, agreed) : linkWithin(first, agreed);
}

function report({ name, target, before }: Case, result: Run, say: Say): void {
  const { link, offered, offeredHeldOut, candidates, best, recallAt99 } = figuresOf(result);
  const { records, truePairs, keysPerRecord, refused, capped } = result;
  say(`\n${name}: ${records} records, ${truePairs} true pairs, ${keysPerRecord.toFixed(1)} keys a record`);
  say(`  refused at the door ${refused}, look-ups over the cap ${capped}, candidates ${counts(candidates)}`);
  say(`  offered as link     ${shown(link)}${link.wrong === 0 ? '' : '  FALSE LINKS'}`);
  say(`  offered, label-free ${shown(offered)}${verdict(target?.f1, offered.f1, 'F1')}`);
  say(`  … held-out half      ${shown(offeredHeldOut)}`);
  say(`  threshold by truth  ${shown(best)} at ${best.evidence.toFixed(1)} bits of evidence`);
  say(`  recall at P .99     ${recallAt99.toFixed(4)}${verdict(target?.recallAt99, recallAt99, 'recall')}`);
  if (before !== undefined) say(`  before              ${before}`);
}

function shown(quality: Quality): string {
  const { precision, recall, f1 } = quality;
  return `P ${precision.toFixed(4)} R ${recall.toFixed(4)} F1 ${f1.toFixed(4)} (${counts(quality)})`;
}

function counts({ right, wrong }: Quality): string {
  return `${right} right, ${wrong} wrong`;
}

function verdict(wanted: number | undefined, got: number, what: string): string {
  if (wanted === undefined) return '';
  return got >= wanted ? `  ${what} ≥ ${wanted}: holds` : `  ${what} ≥ ${wanted}: DOES NOT HOLD`;
}
