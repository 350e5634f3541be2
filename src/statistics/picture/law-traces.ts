import type { CaseBook, OntologyService } from '../../ontology/index.js';
import type { Judgement } from '../../protocol/definition/index.js';
import type { PictureRequest } from './picture-request.js';
import type { JudgedCount } from './tabulate.js';
import { asksOf, changesOf, type JudgedGroup, type SettlingAsk, type VerdictChange } from './verdict-differences.js';

const MOST_ASKS = 20;

/** Why alerts come out as they do. */
export class LawTraces {
  private constructor(
    private readonly under: readonly string[],
    private readonly groups: readonly JudgedGroup[],
  ) {}

  /** Traces what is counted. Of alerts that are counted together and are not the same case only the verdicts are shown that all of them have, and no elements. */
  static async of(
    cases: CaseBook,
    ontology: OntologyService,
    counts: readonly JudgedCount[],
    { under, onDate }: Pick<PictureRequest, 'under' | 'onDate'>,
  ): Promise<LawTraces> {
    const known = await cases.get(counts.flatMap(({ kept }) => kept.caseIds.slice(0, 1)));
    const explained = new Map<number, readonly Judgement[]>();
    for (const [id, { prepared }] of known)
      explained.set(
        id,
        under.map((law) => ontology.engine.explain(prepared, law, onDate)),
      );
    const groups = counts.flatMap(({ kept, verdicts }): JudgedGroup[] => {
      const [first, ...others] = kept.caseIds;
      const judgements = first === undefined ? undefined : explained.get(first);
      if (!judgements) return [];
      const shown = judgements.map((one, at) =>
        verdicts[at] === 'WITHHELD' ? null : others.length > 0 ? bare(one) : one,
      );
      return [{ alerts: kept.alerts, judged: shown }];
    });
    return new LawTraces(under, groups);
  }

  /** How many alerts change verdict between each two laws, the most first. */
  get changes(): readonly VerdictChange[] {
    return changesOf(this.under, this.groups);
  }

  /** Which questions would settle most, the most first. */
  get asks(): readonly SettlingAsk[] {
    return asksOf(this.under, this.groups, MOST_ASKS);
  }
}

function bare(judgement: Judgement): Judgement {
  return { ...judgement, asks: [], byVariant: [] };
}
