import { Option, type Command } from 'commander';
import { PURPOSES, type AlertContent, type Purpose } from '../../protocol/index.js';
import { MemberError } from '../member-error.js';
import { readAudience } from './audience-option.js';
import { list, oneOf } from './command.js';

const HANDLING_CODES = ['H0', 'H1', 'H2', 'H3'] as const;
const SOURCES = ['A', 'B', 'C', 'X'] as const;
const INFORMATION = [1, 2, 3, 4] as const;

export interface HandlingOptions {
  readonly to?: readonly string[];
  readonly shareFor?: readonly string[];
  readonly handling: string;
  readonly evaluation: string;
}

/** Adds the options that say who may read an alert, how they may handle it and how it is evaluated. */
export function addHandlingOptions(command: Command, audienceDefault?: string): Command {
  const otherwise = audienceDefault === undefined ? '' : ` (default: ${audienceDefault})`;
  return command
    .addOption(
      list(
        '--to <whom>',
        `everyone (then it may be counted in publications, too), kinds (rapporteur), countries (NL) or members (nl-baken)${otherwise}`,
      ),
    )
    .addOption(list('--share-for <purposes>', 'purposes for which it may be read (default: that of --purpose)'))
    .addOption(new Option('--handling <code>', 'how a recipient may handle it').choices(HANDLING_CODES).default('H0'))
    .option('--evaluation <code>', 'source A, B, C or X with information 1 to 4, such as A1', 'X4');
}

/** Handling and evaluation as the options say them. Throws `MemberError` BAD_INPUT. */
export function readHandling(
  options: HandlingOptions,
  purpose: Purpose,
): Pick<AlertContent, 'handling' | 'evaluation'> {
  const purposes = (options.shareFor ?? [purpose]).map((text) => oneOf(PURPOSES, text, '--share-for'));
  return {
    handling: {
      purposes: [...new Set(purposes)],
      code: oneOf(HANDLING_CODES, options.handling, '--handling'),
      audience: readAudience(options.to ?? []),
    },
    evaluation: readEvaluation(options.evaluation),
  };
}

function readEvaluation(text: string): AlertContent['evaluation'] {
  const source = SOURCES.find((letter) => letter === text[0]);
  const information = INFORMATION.find((number) => String(number) === text.slice(1));
  if (source !== undefined && information !== undefined) return { source, information };
  throw new MemberError(
    'BAD_INPUT',
    '--evaluation does not take that.',
    'Write a letter A, B, C or X and a number 1 to 4, such as A1.',
    ['evaluation'],
  );
}
