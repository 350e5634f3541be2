import { MEMBER_KINDS, type Audience } from '../../protocol/index.js';
import { MemberError } from '../member-error.js';

const MEMBER_CODE = /^[a-z]{2}-[a-z0-9]+(-[a-z0-9]+)*$/;

/**
 * Reads `--to`: `everyone`, kinds (`rapporteur`), countries (`NL`) and members (`nl-baken`). Members are addressed besides;
 * with countries and kinds both, a reader must satisfy both. Throws `MemberError` BAD_INPUT.
 */
export function readAudience(to: readonly string[]): Audience {
  const members = to.filter((text) => MEMBER_CODE.test(text));
  const countries = to.filter((text) => /^[A-Z]{2}$/.test(text));
  const kinds = MEMBER_KINDS.filter((kind) => to.includes(kind));
  const everyone = to.includes('everyone');
  const known = members.length + countries.length + kinds.length + (everyone ? 1 : 0);
  if (known === 0 || known !== new Set(to).size) {
    throw new MemberError(
      'BAD_INPUT',
      '--to does not say whom the alert addresses.',
      `It takes everyone, kinds (${MEMBER_KINDS.join(', ')}), countries (NL) and members (nl-baken), with commas.`,
      ['to'],
    );
  }
  return {
    ...(members.length > 0 ? { members } : {}),
    ...(countries.length > 0 ? { countries } : {}),
    ...(kinds.length > 0 ? { kinds } : {}),
    ...(everyone ? { everyone: true } : {}),
  };
}
