/** In SQL: that a row with member and purpose is of the inbox for which the transaction acts. Row-level security says it again. */
export const OF_ACTING = "member = current_member() AND purpose = current_setting('symbolon.purpose', true)";
/** In SQL: the number of that inbox; null before there is one. */
export const ACTING_INBOX = `(SELECT mine.id FROM inbox mine WHERE mine.${OF_ACTING.replace('AND ', 'AND mine.')})`;
