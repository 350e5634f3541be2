export { CaseBook, type KnownCase } from './case-book.js';
export { CaseJudge } from './case-judge.js';
export { JudgementPresenter, type JudgementView, today } from './judgement-presenter.js';
export { type Ontology, readOntology } from './ontology-files.js';
export { OntologyModule } from './ontology.module.js';
export { OntologyService } from './ontology.service.js';
export { Rejudging } from './rejudging.js';
export { VariantRegister } from './variant-register.js';
