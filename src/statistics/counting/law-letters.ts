import type { OntologyService } from '../../ontology/index.js';
import { sha256Base64url, sha256Bytes } from '../../protocol/index.js';
import type { Verdict } from '../../protocol/definition/index.js';

const LETTERS = { MET: 'M', NOT_MET: 'N', UNDETERMINED: 'U', WITHHELD: 'W' } as const;

const CONTENTS = new WeakMap<OntologyService, string>();

/** A hash of what laws are judged by. */
function contentOf(ontology: OntologyService): string {
  const known = CONTENTS.get(ontology);
  if (known !== undefined) return known;
  const concepts = ontology.concepts.map(({ id, broader, implies }) => [id, broader, implies]);
  const definitions = ontology.engine.variants.map(({ definition }) => definition);
  const made = sha256Base64url(JSON.stringify([concepts, definitions]));
  CONTENTS.set(ontology, made);
  return made;
}

/** How pieces are judged on a day, one letter for each law. */
export class LawLetters {
  private constructor(
    private readonly ontology: OntologyService,
    private readonly onDate: string,
    /** What makes the letters: concepts and definitions, and which variants are in force. Two days with the same have the same letters. */
    readonly judgedBy: Uint8Array,
  ) {}

  static on(ontology: OntologyService, onDate: string): LawLetters {
    const inForce = ontology.laws.map(({ law }) => [law, ontology.variantsOf(law, onDate)]);
    return new LawLetters(ontology, onDate, sha256Bytes(JSON.stringify([contentOf(ontology), inForce])));
  }

  /** Where the letter of a law stands, from 1; null for what is a variant of one. */
  placeOf(law: string): number | null {
    const at = this.ontology.laws.findIndex((one) => one.law === law);
    return at < 0 ? null : at + 1;
  }

  /** The letters for cases, each given as its verdicts by ordinal: of what all have in common. */
  of(cases: readonly Uint8Array[]): string {
    return this.ontology.laws
      .map(({ law }) => {
        const [first, ...others] = cases.map((verdicts) => this.ontology.verdictUnder(verdicts, law, this.onDate));
        return LETTERS[first !== undefined && others.every((one) => one === first) ? first : 'WITHHELD'];
      })
      .join('');
  }
}

/** The verdict of a letter; what is none is withheld. */
export function verdictOf(letter: string): Verdict | 'WITHHELD' {
  switch (letter) {
    case 'M':
      return 'MET';
    case 'N':
      return 'NOT_MET';
    case 'U':
      return 'UNDETERMINED';
    default:
      return 'WITHHELD';
  }
}
