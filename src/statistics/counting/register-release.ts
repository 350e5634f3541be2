import type { Transaction } from '../../database/index.js';
import { CORE_DIMENSIONS, type CoreDimension, type CountedClass, FACETS } from '../disclosure/counted-class.js';
import { groupsBy } from '../disclosure/groups.js';
import type { CorePiece, FacetPiece } from '../disclosure/piece.js';
import { safePart } from '../disclosure/safe-to-show.js';
import type { CountedOfSender } from '../disclosure/slice-of-counted.js';
import type { Slicer } from '../slicing/slicer.js';
import {
  type CountedBefore,
  type KeptCore,
  note,
  type Register,
  type RegisteredAlert,
  countedIn,
  erasedIn,
  unpublishedIn,
} from './later-registers.js';
import { addPieces, addRelease, type ReleaseTerms } from './release-writing.js';
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
  slicer: Slicer,
  register: Register,
  terms: ReleaseTerms,
): Promise<number> {
  const known = await unpublishedIn(transaction, register);
  let published = 0;
  for (const alerts of groupsBy(known, ({ audience_id, about, publishable }) => [audience_id, about, publishable])) {
    const [population] = alerts;
    if (population) published += await releaseOf(transaction, slicer, register, population, alerts, terms);
  }
  return published;
}

async function releaseOf(
  transaction: Transaction,
  slicer: Slicer,
  register: Register,
  { audience_id, about, publishable }: Population,
  alerts: readonly RegisteredAlert[],
  terms: ReleaseTerms,
): Promise<number> {
  const { threshold } = terms;
  const population: Population = { audience_id, about, publishable };
  const known = classesOf(alerts);
  const { shown: fresh } = safePart(
    known.filter((one) => one.fresh),
    threshold,
  );
  if (fresh.length === 0) return 0;
  const classes = [...known.filter((one) => !one.fresh), ...fresh];
  const { core, facets } = await slicer.sliceOfCounted(
    classes,
    register === 'recurred' ? ['recurrence'] : [],
    [
      ...(await countedIn(transaction, population, register)).map(countedOfSender),
      ...(await erasedIn(transaction, population)).map((one) => ({
        core: coreOf(one),
        sender: null,
        left: one.alerts,
      })),
    ],
    threshold,
  );
  const pieces: Piece[] = [...core, ...facets];
  if (pieces.length > 0) {
    const rows = pieces.map((piece) => ({ ...population, ...piece, key: shownKey(piece), register }));
    await addPieces(transaction, await addRelease(transaction, register, population, terms), rows);
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

function countedOfSender(one: CountedBefore): CountedOfSender {
  return { core: coreOf(one), sender: one.sender, left: one.alerts - one.registered };
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
