import type { Transaction } from '../../database/index.js';
import { CORE_DIMENSIONS, type CoreDimension, type CountedClass, FACETS } from '../disclosure/counted-class.js';
import { groupsBy } from '../disclosure/groups.js';
import { alertsIn, type CorePiece, type FacetPiece } from '../disclosure/piece.js';
import { safePart } from '../disclosure/safe-to-show.js';
import { slice } from '../disclosure/slice.js';
import {
  type KeptCore,
  note,
  type Register,
  type RegisteredAlert,
  shownWith,
  unpublishedIn,
} from './later-registers.js';
import { addPieces, addRelease } from './release-writing.js';
import type { Population } from './waiting-alerts.js';

type RegisteredClass = CountedClass & { readonly ids: readonly string[] };
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
  for (const alerts of groupsBy(known, ({ audience_id, about }) => [audience_id, about])) {
    const [population] = alerts;
    if (population) published += await releaseOf(transaction, register, population, alerts, threshold);
  }
  return published;
}

async function releaseOf(
  transaction: Transaction,
  register: Register,
  { audience_id, about }: Population,
  alerts: readonly RegisteredAlert[],
  threshold: number,
): Promise<number> {
  const population: Population = { audience_id, about };
  const { shown: fresh } = safePart(classesOf(alerts.filter((one) => one.fresh)), threshold);
  if (fresh.length === 0) return 0;
  const classes = [...classesOf(alerts.filter((one) => !one.fresh)), ...fresh];
  const pieces = await publishable(transaction, register, population, classes, threshold);
  if (pieces.length > 0) {
    const rows = pieces.map((piece) => ({ ...population, ...piece, key: shownKey(piece), register, caseIds: [] }));
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

/** The pieces after which what is left of each region is nothing or enough: of the alerts that are not in the register, too, few would be known. */
async function publishable(
  transaction: Transaction,
  register: Register,
  population: Population,
  all: readonly RegisteredClass[],
  threshold: number,
): Promise<readonly Piece[]> {
  for (let classes = all; classes.length > 0;) {
    const { core, facets } = slice(classes, register === 'recurred' ? ['recurrence'] : [], threshold);
    const leaving = new Set<RegisteredClass>();
    for (const piece of core) {
      const there = await shownWith(transaction, population, columnsOf(shownKey(piece)), register);
      const left = there.counted - there.registered - alertsIn(piece.classes);
      if (left !== 0 && left < threshold) for (const one of piece.classes) leaving.add(one);
    }
    if (leaving.size === 0) return [...core, ...facets];
    classes = classes.filter((one) => !leaving.has(one));
  }
  return [];
}

function classesOf(alerts: readonly RegisteredAlert[]): RegisteredClass[] {
  return groupsBy(alerts, (one) => ({ ...one, id: '', fresh: false })).flatMap((alike) => {
    const [one] = alike;
    if (!one) return [];
    const core: Readonly<Record<CoreDimension, string | null>> = { ...one, 'age-band': one.age_band };
    return [
      {
        sender: one.sender,
        core: filled(CORE_DIMENSIONS, (dimension) => core[dimension] ?? WITHHELD),
        facets: { ...filled(FACETS, () => ['']), recurrence: [one.recurrence] },
        legalCase: '',
        ids: alike.map(({ id }) => id),
        alerts: alike.length,
        persons: alike.length,
      },
    ];
  });
}

function shownKey({ key }: Piece): CorePiece['key'] {
  return Object.fromEntries(Object.entries(key).filter(([, value]) => value !== WITHHELD));
}

function columnsOf(key: CorePiece['key']): Partial<KeptCore> {
  const { 'age-band': age_band, ...columns } = key;
  return age_band === undefined ? columns : { ...columns, age_band };
}

function filled<K extends string, V>(keys: readonly K[], valueOf: (key: K) => V): Record<K, V> {
  return Object.fromEntries(keys.map((key) => [key, valueOf(key)])) as Record<K, V>; // parsing: all the keys are there
}
