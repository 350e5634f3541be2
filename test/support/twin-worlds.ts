import fc from 'fast-check';
import { type Purpose, PURPOSES } from '../../src/protocol/index.js';
import { mayRead } from './reading-rule.js';
import { alertsFrom, CODES, type DrawnAlert, type DrawnMember, members, type World } from './worlds.js';

/** The member that asks both worlds the same. */
export const ASKER = 'aa-one';
/** The member that both worlds still have to admit. */
export const NEWCOMER = 'ee-five';

/** That somebody read alerts of `owner`. */
export interface DrawnRead {
  readonly owner: string;
  readonly reader: string;
  readonly officer: string;
  readonly purpose: Purpose;
  readonly operation: 'alerts' | 'alert' | 'inbox';
  readonly alerts: readonly string[];
}

/** A world with what the asker may not see of it beside the alerts. */
export interface TwinWorld extends World {
  /** In the order in which they were made. */
  readonly reads: readonly DrawnRead[];
  /** Codes of officers of other members than the asker. */
  readonly foreignOfficers: readonly { readonly member: string; readonly officer: string }[];
}

/** Two worlds that differ only in what the asker may not see for one purpose. */
export interface Twins {
  readonly first: TwinWorld;
  readonly second: TwinWorld;
  /** What both hold for the asker, in the order of acceptance. */
  readonly shown: readonly DrawnAlert[];
  /** Ids of alerts that are there in one world only, and not for the asker; null where there is none. */
  readonly hidden: { readonly first: string | null; readonly second: string | null };
}

/** What twins are made of, before it is known for which purpose they shall look alike. */
export interface DrawnTwins {
  readonly world: World;
  readonly others: readonly DrawnAlert[];
  readonly kept: readonly boolean[];
  readonly places: readonly number[];
  /** Of the asker's alerts in both worlds or in neither, of others' in either. */
  readonly reads: readonly (DrawnRead & { readonly of: readonly number[]; readonly in: 'both' | 'first' | 'second' })[];
  readonly officers: readonly [TwinWorld['foreignOfficers'], TwinWorld['foreignOfficers']];
}

/** As many alerts as one of two worlds was drawn with at most. */
const MOST = 24;

const OTHERS = CODES.filter((code) => code !== ASKER);
const officers = fc.uniqueArray(
  fc.record({ member: fc.constantFrom(...OTHERS), officer: fc.constantFrom('desk', 'night-desk', 'liaison-7') }),
  { selector: ({ member, officer }) => `${member}/${officer}` },
);

export const drawnTwins: fc.Arbitrary<DrawnTwins> = fc.record({
  world: fc.record({ members, alerts: alertsFrom(0, MOST) }),
  others: alertsFrom(100, MOST),
  kept: fc.array(fc.boolean(), { minLength: MOST, maxLength: MOST }),
  places: fc.array(fc.nat(MOST), { minLength: 2 * MOST, maxLength: 2 * MOST }),
  reads: fc.array(
    fc.record({
      owner: fc.constantFrom(ASKER, ASKER, ...OTHERS),
      reader: fc.constantFrom(...CODES),
      officer: fc.constantFrom('desk', 'night-desk'),
      purpose: fc.constantFrom(...PURPOSES),
      operation: fc.constantFrom('alerts', 'alert', 'inbox'),
      alerts: fc.constant([]),
      of: fc.array(fc.nat(MOST), { maxLength: 3 }),
      in: fc.constantFrom('both', 'first', 'second'),
    }),
    { maxLength: 16, size: 'max' },
  ),
  officers: fc.tuple(officers, officers),
});

/** Makes two worlds of what was drawn: the second has what the asker sees in the first, and between it other things, or the same in another order. */
export function twinsFor(drawn: DrawnTwins, purpose: Purpose): Twins {
  const standing = drawn.world.members.map(asTheyStand);
  const asker = standing.find(({ code }) => code === ASKER);
  if (!asker) throw new Error('the asker is no member');
  const sees = (alert: DrawnAlert) => mayRead(asker, purpose, alert);
  const { alerts } = drawn.world;
  const shown = alerts.filter(sees);
  const gone = alerts.filter((alert) => !sees(alert));
  const kept = gone.filter((_, place) => drawn.kept[place] ?? false);
  const others = drawn.others.filter((alert) => !sees(alert));
  const own = shown.flatMap(({ id, sender }) => (sender === ASKER ? [id] : []));
  const world = (which: 'first' | 'second', held: readonly DrawnAlert[]): TwinWorld => ({
    members: standing,
    alerts: held,
    reads: drawn.reads
      .filter((read) => (read.owner === ASKER ? read.in !== 'second' : read.in === which || read.in === 'both'))
      .map((read) => ({ ...read, alerts: readOf(read, read.owner === ASKER ? own : held.map(({ id }) => id)) })),
    foreignOfficers: drawn.officers[which === 'first' ? 0 : 1],
  });
  return {
    first: world('first', alerts),
    second: world('second', interleaved(shown, [...kept.toReversed(), ...others], drawn.places)),
    shown,
    hidden: { first: gone.find((alert) => !kept.includes(alert))?.id ?? null, second: others[0]?.id ?? null },
  };
}

/** The asker may act for every purpose, and somebody waits to be admitted. */
function asTheyStand(member: DrawnMember): DrawnMember {
  if (member.code === ASKER) return { ...member, state: 'active', mandate: PURPOSES };
  return member.code === NEWCOMER ? { ...member, state: 'pending' } : member;
}

/** The ones in their order, each other at its place between them. What lies between two that are seen is not seen either. */
function interleaved(
  shown: readonly DrawnAlert[],
  others: readonly DrawnAlert[],
  places: readonly number[],
): DrawnAlert[] {
  const keyed = [
    ...shown.map((alert, place) => ({ alert: { ...alert, gap: 1 }, key: place + 0.5 })),
    ...others.map((alert, at) => ({ alert, key: (places[at] ?? 0) % (shown.length + 1) })),
  ];
  return keyed.sort((a, b) => a.key - b.key).map(({ alert }) => alert);
}

/** The alerts of a read; none where there are none. */
function readOf({ of }: DrawnTwins['reads'][number], ids: readonly string[]): string[] {
  if (ids.length === 0) return [];
  return [...new Set(of.map((number) => ids[number % ids.length] ?? ''))];
}
