import { Injectable } from '@nestjs/common';
import { CrosswalkBook } from './crosswalk-book.js';
import { readSchemes } from './ontology-files.js';
import { OntologyService } from './ontology.service.js';

/** The ontology as linked data, made once when it is first asked for. */
@Injectable()
export class Publication {
  private turtleText: Promise<string> | undefined;
  private jsonLdText: Promise<string> | undefined;
  private linkedData: ReturnType<Publication['readLinkedData']> | undefined;

  constructor(
    private readonly ontology: OntologyService,
    private readonly crosswalks: CrosswalkBook,
  ) {}

  /** SKOS as Turtle. */
  turtle(): Promise<string> {
    return (this.turtleText ??= this.linked().then(({ graph, toTurtle }) => toTurtle(graph)));
  }

  /** SKOS as JSON-LD 1.1. */
  jsonLd(): Promise<string> {
    return (this.jsonLdText ??= this.linked().then(({ graph, toJsonLd }) => toJsonLd(graph)));
  }

  private linked(): ReturnType<Publication['readLinkedData']> {
    return (this.linkedData ??= this.readLinkedData());
  }

  /** The graph and what writes it. The libraries of linked data are three hundred modules, which a node reads when somebody asks. */
  private async readLinkedData() {
    const { ontologyGraph } = await import('./skos.js');
    const { toJsonLd, toTurtle } = await import('./skos-serialise.js');
    const { concepts, laws } = this.ontology;
    const graph = ontologyGraph({ schemes: readSchemes(), concepts, crosswalks: this.crosswalks.crosswalks, laws });
    return { graph, toJsonLd, toTurtle };
  }
}
