import type { Transaction } from '../../database/index.js';
import { type CaseBook, type OntologyService, today } from '../../ontology/index.js';
import type { KnownFacts } from '../../protocol/index.js';
import { type CountedClass, FACETS } from '../disclosure/counted-class.js';
import type { FacetPiece, CorePiece } from '../disclosure/piece.js';
import { safePart } from '../disclosure/safe-to-show.js';
import { inPortions } from '../slicing/in-portions.js';
import type { Slicer } from '../slicing/slicer.js';
import type { CodedValues } from './coded-values.js';
import { LawLetters } from './law-letters.js';
import { addToSums } from './law-sums.js';
import { verdictsOf } from './piece-judging.js';
import {
  addClasses,
  addPieces,
  addRelease,
  type JudgedPiece,
  type NewPiece,
  type ReleaseTerms,
} from './release-writing.js';
import { type Population, settle, type WaitingAlerts, waitingIn } from './waiting-alerts.js';

/** How long a stretch of the log is whose new alerts are in one release, in places: so many that are alike in nothing take a minute of a thread, and a gigabyte. */
const STRETCH = 50_000;

type WaitingClass = WaitingAlerts & CountedClass;
type Piece = CorePiece<WaitingClass> | FacetPiece<WaitingClass>;

/** What came of a release. */
export interface Released {
  /** How many alerts came to be counted. */
  readonly counted: number;
  /** Where in the log the next release goes on, which may follow; null when all that could take part did. */
  readonly next: number | null;
}

/** Releases what waits of a population, as far as it has companions. */
export class PictureRelease {
  constructor(
    private readonly values: CodedValues,
    private readonly cases: CaseBook,
    private readonly ontology: OntologyService,
    private readonly slicer: Slicer,
    private readonly stretch = STRETCH,
  ) {}

  /**
   * Of those that came since the last release only as many take part as hide each other, or none: whoever asks before and after, even a sender that knows its
   * own, learns nothing of fewer than `threshold` persons. Of very many those that came first are released by themselves (`from` is where in the log).
   */
  async of(
    transaction: Transaction,
    population: Population,
    before: Date | null,
    threshold: number,
    from = 0,
  ): Promise<Released> {
    const portion = await waitingIn(transaction, population, before, { from, length: this.stretch });
    if (!portion) return { counted: 0, next: null };
    const { next } = portion;
    const waiting = await this.values.read(transaction, portion.alerts);
    const { shown: fresh } = safePart(
      waiting.filter((one) => one.fresh),
      threshold,
    );
    if (fresh.length === 0) return { counted: 0, next };
    const {
      core,
      facets,
      waiting: left,
    } = await this.slicer.slice([...waiting.filter((one) => !one.fresh), ...fresh], FACETS, threshold);
    if (core.length > 0) await this.write(transaction, population, { threshold, before }, [...core, ...facets]);
    const counted = core.flatMap(({ classes }) => idsOf(classes));
    await settle(transaction, counted, idsOf(left));
    return { counted: counted.length, next };
  }

  private async write(
    transaction: Transaction,
    population: Population,
    terms: ReleaseTerms,
    pieces: readonly Piece[],
  ): Promise<void> {
    const release = await addRelease(transaction, 'counted', population, terms);
    const letters = LawLetters.on(this.ontology, today());
    const judgements = await this.judgementsOf(pieces, letters);
    const rows = pieces.map((piece): NewPiece => ({
      ...population,
      ...piece,
      register: 'counted',
      judged: judgements.get(piece),
    }));
    const ids = await addPieces(transaction, release, rows);
    const judgedIds = ids.filter((_, at) => rows[at]?.judged);
    await addToSums(transaction, judgedIds, letters.judgedBy);
    const piecesOf = new Map<WaitingClass, string[]>();
    for await (const some of inPortions([...pieces.entries()]))
      for (const [at, { classes }] of some)
        for (const one of classes) {
          const known = piecesOf.get(one);
          if (known) known.push(ids[at] ?? '');
          else piecesOf.set(one, [ids[at] ?? '']);
        }
    await addClasses(
      transaction,
      [...piecesOf].map(([one, of]) => ({ alerts: one.ids, pieces: of })),
    );
  }

  /** How laws judge the pieces that show it. */
  private async judgementsOf(pieces: readonly Piece[], letters: LawLetters): Promise<ReadonlyMap<Piece, JudgedPiece>> {
    const caseIds = new Map<Piece, readonly number[]>();
    for (const piece of pieces)
      if ('facet' in piece && piece.facet === 'law') caseIds.set(piece, await this.casesIn(piece));
    const known = await this.cases.get([...caseIds.values()].flat());
    return new Map(
      [...caseIds].map(([piece, ids]) => [
        piece,
        { caseIds: ids, verdicts: letters.of(verdictsOf(known, ids)), judgedBy: letters.judgedBy },
      ]),
    );
  }

  /** The cases of a piece, each once. */
  private async casesIn({ classes }: Piece): Promise<readonly number[]> {
    const spelled = [...new Set(classes.map(({ legalCase }) => legalCase))].sort();
    const ids: number[] = [];
    for (const one of spelled) ids.push(await this.cases.idOf(factsIn(one))); // one by one: members wait for the same connections
    return ids;
  }
}

function factsIn(spelled: string): KnownFacts {
  const [present, absent, oneOf] = JSON.parse(spelled) as [string[], string[], string[][]]; // parsing: spelled by `CodedValues`
  return { present, absent, oneOf };
}

function idsOf(classes: readonly WaitingClass[]): string[] {
  return classes.flatMap(({ ids }) => ids);
}
