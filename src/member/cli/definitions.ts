import type { Command } from 'commander';
import type { JudgementAnswer } from '../documents/alerts.js';
import {
  COMPARE_DEFINITIONS,
  JUDGE,
  LAWS,
  type ComparisonAnswer,
  type LawAnswer,
  type WitnessAnswer,
} from '../documents/definitions.js';
import { openQuery } from '../open-query.js';
import { example, list, type Run } from './command.js';
import { judgementText, verdictWord } from './judgement-text.js';
import { table } from './table.js';

interface JudgeOptions {
  readonly present?: readonly string[];
  readonly absent?: readonly string[];
  readonly under: readonly string[];
  readonly on?: string;
}

/** `symbolon definitions`: what laws ask, where they differ, and what they make of a made-up case. Needs no membership. */
export function addDefinitions(program: Command, run: Run): void {
  const definitions = program
    .command('definitions')
    .description('what the laws ask and where they differ; not legal advice');
  const compare = definitions
    .command('compare')
    .argument('<a>', 'a law (NL) or a variant of one (NL-273f-1-1)')
    .argument('<b>', 'another')
    .description('how two definitions differ, with a smallest case that they judge differently')
    .option('--on <date>', 'as the laws stand on this date (default: today)')
    .action(
      run(async (session, a: string, b: string, options: { readonly on?: string }) => {
        const variables = { a, b, onDate: options.on ?? null };
        const { compareDefinitions } = await openQuery<{ compareDefinitions: ComparisonAnswer }>(
          await session.hub(),
          COMPARE_DEFINITIONS,
          variables,
        );
        session.print.result(compareDefinitions, comparisonText);
      }),
    );
  example(compare, 'symbolon definitions compare NL BE');

  const judge = definitions
    .command('judge')
    .description('a made-up case judged under any laws; nothing is stored. Never give a real case')
    .addOption(list('--present <concepts>', 'concepts that are present'))
    .addOption(list('--absent <concepts>', 'concepts that are absent; silence is neither'))
    .addOption(list('--under <laws>', 'laws or variants, such as NL,BE').makeOptionMandatory())
    .option('--on <date>', 'as the laws stand on this date (default: today)')
    .action(
      run(async (session, options: JudgeOptions) => {
        const { judge: judgements } = await openQuery<{ judge: readonly JudgementAnswer[] }>(
          await session.hub(),
          JUDGE,
          {
            case: { present: options.present ?? [], absent: options.absent ?? [] },
            under: options.under,
            onDate: options.on ?? null,
          },
        );
        session.print.result(judgements, judgementText);
      }),
    );
  example(judge, 'symbolon definitions judge --present act/recruitment,purpose/forced-labour --under NL,BE');

  const all = definitions
    .command('list')
    .description('the laws and offences that the hub knows')
    .action(
      run(async (session) => {
        const { laws } = await openQuery<{ laws: readonly LawAnswer[] }>(await session.hub(), LAWS);
        session.print.result(laws, (known) =>
          table(
            ['law', 'variant', 'citation', 'counts', 'confidence'],
            known.flatMap((law) =>
              law.variants.map((variant) => [
                law.code,
                variant.id,
                variant.citation,
                variant.counts ? 'yes' : 'no',
                law.confidence.toLowerCase(),
              ]),
            ),
          ),
        );
      }),
    );
  example(all, 'symbolon definitions list');
}

function comparisonText({ a, b, differences, onlyA, onlyB }: ComparisonAnswer): string {
  const sentences = differences.flatMap(({ kind, sentence, onlyA: mine, onlyB: theirs }) => [
    `${kind.toLowerCase()}: ${sentence}`,
    ...(mine.length > 0 ? [`  only ${a}: ${mine.join(', ')}`] : []),
    ...(theirs.length > 0 ? [`  only ${b}: ${theirs.join(', ')}`] : []),
  ]);
  return [
    ...(sentences.length > 0 ? sentences : [`${a} and ${b} ask the same.`]),
    '',
    witnessText(onlyA, a, b, a),
    witnessText(onlyB, a, b, b),
  ].join('\n');
}

function witnessText(witness: WitnessAnswer | null, a: string, b: string, only: string): string {
  if (!witness) return `There is no case that is met under ${only} only.`;
  const present = witness.present.length > 0 ? witness.present.join(', ') : 'nothing';
  return `A smallest case met under ${only} only: ${present} and nothing else. It is ${verdictWord(witness.underA)} under ${a} and ${verdictWord(witness.underB)} under ${b}; what decides is ${witness.decidedBy.map((kind) => kind.toLowerCase()).join(' and ')}.`;
}
