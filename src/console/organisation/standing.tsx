import type { ReactNode } from 'react';
import type { JudgedMember } from '../../member/index.js';
import { useWords, useWritten } from '../language/index.js';
import type { AreaWord } from './words.js';

/** How this browser stands to a member, in words. */
export function Standing(props: { readonly of: JudgedMember | undefined; readonly isShort?: boolean }): ReactNode {
  const { say } = useWords<AreaWord>();
  const { date } = useWritten();
  const standing = props.of?.standing ?? 'unproven';
  if (props.isShort) return say(`organisation.known.${standing}.short`);
  const compared = props.of?.comparedOn ?? null;
  return say(`organisation.known.${standing}`, { date: compared === null ? '' : date(compared) });
}
