export { CaseBook, type KnownCase } from './case-book.js';
export { JudgementPresenter, type JudgementView, today } from './judgement-presenter.js';
export { readOntology } from './ontology-files.js';
export { OntologyModule } from './ontology.module.js';
export { OntologyService } from './ontology.service.js';
export { VariantRegister } from './variant-register.js';
