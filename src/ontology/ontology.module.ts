import { Module } from '@nestjs/common';
import { CaseBook } from './case-book.js';
import { ConceptPresenter } from './concept-presenter.js';
import { CrosswalkBook } from './crosswalk-book.js';
import { Publication } from './publication.js';
import { JudgementPresenter } from './judgement-presenter.js';
import { OntologyController } from './ontology.controller.js';
import { OntologyResolver } from './ontology.resolver.js';
import { OntologyService } from './ontology.service.js';
import { VariantRegister } from './variant-register.js';

@Module({
  controllers: [OntologyController],
  providers: [
    OntologyService,
    CrosswalkBook,
    ConceptPresenter,
    Publication,
    VariantRegister,
    CaseBook,
    JudgementPresenter,
    OntologyResolver,
  ],
  exports: [OntologyService, VariantRegister, CaseBook, JudgementPresenter],
})
export class OntologyModule {}
