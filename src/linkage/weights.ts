/** The fixed weights of `schema/linkage/profile.json`: probabilities, each with its reason there. */
export interface MatchingWeights {
  /** That a person of whom an alert arrives is in the table already. */
  readonly known: number;
  /**
   * A token's value is at least as rare as its kind asks, in the world. Those in the table come from few regions, so that it is less rare there, by so
   * many bits.
   */
  readonly concentrationBits: number;
  /** Chance that two persons agree on an attribute that the token does not hold. */
  readonly chanceOfPart: {
    readonly Y: number;
    readonly M: number;
    readonly d: number;
    readonly C: number;
    readonly P: number;
    readonly secondPlace: number;
    readonly pair: number;
    readonly secondName: number;
    readonly thirdName: number;
  };
  /** How often two records of one person look like this. */
  readonly names: { readonly bothCodes: number; readonly oneCode: number; readonly one: number; readonly none: number };
  readonly fullDate: {
    readonly all: number;
    readonly yearDiffers: number;
    readonly dayDiffers: number;
    readonly swapped: number;
    readonly yearOnly: number;
    readonly none: number;
  };
  readonly partialDate: { readonly asFarAsKnown: number; readonly less: number; readonly none: number };
  readonly place: { readonly agrees: number; readonly differs: number };
  readonly country: { readonly agrees: number; readonly differs: number };
  readonly document: {
    readonly number: number;
    readonly lessOne: number;
    readonly differs: number;
    readonly identityDiffers: number;
  };
  readonly facts: { readonly agrees: number; readonly differs: number };
  /** Probabilities from which a candidate is offered, and from which it may be offered as a link. */
  readonly possibleFrom: number;
  readonly linkFrom: number;
  /** Tokens that more persons have are not looked up. */
  readonly largestBlock: number;
}
