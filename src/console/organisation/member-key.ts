import { MemberError, readKeyFile, type ActingMember } from '../../member/index.js';

/** Opens the key file of an organisation for one signature. It is kept nowhere. Throws `MemberError`: BAD_INPUT, WRONG_PASSPHRASE. */
export async function openMemberKey(text: string, passphrase: string, member: string): Promise<ActingMember> {
  const holder = await readKeyFile(text, 'The file', () => Promise.resolve(passphrase));
  if (holder.officer !== undefined)
    throw new MemberError(
      'BAD_INPUT',
      'This is the key of a seat, not of the organisation.',
      'Choose the key file of your organisation.',
      ['key'],
    );
  if (holder.member !== member)
    throw new MemberError('BAD_INPUT', 'This is the key of another organisation.', 'Choose that of your own.', ['key']);
  return { member, key: holder.key };
}
