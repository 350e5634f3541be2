import fc from 'fast-check';
import { type AlertKind, type MemberKind, type MemberState, type Purpose, PURPOSES } from '../../src/protocol/index.js';

/** A member of a drawn world. */
export interface DrawnMember {
  readonly code: string;
  readonly country: string;
  readonly kind: MemberKind;
  readonly mandate: readonly Purpose[];
  readonly state: MemberState;
}

/** What the sender of a drawn alert says of the legal elements. */
export interface DrawnFacts {
  readonly present: readonly string[];
  readonly absent: readonly string[];
  readonly oneOf: readonly (readonly string[])[];
}

/** An alert of a drawn world; `sender` and the members addressed are codes. */
export interface DrawnAlert {
  /** A UUID. */
  readonly id: string;
  /** How many places of the log later than the alert before it: statements of others lie between. */
  readonly gap: number;
  readonly sender: string;
  readonly state: 'active' | 'withdrawn' | 'expired';
  readonly past: boolean;
  readonly kind: AlertKind;
  readonly purposes: readonly Purpose[];
  readonly everyone: boolean;
  readonly members: readonly string[];
  readonly countries: readonly string[] | null;
  readonly kinds: readonly MemberKind[] | null;
  readonly facts: DrawnFacts;
  readonly origin: readonly string[];
  readonly transit: readonly string[];
  readonly exploitation: readonly string[];
  readonly ageBand: string | null;
  readonly identification: string | null;
  /** RFC 3339; alerts accepted one after the other may bear the same instant, or an earlier one. */
  readonly receivedAt: string;
  /** As precise as it was drawn. */
  readonly start: string | null;
}

/** Members and the alerts among them, in the order of acceptance. */
export interface World {
  readonly members: readonly DrawnMember[];
  readonly alerts: readonly DrawnAlert[];
}

export const CODES = ['aa-one', 'bb-two', 'cc-three', 'dd-four', 'ee-five'] as const;
export const COUNTRIES = ['AL', 'NL', 'RO'] as const;
export const KINDS: readonly AlertKind[] = ['case', 'returnee', 'pattern', 'retrafficking'];
export const AGE_BANDS = ['9-17', '18-20', '24-26', '48-plus', 'minor', 'adult'].map(
  (band) => `person-age-band/${band}`,
);
export const IDENTIFICATIONS = ['possible', 'presumed', 'identified'].map((status) => `identification/${status}`);
/** Two of them a millisecond apart. */
export const INSTANTS = ['2026-10-31T23:59:59.999Z', '2026-11-01T00:00:00.000Z', '2026-11-12T09:30:00.000Z'] as const;
export const STARTS = ['2024', '2024-12', '2024-12-31', '2025', '2025-01', '2025-01-01'] as const;

const MEMBER_KINDS: readonly MemberKind[] = ['ngo', 'liaison', 'rapporteur'];

const MEANS = [
  'threat',
  'force',
  'coercion',
  'abduction',
  'fraud',
  'deception',
  'abuse-of-power',
  'abuse-of-vulnerability',
]
  .concat('payment-to-controller', 'payment-or-promise', 'blackmail-or-extortion', 'other-improper-means')
  .map((means) => `means/${means}`);

/** Cases on which laws part: without means, with means ruled out, by narrower concepts, by implied ones, and by one of several. */
export const CASES: readonly DrawnFacts[] = [
  { present: ['act/recruitment', 'means/deception', 'purpose/sexual-exploitation'], absent: [], oneOf: [] },
  { present: ['act/transport', 'purpose/prostitution'], absent: [], oneOf: [] },
  { present: ['act/recruitment', 'purpose/forced-labour'], absent: MEANS, oneOf: [] },
  { present: ['act/purchase-or-sale', 'means/threat', 'purpose/debt-bondage'], absent: ['means/force'], oneOf: [] },
  { present: ['act/entry-to-or-exit-from-state', 'purpose/begging'], absent: ['means/coercion'], oneOf: [] },
  {
    present: ['purpose/pornography'],
    absent: ['act/recruitment'],
    oneOf: [
      ['act/recruitment', 'act/harbouring', 'act/receipt'],
      ['means/force', 'means/threat'],
    ],
  },
  { present: [], absent: ['purpose/sexual-exploitation'], oneOf: [] },
];

const some = <T>(values: readonly T[]) => fc.subarray([...values], { minLength: 1 });
const few = <T>(values: readonly T[]) => fc.subarray([...values], { maxLength: 2 });
const seldom = fc.integer({ min: 0, max: 5 }).map((one) => one === 0);
const drawnOf = <T>(values: readonly T[]) => fc.constantFrom(...values);

export const members = fc.tuple(
  ...CODES.map((code) =>
    fc.record({
      code: fc.constant(code),
      country: drawnOf(COUNTRIES),
      kind: drawnOf(MEMBER_KINDS),
      mandate: some(PURPOSES),
      state: fc.constantFrom<MemberState>('active', 'active', 'active', 'pending', 'suspended', 'left'),
    }),
  ),
);

/** An alert that has no place in a world yet. */
const alert: fc.Arbitrary<Omit<DrawnAlert, 'id'>> = fc
  .record({
    gap: fc.constantFrom(1, 1, 1, 1, 1_000, 2_000), // as far as a page looks at first, and half as far
    sender: drawnOf(CODES),
    state: fc.constantFrom<DrawnAlert['state']>(
      'active',
      'active',
      'active',
      'active',
      'active',
      'withdrawn',
      'expired',
    ),
    past: seldom,
    kind: drawnOf(KINDS),
    purposes: some(PURPOSES),
    everyone: fc.integer({ min: 0, max: 2 }).map((one) => one === 0),
    members: few(CODES),
    countries: fc.option(some(COUNTRIES)),
    kinds: fc.option(some(MEMBER_KINDS)),
    facts: drawnOf(CASES),
    origin: few(COUNTRIES),
    transit: few(COUNTRIES),
    exploitation: few(COUNTRIES),
    ageBand: fc.option(drawnOf(AGE_BANDS), { freq: 4 }),
    identification: fc.option(drawnOf(IDENTIFICATIONS), { freq: 2 }),
    receivedAt: drawnOf(INSTANTS),
    start: fc.option(drawnOf(STARTS), { freq: 4 }),
  })
  .map((drawn) => (drawn.kind === 'pattern' ? { ...drawn, ageBand: null } : drawn)); // a pattern is about no person

/** As many as a drawn world of its own holds at most. */
export const MOST_ALERTS = 14;

/** Alerts in the order of acceptance, numbered from `first`. */
export function alertsFrom(first: number, most: number): fc.Arbitrary<readonly DrawnAlert[]> {
  return fc
    .array(alert, { maxLength: most, size: 'max' })
    .map((drawn) => drawn.map((one, place) => ({ ...one, id: idAt(first + place) })));
}

/** Worlds of five members and the alerts among them. */
export const worlds: fc.Arbitrary<World> = fc.record({ members, alerts: alertsFrom(0, MOST_ALERTS) });

/** The id of the alert of this number: a UUID. */
export function idAt(number: number): string {
  return `00000000-0000-8000-8000-${String(number).padStart(12, '0')}`;
}
