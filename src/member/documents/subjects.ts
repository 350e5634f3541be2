/** An alert of one's own as an export has it. */
export interface OwnAlertAnswer {
  readonly id: string;
  readonly kind: string;
  readonly state: string;
  readonly revision: number;
  readonly raisedAt: string;
  readonly receivedAt: string;
  readonly expiresAt: string;
  /** One's own pseudonym of the person; null when the alert carries no tokens. */
  readonly pseudonym: string | null;
  readonly statement: string;
  readonly history: readonly string[];
}

export const OWN_ALERT = `query OwnAlert($id: ID!) {
    alert(id: $id) { id kind state revision raisedAt receivedAt expiresAt pseudonym statement history }
  }`;
