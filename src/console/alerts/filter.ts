import { ALERT_KINDS } from '../../protocol/index.js';

const VERDICTS = ['MET', 'NOT_MET', 'UNDETERMINED'] as const;

/** How a list of alerts is narrowed. All of it stands in the address, and none of it is about a person. */
export interface ListChoice {
  readonly kinds: readonly string[];
  readonly origin: readonly string[];
  readonly exploitation: readonly string[];
  readonly sender: string;
  /** Laws by which each alert is judged in the list. */
  readonly under: readonly string[];
  /** The verdict under the first of these laws; empty for any. */
  readonly verdict: string;
  readonly oldestFirst: boolean;
}

/** `AlertFilter` of the SDL, as far as the list narrows. */
export interface AlertFilterInput {
  readonly kinds?: readonly string[];
  readonly origin?: readonly string[];
  readonly exploitation?: readonly string[];
  readonly senders?: readonly string[];
  readonly verdict?: { readonly under: string; readonly anyOf: readonly string[] };
}

/** Reads a choice from the query of an address; what is not understood is left out. */
export function readChoice(search: URLSearchParams, ownLaw: string | null): ListChoice {
  const listed = (name: string, fits: (text: string) => boolean): readonly string[] =>
    (search.get(name) ?? '').split(',').filter(fits);
  const isCountry = (text: string): boolean => /^[A-Z]{2}$/.test(text);
  const under = listed('under', (text) => /^[A-Z]{2,3}$/.test(text));
  const sender = search.get('sender') ?? '';
  return {
    kinds: listed('kind', (text) => ALERT_KINDS.some((kind) => kind === text)),
    origin: listed('origin', isCountry),
    exploitation: listed('exploitation', isCountry),
    sender: /^[a-z]{2}-[a-z0-9-]{1,38}$/.test(sender) ? sender : '',
    under: search.has('under') || ownLaw === null ? under : [ownLaw],
    verdict: VERDICTS.find((verdict) => verdict === search.get('verdict')) ?? '',
    oldestFirst: search.get('order') === 'oldest',
  };
}

/** The query of the address of a choice. */
export function writeChoice(choice: ListChoice): URLSearchParams {
  const search = new URLSearchParams();
  const put = (name: string, texts: readonly string[]): void => {
    if (texts.length > 0) search.set(name, texts.join(','));
  };
  put('kind', choice.kinds);
  put('origin', choice.origin);
  put('exploitation', choice.exploitation);
  if (choice.sender !== '') search.set('sender', choice.sender);
  search.set('under', choice.under.join(','));
  if (choice.verdict !== '') search.set('verdict', choice.verdict);
  if (choice.oldestFirst) search.set('order', 'oldest');
  return search;
}

/** The filter as the hub takes it; null when nothing is narrowed. */
export function filterOf({ kinds, origin, exploitation, sender, under, verdict }: ListChoice): AlertFilterInput | null {
  const [law] = under;
  const filter: AlertFilterInput = {
    ...(kinds.length > 0 ? { kinds: kinds.map((kind) => kind.toUpperCase()) } : {}),
    ...(origin.length > 0 ? { origin } : {}),
    ...(exploitation.length > 0 ? { exploitation } : {}),
    ...(sender === '' ? {} : { senders: [sender] }),
    ...(verdict === '' || law === undefined ? {} : { verdict: { under: law, anyOf: [verdict] } }),
  };
  return Object.keys(filter).length === 0 ? null : filter;
}
