import fc from 'fast-check';
import type { Decision, Step } from './accord-model.js';
import { ADMITTED, COUNTRIES, FOUNDERS, HERO } from './story-cast.js';

/** A step as it is drawn: what members decide together may be left to how its subject stands by then. */
export type DrawnStep =
  | Step
  | {
      readonly does: 'decide';
      readonly who: number;
      readonly about: number;
      readonly with: 'present key' | 'first key';
    };

const anybody = fc.nat(COUNTRIES.length - 1);
/** Those who may speak from the start, and one of whom there is most to say, are drawn more often, so that stories get somewhere. */
const voter = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...FOUNDERS, ...ADMITTED) },
  { weight: 1, arbitrary: anybody },
);
const subject = fc.oneof({ weight: 4, arbitrary: fc.constant(HERO) }, { weight: 2, arbitrary: anybody });
const withKey = fc.constantFrom(
  'present key' as const,
  'present key' as const,
  'present key' as const,
  'first key' as const,
);
const step: fc.Arbitrary<DrawnStep> = fc.oneof(
  {
    weight: 14,
    arbitrary: fc.record({ does: fc.constant('decide' as const), who: voter, about: subject, with: withKey }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constantFrom<Decision>('countersign', 'suspend', 'reinstate'),
      who: voter,
      about: anybody,
      with: withKey,
    }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('join' as const), who: anybody }) },
  { weight: 4, arbitrary: fc.record({ does: fc.constant('leave' as const), who: voter }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('rotateKey' as const), who: voter }) },
  {
    weight: 1,
    arbitrary: fc.record({ does: fc.constant('countersign another join' as const), who: voter, about: subject }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('send again' as const), back: fc.nat(5) }) },
);

/** What members say, one after another. */
export const steps = fc.array(step, { minLength: 10, maxLength: 15, size: 'max' });

/** How the hero stands when a story begins. */
export const beginning = fc.constantFrom('pending' as const, 'active' as const, 'suspended' as const);
