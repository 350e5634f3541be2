/** The shape of the weights: every one is a number above 0. The reasons stand in `schema/linkage/README.md`. */
const SHAPE = {
  /** Probability that a person of whom an alert arrives is in the table already. */
  known: 0,
  /**
   * A token's value is at least as rare as its grade promises, in the world. Those in the table come from few regions, so that it is less rare there, by so
   * many bits.
   */
  concentrationBits: 0,
  /** Chance that two persons agree on an attribute that the token does not hold. */
  chanceOfPart: { Y: 0, M: 0, d: 0, C: 0, P: 0, secondPlace: 0, firstName: 0, secondName: 0, thirdName: 0 },
  /** How often two records of one person look like this. */
  names: { bothCodes: 0, oneCode: 0, one: 0, none: 0 },
  fullDate: { all: 0, yearDiffers: 0, dayDiffers: 0, swapped: 0, yearOnly: 0, none: 0 },
  partialDate: { asFarAsKnown: 0, less: 0, none: 0 },
  place: { agrees: 0, differs: 0 },
  country: { agrees: 0, differs: 0 },
  document: { number: 0, lessOne: 0, differs: 0, identityDiffers: 0 },
  /** Likelihood ratios of coded facts. */
  facts: {
    ageBand: { agrees: 0, differs: 0 },
    gender: { agrees: 0, differs: 0 },
    citizenship: { agrees: 0, differs: 0 },
  },
  /** Probabilities from which a candidate is offered, and from which it may be offered as a link. */
  possibleFrom: 0,
  linkFrom: 0,
  /** Tokens that more persons have are not looked up. */
  largestBlock: 0,
};

/** The fixed weights of `schema/linkage/profile.json`. */
export type MatchingWeights = DeepReadonly<typeof SHAPE>;

type DeepReadonly<T> = { readonly [K in keyof T]: T[K] extends number ? number : DeepReadonly<T[K]> };

/** Reads the weights of a profile. Throws when one is missing, no number above 0, or not known. */
export function readMatchingWeights(profileText: string): MatchingWeights {
  const profile: unknown = JSON.parse(profileText);
  const weights = isFields(profile) ? profile['weights'] : undefined;
  assertShape(weights, SHAPE, 'weights');
  return weights as MatchingWeights;
}

function assertShape(value: unknown, shape: object, where: string): void {
  if (!isFields(value)) throw new TypeError(`${where} is not an object`);
  const names = Object.keys(shape);
  const unknown = Object.keys(value).find((name) => !names.includes(name));
  if (unknown !== undefined) throw new TypeError(`${where}.${unknown} is not a weight`);
  for (const [name, inner] of Object.entries(shape)) {
    const one = value[name];
    if (typeof inner === 'object') assertShape(one, inner as object, `${where}.${name}`);
    else if (typeof one !== 'number' || !(one > 0)) throw new TypeError(`${where}.${name} is not a number above 0`);
  }
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
