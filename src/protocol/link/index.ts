export { assertEpisode } from './episode-days.js';
export {
  classifyRecurrence,
  type ConfirmedEpisode,
  type Recurrence,
  RECURRENCE_DEFINITION,
  RECURRENCE_LAW,
  RECURRENCE_QUESTIONS,
  type RecurrenceOutcome,
  type RecurrenceQuestion,
  RECURRENCES,
} from './recurrence.js';
export type * from './statement-bodies.js';
