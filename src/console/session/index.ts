/** Who is at work in this page: seat, purpose, and how the hub is asked for them. */
export { useAsk, useOpenAsk, type AskOptions } from './asking.js';
export { useLongList, type LongList } from './paging.js';
export type { OwnMember, Session } from './session.js';
export { SessionProvider, useSession, useSessionState, type SignedOut } from './session-context.js';
export { useDraft, type KeptDraft } from './use-draft.js';
