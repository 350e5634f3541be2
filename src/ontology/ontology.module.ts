import { Module } from '@nestjs/common';
import { CaseBook } from './case-book.js';
import { JudgementPresenter } from './judgement-presenter.js';
import { OntologyController } from './ontology.controller.js';
import { OntologyResolver } from './ontology.resolver.js';
import { OntologyService } from './ontology.service.js';
import { VariantRegister } from './variant-register.js';

@Module({
  controllers: [OntologyController],
  providers: [OntologyService, VariantRegister, CaseBook, JudgementPresenter, OntologyResolver],
  exports: [OntologyService, VariantRegister, CaseBook, JudgementPresenter],
})
export class OntologyModule {}
