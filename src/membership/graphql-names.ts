import { Refusal } from '../protocol/index.js';

/** A name of the protocol (`focal-point`) as the SDL spells it (`FOCAL_POINT`). */
export function toEnum(name: string): string {
  return name.toUpperCase().replaceAll('-', '_');
}

/** A value of an SDL enum as the protocol spells it. Throws `Refusal` ARGUMENT_INVALID for one that is none of `names`. */
export function fromEnum<T extends string>(names: readonly T[], value: string): T {
  const found = names.find((name) => toEnum(name) === value);
  if (found === undefined)
    throw new Refusal(
      'ARGUMENT_INVALID',
      'The value is not one of the list.',
      `Use one of: ${names.map(toEnum).join(', ')}.`,
    );
  return found;
}
