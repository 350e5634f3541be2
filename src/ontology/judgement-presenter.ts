import { Injectable } from '@nestjs/common';
import type { Judgement, PreparedCase, Verdict } from '../protocol/definition/index.js';
import type { KnownCase } from './case-book.js';
import { OntologyService } from './ontology.service.js';

/** A judgement as the SDL has it; the trace and the missing facts are worked out only when asked for. */
export interface JudgementView {
  readonly under: string;
  readonly version: number;
  readonly verdict: Verdict;
  readonly variants: () => readonly unknown[];
  readonly asks: () => readonly unknown[];
  readonly deciders: () => readonly unknown[];
}

/** Shows verdicts under laws and variants. */
@Injectable()
export class JudgementPresenter {
  constructor(private readonly ontology: OntologyService) {}

  /** One judgement for each law or variant, in the order given. Throws `Refusal` for one that does not exist. */
  of(
    known: Pick<KnownCase, 'prepared' | 'verdicts'>,
    under: readonly string[],
    onDate: string | null,
  ): readonly JudgementView[] {
    this.ontology.assertLaws(under, 'under', 60);
    const date = onDate ?? today();
    return under.map((ref) => this.one(known.prepared, known.verdicts, ref, date));
  }

  private one(prepared: PreparedCase, verdicts: Uint8Array, under: string, date: string): JudgementView {
    const { engine } = this.ontology;
    let explained: Judgement | undefined;
    const explain = (): Judgement => (explained ??= engine.explain(prepared, under, date));
    return {
      under,
      version: this.ontology.versionOf(under),
      verdict: this.ontology.verdictUnder(verdicts, under, date),
      variants: () =>
        explain().byVariant.map(({ variant, verdict, trace }) => ({ variant, verdict, trace: trace.map(traceView) })),
      asks: () => explain().asks.map(({ element, anyOf }) => ({ kind: element.toUpperCase(), anyOf })),
      deciders: () => explain().deciders.map(({ toward, facts }) => ({ toward, facts })),
    };
  }
}

function traceView({ element, verdict, metBy, inferred, unknown }: Judgement['byVariant'][number]['trace'][number]) {
  return { kind: element.toUpperCase(), verdict, metBy, inferred, unknown };
}

/** Today in UTC, ISO 8601. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}
