import type { ReactNode } from 'react';
import { useTerm } from '../terms/index.js';

/** Whether a definition, or an element of one, is met, as the hub says it. */
export type VerdictAnswer = 'MET' | 'NOT_MET' | 'UNDETERMINED';

/** A verdict in words and by a shape, never by colour alone. */
export function Verdict({ of }: { readonly of: string }): ReactNode {
  return <span className={`verdict verdict-${of.toLowerCase()}`}>{useTerm()('verdict', of)}</span>;
}
