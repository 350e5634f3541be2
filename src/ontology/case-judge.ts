import { Injectable } from '@nestjs/common';
import type { PreparedCase } from '../protocol/definition/index.js';
import { type KnownFacts, Refusal } from '../protocol/index.js';
import { OntologyService } from './ontology.service.js';
import { type VerdictIds, VariantRegister } from './variant-register.js';

const NOTHING: KnownFacts = { present: [], absent: [], oneOf: [] };

/** Judges cases under today's definitions, also those that were taken in under others. */
@Injectable()
export class CaseJudge {
  private readonly verdicts: Uint8Array;

  constructor(
    private readonly ontology: OntologyService,
    private readonly register: VariantRegister,
  ) {
    this.verdicts = new Uint8Array(ontology.engine.variants.length);
  }

  /**
   * Kept facts with all that follows. They were possible when they were taken in: a concept that has gone since says nothing any more, and neither do facts
   * that have come to contradict each other.
   */
  prepare(facts: KnownFacts): PreparedCase {
    return this.attempt(facts) ?? this.attempt(this.withoutGone(facts)) ?? this.ontology.engine.prepare(NOTHING);
  }

  /** The verdict under every variant of today. */
  verdictIds(prepared: PreparedCase): VerdictIds {
    return this.register.idsOf(this.ontology.engine.judgeAll(prepared, this.verdicts));
  }

  private attempt(facts: KnownFacts): PreparedCase | null {
    try {
      return this.ontology.engine.prepare(facts);
    } catch (error) {
      if (error instanceof Refusal) return null;
      throw error;
    }
  }

  private withoutGone({ present, absent, oneOf }: KnownFacts): KnownFacts {
    const isKnown = (concept: string): boolean => this.ontology.hasConcept(concept);
    return {
      present: present.filter(isKnown),
      absent: absent.filter(isKnown),
      oneOf: oneOf.filter((clause) => clause.every(isKnown)),
    };
  }
}
