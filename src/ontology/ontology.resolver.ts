import { Args, Query, Resolver } from '@nestjs/graphql';
import { Anybody, type Page, type PageArguments, pageOf, readPage } from '../graphql/index.js';
import type { Concept, DefinitionFile } from '../protocol/definition/index.js';
import { type KnownFacts, Refusal } from '../protocol/index.js';
import { type ComparisonView, comparisonView } from './comparison-view.js';
import { ConceptPresenter, type ConceptView } from './concept-presenter.js';
import { JudgementPresenter, type JudgementView, today } from './judgement-presenter.js';
import { lawView, type LawView } from './law-view.js';
import { OntologyService } from './ontology.service.js';

const MOST_FACTS = 200;

@Resolver()
export class OntologyResolver {
  constructor(
    private readonly ontology: OntologyService,
    private readonly concepts: ConceptPresenter,
    private readonly judgements: JudgementPresenter,
  ) {}

  @Query('concepts')
  @Anybody()
  conceptPage(@Args() args: PageArguments & { scheme?: string | null }): Page<ConceptView> {
    const request = readPage(args);
    const ofScheme = this.ontology.concepts.filter(({ scheme }) => !args.scheme || scheme === args.scheme);
    const sorted = [...ofScheme].sort((a, b) => (a.id < b.id ? -1 : 1));
    const within = sorted.filter(
      ({ id }) => (request.after === null || id > request.after) && (request.before === null || id < request.before),
    );
    const found = request.backward ? within.reverse() : within;
    return pageOf<Concept, ConceptView>(
      request,
      found.slice(0, request.size + 1),
      ({ id }) => id,
      (concept) => this.concepts.view(concept),
    );
  }

  @Query('concept')
  @Anybody()
  concept(@Args('id') id: string): ConceptView | null {
    const concept = this.ontology.findConcept(id);
    return concept && this.concepts.view(concept);
  }

  @Query('laws')
  @Anybody()
  laws(): LawView[] {
    return this.ontology.laws.map((law: DefinitionFile) => lawView(law));
  }

  @Query('law')
  @Anybody()
  law(@Args('code') code: string): LawView | null {
    const law = this.ontology.findLaw(code);
    return law && lawView(law);
  }

  @Query('compareDefinitions')
  @Anybody()
  compareDefinitions(
    @Args('a') a: string,
    @Args('b') b: string,
    @Args('onDate') onDate?: string | null,
  ): ComparisonView {
    this.ontology.assertLaws([a], 'a', 1);
    this.ontology.assertLaws([b], 'b', 1);
    return comparisonView(a, b, this.ontology.engine.compare(a, b, onDate ?? today()));
  }

  @Query('judge')
  @Anybody()
  judge(
    @Args('case') facts: KnownFacts,
    @Args('under') under: string[],
    @Args('onDate') onDate?: string | null,
  ): readonly JudgementView[] {
    const all = [...facts.present, ...facts.absent, ...facts.oneOf.flat()];
    if (all.length > MOST_FACTS)
      throw new Refusal('OVERSIZED', `A case holds at most ${MOST_FACTS} facts.`, 'Leave facts out.', ['case']);
    const unknown = all.findIndex((id) => !this.ontology.hasConcept(id));
    if (unknown >= 0)
      throw new Refusal('UNKNOWN_CODE', 'A fact is not a concept that the hub knows.', 'See the query concepts.', [
        'case',
      ]);
    const prepared = this.ontology.prepare(facts);
    return this.judgements.of({ prepared, verdicts: this.ontology.engine.judgeAll(prepared) }, under, onDate ?? null);
  }
}
