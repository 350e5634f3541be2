import type { Transaction } from '../../database/index.js';
import { CORE_DIMENSIONS, type CoreDimension, type CountedClass, FACETS } from '../disclosure/counted-class.js';
import { groupsBy } from '../disclosure/groups.js';
import type { CorePiece, FacetPiece } from '../disclosure/piece.js';
import { CORE_RUNGS } from '../disclosure/plan.js';
import { areEnough, safePart } from '../disclosure/safe-to-show.js';
import { slice } from '../disclosure/slice.js';
import {
  type KeptCore,
  note,
  type Register,
  type RegisteredAlert,
  countedIn,
  unpublishedIn,
} from './later-registers.js';
import { addPieces, addRelease } from './release-writing.js';
import type { Population } from './waiting-alerts.js';

type RegisteredClass = CountedClass & { readonly ids: readonly string[]; readonly fresh: boolean };
type Piece = CorePiece<RegisteredClass> | FacetPiece<RegisteredClass>;

/** What the counted alert itself does not show is a value here, for nothing finer may be shown of what became of it. */
const WITHHELD = '\u0000';

/**
 * Publishes what came to be known of counted alerts, in pieces as large as those that count them. Nothing while those that are new are not enough to hide each other; and no piece that
 * would leave few of the alerts to which it does not apply. How many alerts came to be in the register.
 */
export async function releaseRegister(
  transaction: Transaction,
  register: Register,
  threshold: number,
): Promise<number> {
  const known = await unpublishedIn(transaction, register);
  let published = 0;
  for (const alerts of groupsBy(known, ({ audience_id, about, publishable }) => [audience_id, about, publishable])) {
    const [population] = alerts;
    if (population) published += await releaseOf(transaction, register, population, alerts, threshold);
  }
  return published;
}

async function releaseOf(
  transaction: Transaction,
  register: Register,
  { audience_id, about, publishable }: Population,
  alerts: readonly RegisteredAlert[],
  threshold: number,
): Promise<number> {
  const population: Population = { audience_id, about, publishable };
  const known = classesOf(alerts);
  const { shown: fresh } = safePart(
    known.filter((one) => one.fresh),
    threshold,
  );
  if (fresh.length === 0) return 0;
  const classes = [...known.filter((one) => !one.fresh), ...fresh];
  const pieces = await piecesToPublish(transaction, register, population, classes, threshold);
  if (pieces.length > 0) {
    const rows = pieces.map((piece) => ({ ...population, ...piece, key: shownKey(piece), register }));
    await addPieces(transaction, await addRelease(transaction, threshold), rows);
  }
  const counted = pieces.flatMap((piece) => ('facet' in piece ? [] : piece.classes.flatMap(({ ids }) => ids)));
  await note(
    transaction,
    register,
    classes.flatMap(({ ids }) => ids),
    false,
  );
  await note(transaction, register, counted, true);
  return counted.length;
}

/** The pieces after which what is left of every region is nothing or enough: of the alerts that are not in the register, too, few would be known. */
async function piecesToPublish(
  transaction: Transaction,
  register: Register,
  population: Population,
  all: readonly RegisteredClass[],
  threshold: number,
): Promise<readonly Piece[]> {
  const counted = (await countedIn(transaction, population, register)).map((one) => ({
    core: coreOf(one),
    sender: one.sender,
    left: one.alerts - one.registered,
  }));
  for (let classes = all; classes.length > 0;) {
    const { core, facets } = slice(classes, register === 'recurred' ? ['recurrence'] : [], threshold);
    const leaving = new Set<RegisteredClass>();
    for (const piece of core)
      if (regionsOf(piece).some((region) => !leavesEnough(region, core, counted, threshold)))
        for (const one of piece.classes) leaving.add(one);
    if (leaving.size === 0) return [...core, ...facets];
    classes = classes.filter((one) => !leaving.has(one));
  }
  return [];
}

/** What of the core a piece lies in, as tables may show it. */
function regionsOf({ key }: Piece): CorePiece['key'][] {
  const inKey = new Set(Object.keys(key));
  return [Object.keys(key) as CoreDimension[], ...CORE_RUNGS]
    .filter((dimensions) => dimensions.every((dimension) => inKey.has(dimension)))
    .map((dimensions) => Object.fromEntries(dimensions.map((dimension) => [dimension, key[dimension]])));
}

/** Whether the alerts of a region that would not be in the register are none or hide each other, by sender. */
function leavesEnough(
  region: CorePiece['key'],
  pieces: readonly CorePiece<RegisteredClass>[],
  counted: readonly { readonly core: CountedClass['core']; readonly sender: string; readonly left: number }[],
  threshold: number,
): boolean {
  const left = new Map<string, number>();
  const add = (sender: string, alerts: number) => left.set(sender, (left.get(sender) ?? 0) + alerts);
  for (const one of counted) if (isIn(one.core, region)) add(one.sender, one.left);
  for (const piece of pieces)
    if (isIn(piece.key, region)) for (const { sender, alerts } of piece.classes) add(sender, -alerts);
  const remaining = new Map([...left].filter(([, alerts]) => alerts > 0));
  return remaining.size === 0 || areEnough(remaining, threshold);
}

function isIn(key: CorePiece['key'], region: CorePiece['key']): boolean {
  return CORE_DIMENSIONS.every((dimension) => region[dimension] === undefined || key[dimension] === region[dimension]);
}

/** The core of what is kept, with a value for what is withheld. */
function coreOf(kept: KeptCore): CountedClass['core'] {
  const core: Readonly<Record<CoreDimension, string | null>> = { ...kept, 'age-band': kept.age_band };
  return filled(CORE_DIMENSIONS, (dimension) => core[dimension] ?? WITHHELD);
}

/** Alerts that are alike. A person of several counts in one class alone. */
function classesOf(alerts: readonly RegisteredAlert[]): RegisteredClass[] {
  const seen = new Set<string>();
  return groupsBy(alerts, (one) => ({ ...one, id: '', person: '' })).flatMap((alike) => {
    const [one] = alike;
    if (!one) return [];
    const persons = new Set(alike.map(({ person }) => person).filter((person) => !seen.has(person)));
    for (const person of persons) seen.add(person);
    return [
      {
        sender: one.sender,
        core: coreOf(one),
        facets: { ...filled(FACETS, () => ['']), recurrence: [one.recurrence] },
        legalCase: '',
        ids: alike.map(({ id }) => id),
        fresh: one.fresh,
        alerts: alike.length,
        persons: persons.size,
      },
    ];
  });
}

function shownKey({ key }: Piece): CorePiece['key'] {
  return Object.fromEntries(Object.entries(key).filter(([, value]) => value !== WITHHELD));
}

function filled<K extends string, V>(keys: readonly K[], valueOf: (key: K) => V): Record<K, V> {
  return Object.fromEntries(keys.map((key) => [key, valueOf(key)])) as Record<K, V>; // parsing: all the keys are there
}
