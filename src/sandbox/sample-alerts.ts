import type { AlertContent, Purpose } from '../protocol/index.js';
import type { SandboxOrganisation } from './organisations.js';
import { type Dice } from './random.js';

const DAY_MS = 24 * 3600 * 1000;

/** Rounded shares of our own making, of the order that published aggregates show; they describe nobody. */
const SHARES = {
  age: { '9-17': 22, '18-20': 14, '21-23': 13, '24-26': 11, '27-29': 8, '30-38': 18, '39-47': 8, unknown: 6 },
  gender: { woman: 70, man: 28, unknown: 2 },
  form: {
    'sexual-exploitation': 48,
    'forced-labour': 32,
    servitude: 5,
    begging: 6,
    'criminal-activity': 6,
    'forced-marriage': 3,
  },
  year: { '2021': 10, '2022': 14, '2023': 18, '2024': 22, '2025': 24, '2026': 12 },
  origin: { AL: 20, RO: 26, BG: 22, MD: 14, NG: 18 },
  destination: { NL: 26, BE: 16, DE: 24, GB: 20, IT: 8, RO: 6 },
} as const;

const ACTS = [
  'act/recruitment',
  'act/transport',
  'act/transfer',
  'act/harbouring',
  'act/receipt',
  'act/arranging-travel',
];
const MEANS = [
  'means/deception',
  'means/threat',
  'means/force',
  'means/abuse-of-vulnerability',
  'means/debt-bondage',
  'means/coercion',
  'means/fraud',
];

/** What an assessment excludes that looked for means and found none. */
const ALL_MEANS = [
  ...[...MEANS, 'means/abduction', 'means/abuse-of-power', 'means/payment-to-controller', 'means/payment-or-promise'],
  ...[
    'means/exploitation-of-mistake',
    'means/family-or-authority-perpetrator',
    'means/helplessness-in-foreign-country',
  ],
  ...['means/blackmail-or-extortion', 'means/document-retention', 'means/intimidation', 'means/other-improper-means'],
];

/** Content for one sample alert of an organisation. `variants` are the offences of its own law. The same dice give the same content. */
export function sampleContent(
  dice: Dice,
  sender: SandboxOrganisation,
  variants: readonly { id: string; version: number }[],
  now: Date,
): AlertContent {
  const kind = dice.chance(0.06)
    ? 'pattern'
    : sender.kind === 'ngo' && sender.country !== 'GB' && dice.chance(0.7)
      ? 'returnee'
      : 'case';
  const isOrigin = sender.country in SHARES.origin;
  const origin = isOrigin ? sender.country : dice.pick(SHARES.origin);
  const destination = isOrigin ? dice.pick(SHARES.destination) : sender.country;
  const age = dice.pick(SHARES.age);
  const noMeansFound = dice.chance(0.12);
  const code = sender.kind === 'ngo' ? [] : dice.some(variants, 1);
  return {
    kind,
    ...(kind === 'pattern'
      ? {}
      : {
          person: {
            ...(age === 'unknown' ? {} : { ageBand: `person-age-band/${age}` }),
            gender: `person-gender/${dice.pick(SHARES.gender)}`,
            citizenships: [origin],
          },
          identification: {
            status: dice.chance(0.6) ? 'identification/presumed' : 'identification/identified',
            decidedBy: sender.kind === 'ngo' ? 'ngo' : 'police',
          },
        }),
    ...(kind === 'returnee'
      ? { return: { manner: 'return/assisted-voluntary', from: destination, on: dice.pick(SHARES.year) } }
      : {}),
    episode: { origin: [origin], exploitation: [destination], start: dice.pick(SHARES.year) },
    facts: {
      present: [
        `purpose/${dice.pick(SHARES.form)}`,
        ...dice.some(ACTS, 3),
        ...(noMeansFound ? [] : dice.some(MEANS, 3)),
      ],
      absent: noMeansFound ? ALL_MEANS : dice.chance(0.1) ? ['purpose/organ-removal'] : [],
    },
    nationalCodes: code.map(({ id, version }) => ({ variant: id, version })),
    legalBasis:
      sender.kind === 'ngo' ? { ground: 'consent', consentScope: ['alert', 'statistics'] } : { ground: 'public-task' },
    handling: {
      purposes: purposesOf(sender),
      audience: dice.chance(0.8) ? { everyone: true } : { countries: [...new Set([origin, destination, 'NL'])] },
      code: dice.chance(0.7) ? 'H0' : 'H1',
    },
    evaluation: { source: dice.pick({ A: 3, B: 5, X: 2 }), information: dice.chance(0.5) ? 2 : 3 },
    expires: new Date(now.getTime() + 365 * DAY_MS).toISOString().slice(0, 10),
  };
}

/** The purpose the sender acts for first, then what it shares for besides. */
export function purposesOf({ mandate }: SandboxOrganisation): Purpose[] {
  return [...new Set<Purpose>([actingPurpose(mandate), 'monitoring'])];
}

/** The purpose with which an organisation raises alerts. */
export function actingPurpose(mandate: readonly Purpose[]): Purpose {
  return mandate.includes('protection') ? 'protection' : (mandate[0] ?? 'protection');
}
