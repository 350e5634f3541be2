import { Injectable } from '@nestjs/common';
import type { Concept } from '../protocol/definition/index.js';
import { CrosswalkBook } from './crosswalk-book.js';
import { inLanguage } from './law-view.js';
import { OntologyService } from './ontology.service.js';
import { ONTOLOGY_IRI } from './skos-vocabulary.js';

/** A concept as the SDL has it. */
export type ConceptView = ReturnType<ConceptPresenter['view']>;

@Injectable()
export class ConceptPresenter {
  constructor(
    private readonly ontology: OntologyService,
    private readonly crosswalks: CrosswalkBook,
  ) {}

  view(concept: Concept) {
    return {
      id: concept.id,
      iri: `${ONTOLOGY_IRI}${concept.id}`,
      scheme: concept.scheme,
      label: ({ language }: { language: string }) => inLanguage(concept.label, language),
      labels: Object.entries(concept.label).map(([language, text]) => ({ language, text })),
      definition: inLanguage(concept.definition, 'en'),
      broader: concept.broader,
      narrower: this.ontology.narrowerOf(concept.id),
      implies: concept.implies,
      mappings: () => this.crosswalks.of(concept.id),
      sources: concept.source,
    };
  }
}
