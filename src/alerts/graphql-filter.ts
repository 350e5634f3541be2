import { fromEnum } from '../membership/index.js';
import { ALERT_KINDS, Refusal } from '../protocol/index.js';
import type { Verdict } from '../protocol/definition/index.js';
import type { AlertFilter } from './alert-filter.js';

/** The SDL's `AlertFilter` as it arrives: enums in upper case, absent values null. */
export interface GraphqlAlertFilter {
  readonly kinds?: readonly string[] | null;
  readonly concepts?: readonly string[] | null;
  readonly origin?: readonly string[] | null;
  readonly transit?: readonly string[] | null;
  readonly exploitation?: readonly string[] | null;
  readonly receivedFrom?: string | null;
  readonly receivedBefore?: string | null;
  readonly startedFrom?: string | null;
  readonly startedBefore?: string | null;
  readonly ageBands?: readonly string[] | null;
  readonly identification?: readonly string[] | null;
  readonly senders?: readonly string[] | null;
  readonly verdict?: { readonly under: string; readonly anyOf: readonly Verdict[] } | null;
}

const MOST_VALUES = 100;

/** Reads a filter. Values are sorted, so that equal filters are equal text. Throws `Refusal` ARGUMENT_INVALID for too many values. */
export function readFilter(given: GraphqlAlertFilter | null | undefined): AlertFilter {
  const filter: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(given ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (value === null || value === undefined) continue;
    if (isList(value)) {
      if (value.length > MOST_VALUES)
        throw new Refusal('ARGUMENT_INVALID', 'A condition has too many values.', `Give at most ${MOST_VALUES}.`, [
          'filter',
          name,
        ]);
      filter[name] = [...new Set(name === 'kinds' ? value.map((kind) => fromEnum(ALERT_KINDS, kind)) : value)].sort();
    } else filter[name] = value;
  }
  return filter;
}

function isList(value: unknown): value is readonly string[] {
  return Array.isArray(value);
}
