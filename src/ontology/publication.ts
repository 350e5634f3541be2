import { Injectable } from '@nestjs/common';
import { CrosswalkBook } from './crosswalk-book.js';
import { readSchemes } from './ontology-files.js';
import { OntologyService } from './ontology.service.js';
import { ontologyGraph } from './skos.js';
import { toJsonLd, toTurtle } from './skos-serialise.js';

/** The ontology as linked data, made once when it is first asked for. */
@Injectable()
export class Publication {
  private turtleText: Promise<string> | undefined;
  private jsonLdText: Promise<string> | undefined;

  constructor(
    private readonly ontology: OntologyService,
    private readonly crosswalks: CrosswalkBook,
  ) {}

  /** SKOS as Turtle. */
  turtle(): Promise<string> {
    return (this.turtleText ??= toTurtle(this.graph()));
  }

  /** SKOS as JSON-LD 1.1. */
  jsonLd(): Promise<string> {
    return (this.jsonLdText ??= toJsonLd(this.graph()));
  }

  private graph() {
    const { concepts, laws } = this.ontology;
    return ontologyGraph({ schemes: readSchemes(), concepts, crosswalks: this.crosswalks.crosswalks, laws });
  }
}
