import { Module } from '@nestjs/common';
import { CaseBook } from './case-book.js';
import { CaseJudge } from './case-judge.js';
import { ConceptPresenter } from './concept-presenter.js';
import { CrosswalkBook } from './crosswalk-book.js';
import { Publication } from './publication.js';
import { JudgementPresenter } from './judgement-presenter.js';
import { OntologyController } from './ontology.controller.js';
import { OntologyResolver } from './ontology.resolver.js';
import { readOntology } from './ontology-files.js';
import { OntologyService } from './ontology.service.js';
import { Rejudging } from './rejudging.js';
import { VariantRegister } from './variant-register.js';

@Module({
  controllers: [OntologyController],
  providers: [
    { provide: OntologyService, useFactory: () => new OntologyService(readOntology()) },
    CrosswalkBook,
    ConceptPresenter,
    Publication,
    VariantRegister,
    CaseJudge,
    CaseBook,
    Rejudging,
    JudgementPresenter,
    OntologyResolver,
  ],
  exports: [OntologyService, VariantRegister, CaseBook, JudgementPresenter, Rejudging],
})
export class OntologyModule {}
