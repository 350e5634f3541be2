import type { Highs, Model } from 'highs';
import * as highsModule from 'highs';
import type { CoreDimension, CountedClass, Facet } from '../../../src/statistics/disclosure/counted-class.js';
import { alertsIn, type CorePiece, type FacetPiece } from '../../../src/statistics/disclosure/piece.js';
import type { Slices } from '../../../src/statistics/disclosure/slice.js';

/** The values that an alert may have, by dimension; the attacker knows them. */
export interface Domain {
  readonly core: Readonly<Partial<Record<CoreDimension, readonly string[]>>>;
  readonly facets: Readonly<Partial<Record<Facet, readonly (readonly string[])[]>>>;
}

/** Some values, of which alerts may have all. */
export interface Cell {
  readonly core: Readonly<Partial<Record<CoreDimension, string>>>;
  readonly facets: Readonly<Partial<Record<Facet, readonly (string | null)[]>>>;
}

export interface Range {
  readonly least: number;
  readonly most: number;
}

let solver: Promise<Highs> | undefined;

/** Its types say that the module is its default export's, Node that it is the loader. */
function loadSolver(): Promise<Highs> {
  const loader: unknown = highsModule.default;
  if (typeof loader !== 'function') throw new Error('the solver has another form');
  return Reflect.apply(loader, undefined, []) as Promise<Highs>; // parsing: what its documentation says
}

/**
 * Somebody who has seen every number that can be made of the pieces, hence each piece's, and what it tells; who knows how the pieces are made, and all the values there are. It
 * solves for the alerts: how many of each kind there may be in each combination of pieces.
 */
export class Attacker {
  private constructor(
    private readonly model: Model,
    private readonly kinds: readonly Cell[],
  ) {}

  static async over(slices: Slices, domain: Domain): Promise<Attacker> {
    const highs = await (solver ??= loadSolver());
    const pieces = [...slices.core, ...slices.facets];
    const rowOf = new Map<CorePiece, number>(pieces.map((piece, row) => [piece, row]));
    const kinds: Cell[] = [];
    const [starts, indices]: [number[], number[]] = [[], []];
    for (const kind of kindsOf(domain))
      for (const core of slices.core.filter((piece) => fitsCore(piece, kind)))
        for (const facets of choices(slices.facets, Object.keys(domain.facets) as Facet[], core, kind)) {
          kinds.push(kind);
          starts.push(indices.length);
          indices.push(...[core, ...facets].map((piece) => rowOf.get(piece) ?? -1));
        }
    const counts = pieces.map(({ classes }) => alertsIn(classes));
    const model = highs.createModel({
      numCols: kinds.length,
      numRows: pieces.length,
      colCost: kinds.map(() => 0),
      colLower: kinds.map(() => 0),
      colUpper: kinds.map(() => highs.infinity),
      rowLower: counts,
      rowUpper: counts,
      matrix: {
        format: 'csc',
        numRows: pieces.length,
        numCols: kinds.length,
        starts: [...starts, indices.length],
        indices,
        values: indices.map(() => 1),
      },
    });
    model.options.set({ output_flag: false });
    return new Attacker(model, kinds);
  }

  /** How many alerts there may be in a cell. */
  rangeOf(cell: Cell): Range {
    const inCell = this.kinds.map((kind) => (isIn(kind, cell) ? 1 : 0));
    const solve = (sign: 1 | -1): number => {
      for (const [column, cost] of inCell.entries()) this.model.changeColCost(column, sign * cost);
      this.model.run();
      const value = sign * this.model.getObjectiveValue();
      if (!Number.isFinite(value)) throw new Error('the pieces contradict each other');
      return Math.round(value * 1e6) / 1e6;
    };
    return { least: solve(1), most: solve(-1) };
  }

  dispose(): void {
    this.model.dispose();
  }
}

/** Whether an alert of a class is in a cell. */
export function holds(cell: Cell, one: CountedClass): boolean {
  return isIn({ core: one.core, facets: one.facets }, cell);
}

function isIn(kind: Cell, cell: Cell): boolean {
  return (
    entries(cell.core).every(([dimension, value]) => kind.core[dimension] === value) &&
    entries(cell.facets).every(([facet, value]) =>
      value.every((part, at) => part === null || kind.facets[facet]?.[at] === part),
    )
  );
}

function fitsCore({ key }: CorePiece, { core }: Cell): boolean {
  return entries(core).every(([dimension, value]) => key[dimension] === undefined || key[dimension] === value);
}

/** One piece of each facet, as a kind of alert in a piece of the core may be in. */
function choices(pieces: readonly FacetPiece[], facets: readonly Facet[], core: CorePiece, kind: Cell): FacetPiece[][] {
  return facets.reduce<FacetPiece[][]>(
    (chosen, facet) =>
      chosen.flatMap((before) =>
        pieces
          .filter((piece) => piece.facet === facet && fitsFacet(piece, core, kind))
          .map((piece) => [...before, piece]),
      ),
    [[]],
  );
}

function fitsFacet(piece: FacetPiece, core: CorePiece, kind: Cell): boolean {
  const shown = piece.beside ?? (Object.keys({ ...core.key, ...piece.key }) as CoreDimension[]);
  return (
    shown.every((dimension) => piece.key[dimension] === core.key[dimension]) &&
    piece.value.every((part, at) => part === null || kind.facets[piece.facet]?.[at] === part)
  );
}

function kindsOf({ core, facets }: Domain): Cell[] {
  let kinds: Cell[] = [{ core: {}, facets: {} }];
  for (const [dimension, values] of entries(core))
    kinds = kinds.flatMap((kind) => values.map((value) => ({ ...kind, core: { ...kind.core, [dimension]: value } })));
  for (const [facet, values] of entries(facets))
    kinds = kinds.flatMap((kind) => values.map((value) => ({ ...kind, facets: { ...kind.facets, [facet]: value } })));
  return kinds;
}

function entries<K extends string, V>(record: Readonly<Partial<Record<K, V>>>): [K, V][] {
  return Object.entries(record) as [K, V][];
}
