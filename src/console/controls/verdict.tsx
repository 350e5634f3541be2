import type { ReactNode } from 'react';
import { useTerm } from '../terms/index.js';

/** A verdict of the SDL (`MET`, …) in words and by a shape, never by colour alone. */
export function Verdict({ of }: { readonly of: string }): ReactNode {
  return <span className={`verdict verdict-${of.toLowerCase()}`}>{useTerm()('verdict', of)}</span>;
}
