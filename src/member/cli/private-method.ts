import { MOST_COMBINATIONS, type PrivateMethod } from '../../protocol/publication/index.js';
import { MemberError } from '../member-error.js';
import { wholeNumber } from './command.js';
import { readCondition } from './picture-question.js';

/** The options of `symbolon publish picture` that have noise added. */
export interface PrivateOptions {
  readonly private?: string;
  readonly combinations?: string;
  readonly codes?: readonly string[];
  readonly preview?: true;
}

/** What the options ask of noise; null when none is asked. Throws `MemberError` BAD_INPUT. */
export function readPrivateMethod({
  private: rho,
  combinations,
  codes = [],
  preview,
}: PrivateOptions): PrivateMethod | null {
  if (rho === undefined) {
    const [first] = Object.entries({ combinations, codes: codes[0], preview }).flatMap(([name, value]) =>
      value === undefined ? [] : [name],
    );
    if (first === undefined) return null;
    throw new MemberError(
      'BAD_INPUT',
      `--${first} is for a publication with noise.`,
      'Say what it may cost with --private.',
      [`--${first}`],
    );
  }
  return {
    ...{ name: 'differential-privacy', rhoMicro: rhoMicroIn(rho) },
    ...(combinations === undefined
      ? {}
      : { combinations: wholeNumber(combinations, '--combinations', 1, MOST_COMBINATIONS) }),
    ...(codes.length === 0 ? {} : { codes: codes.map(readCodes) }),
  };
}

function rhoMicroIn(text: string): number {
  const rhoMicro = /^[0-9]{1,4}(\.[0-9]{1,6})?$/.test(text) ? Math.round(Number(text) * 1e6) : 0;
  if (rhoMicro >= 1 && rhoMicro <= 1_000_000_000) return rhoMicro;
  throw new MemberError(
    'BAD_INPUT',
    '--private does not take that.',
    'Give rho as a number from 0.000001 to 1000 with at most six decimal places, such as 0.01.',
    ['--private'],
  );
}

/** The codes of one dimension; "unknown" is a cell of its own wherever there can be such a thing. */
function readCodes(text: string): { readonly dimension: string; readonly anyOf: readonly string[] } {
  const { dimension, anyOf, unknown } = readCondition(text, '--codes');
  if (!unknown) return { dimension, anyOf };
  throw new MemberError('BAD_INPUT', 'What is unknown is a cell without being named.', 'Leave it out of the codes.', [
    '--codes',
  ]);
}
