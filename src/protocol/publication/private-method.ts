/**
 * Noise in every cell of a domain that the publisher declares, differential privacy: what it costs, how much one person counts, and which codes there are. None of it may have been chosen by looking
 * at the data (PROTOCOL.md, N).
 */
export interface PrivateMethod {
  readonly name: 'differential-privacy';
  /** What the publication takes from the hub's budget, in millionths of ρ; its tables share it evenly. */
  readonly rhoMicro: number;
  /** In how many combinations of codes one person counts at most, 1 to `MOST_COMBINATIONS`; 1 when it is left out. */
  readonly combinations?: number;
  /** The codes of dimensions, for all tables; else those of the dimension's scheme, or of the table's period. */
  readonly codes?: readonly DeclaredCodes[];
}

/** The codes that a dimension has in the domain. */
export interface DeclaredCodes {
  readonly dimension: string;
  readonly anyOf: readonly string[];
}

/** In how many combinations of codes one person may count at most. */
export const MOST_COMBINATIONS = 20;
/** How many codes of a dimension may be named. */
export const MOST_DECLARED_CODES = 300;
/** How many cells the domain of a table may have. */
export const MOST_PRIVATE_CELLS = 5_000;

/** What a table costs when so many share so much: whole micro-rho, 0 when it is too little for them. */
export function costOfTable(rhoMicro: number, tables: number): number {
  return Math.floor(rhoMicro / tables);
}
