import type { MadeLinkage, TokenOrder } from '../../member/index.js';

/** What the page asks of the worker. */
export interface TokensAsked {
  readonly order: TokenOrder;
  /** The accord's. */
  readonly audience: string;
}

/** A failure without anything of what was given: its code, and what its error says for people. */
export interface ToldFailure {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
  readonly path: readonly string[];
}

/** What the worker says. */
export type FromWorker =
  | { readonly kind: 'progress'; readonly done: number; readonly total: number }
  | { readonly kind: 'made'; readonly linkage: MadeLinkage }
  | ({ readonly kind: 'failed' } & ToldFailure);

/** An error as it goes from the worker to the page, which would lose all but its message. Of unknown ones nothing is told. */
export function toldOf(error: unknown): ToldFailure {
  if (!(error instanceof Error) || !('code' in error)) return { code: 'UNEXPECTED', message: '', remedy: '', path: [] };
  const path = 'path' in error && Array.isArray(error.path) ? error.path.map(String) : [];
  const remedy = 'remedy' in error ? String(error.remedy) : '';
  return { code: String(error.code), message: error.message, remedy, path };
}
