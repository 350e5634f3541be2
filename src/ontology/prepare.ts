import { prepareOntology } from './ontology-files.js';

// A program of its own, the last step of the build: what each start would otherwise work out again.
prepareOntology();
