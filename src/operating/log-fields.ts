import { whereabouts } from '../graphql/index.js';

/** Whether a value is of the kind that a field of the log holds. */
type Kind = (value: unknown) => boolean;

const written =
  (form: RegExp): Kind =>
  (value) =>
    typeof value === 'string' && form.test(value);
const oneOf =
  (...values: readonly string[]): Kind =>
  (value) =>
    typeof value === 'string' && values.includes(value);

const FRAME = /^[a-z0-9][a-z0-9./-]{0,120}\.[cm]?[jt]s:\d{1,6}:\d{1,6}$/;

/** What the hub says of itself. */
export const LOG_EVENTS = [
  'REQUEST',
  'DRAINING',
  'DRAINED',
  'CUT_OFF',
  'UNCAUGHT',
  'CONNECTION_LOST',
  'CLOSED',
  'RESUMED',
  'REJUDGING',
] as const;

/** The paths that a request can have; all others are one. */
export const ROUTES = [
  '/graphql',
  '/graphql/stream',
  '/oauth/token',
  '/oauth/jwks',
  '/ontology',
  '/publications',
  '/delivery/poll',
  '/health/live',
  '/health/ready',
] as const;
export const OTHER_ROUTE = 'other';

export const METHODS = ['GET', 'HEAD', 'POST', 'OPTIONS', 'PUT', 'PATCH', 'DELETE'] as const;
export const OTHER_METHOD = 'other';

/** Sentences of the hub's own that hold nothing from outside. Any other text is withheld: a message of a library or of the database quotes values. */
const SENTENCES = [
  'something to match could not be worked off; it stays and is tried again',
  'Nest application successfully started',
] as const;

/** Every field that a line of the log may have, and what it may hold. What is not here is dropped. */
const FIELDS: Readonly<Record<string, Kind>> = {
  event: oneOf(...LOG_EVENTS),
  text: oneOf(...SENTENCES),
  context: written(/^[A-Za-z]{1,40}$/),
  correlationId: written(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
  method: oneOf(...METHODS, OTHER_METHOD),
  route: oneOf(...ROUTES, OTHER_ROUTE),
  status: (value) => Number.isInteger(value) && Number(value) >= 100 && Number(value) <= 599,
  milliseconds: (value) => Number.isFinite(value) && Number(value) >= 0,
  count: (value) => Number.isInteger(value) && Number(value) >= 0,
  left: (value) => Number.isInteger(value) && Number(value) >= 0,
  error: written(/^[A-Za-z]{1,40}$/),
  code: written(/^([A-Z][A-Z0-9_]{2,39}|[0-9A-Z]{5})$/),
  frames: (value) => Array.isArray(value) && value.every(written(FRAME)),
  signal: oneOf('SIGINT', 'SIGTERM'),
};

/** The fields of a line: of what is given, what is allowed. Text that is none of the hub's own sentences leaves the mark that it was withheld. */
export function fieldsOf(given: unknown): Readonly<Record<string, unknown>> {
  if (given instanceof Error) return fieldsOf(whereabouts(given));
  if (typeof given === 'string') return FIELDS['text']?.(given) ? { text: given } : { withheld: 1 };
  if (typeof given !== 'object' || given === null) return {};
  const allowed = Object.entries(given).filter(([name, value]) => Object.hasOwn(FIELDS, name) && FIELDS[name]?.(value));
  const withheld = Object.values(given).filter((value) => value !== null).length - allowed.length;
  return { ...Object.fromEntries(allowed), ...(withheld > 0 ? { withheld } : {}) };
}
