/** What happened, as the inbox is narrowed by it: each choice stands for events of the SDL. */
export const HAPPENINGS = {
  alerts: ['ALERT_RAISED', 'ALERT_UPDATED', 'ALERT_WITHDRAWN'],
  links: ['COMPARISON_OPENED', 'COMPARISON_MESSAGE', 'LINK_CONFIRMED', 'LINK_REJECTED', 'LINK_WITHDRAWN'],
  erasures: ['SUBJECT_ERASED'],
} as const;

export type Happening = keyof typeof HAPPENINGS;

/** How the inbox is narrowed; it stands in the address. */
export interface InboxChoice {
  readonly unreadOnly: boolean;
  readonly happenings: readonly Happening[];
}

/** Every choice there is, in its order. */
export const HAPPENING_NAMES: readonly Happening[] = ['alerts', 'links', 'erasures'];

export function readChoice(search: URLSearchParams): InboxChoice {
  const named = (search.get('what') ?? '').split(',');
  return {
    unreadOnly: search.get('unread') === 'only',
    happenings: HAPPENING_NAMES.filter((one) => named.includes(one)),
  };
}

export function writeChoice({ unreadOnly, happenings }: InboxChoice): URLSearchParams {
  const search = new URLSearchParams();
  if (unreadOnly) search.set('unread', 'only');
  if (happenings.length > 0) search.set('what', happenings.join(','));
  return search;
}

/** The filter as the hub takes it; null when nothing is narrowed. */
export function filterOf({ unreadOnly, happenings }: InboxChoice): object | null {
  if (!unreadOnly && happenings.length === 0) return null;
  return {
    ...(unreadOnly ? { unreadOnly } : {}),
    ...(happenings.length > 0 ? { events: happenings.flatMap((one) => HAPPENINGS[one]) } : {}),
  };
}
