/** What is said of an alert beside its link: as little as tells two cases apart. */
export interface AlertOfLinkAnswer {
  readonly alert: AlertOfLink | null;
}

/** An alert as it stands in a link. */
export interface AlertOfLink {
  readonly id: string;
  readonly kind: string;
  readonly state: string;
  readonly raisedAt: string;
  readonly sender: { readonly code: string; readonly name: string; readonly country: string } | null;
  readonly person: {
    readonly ageBand: string | null;
    readonly gender: string | null;
    readonly citizenships: readonly string[];
  } | null;
  readonly episode: {
    readonly origin: readonly string[];
    readonly transit: readonly string[];
    readonly exploitation: readonly string[];
    readonly start: string | null;
    readonly end: string | null;
  };
  readonly return: {
    readonly from: string | null;
    readonly on: string | null;
    readonly onMatch: string | null;
  } | null;
  readonly facts: readonly { readonly concept: string; readonly present: boolean; readonly inferred: boolean }[];
  readonly verdicts: readonly { readonly under: string; readonly verdict: string }[];
}

export const ALERT_OF_LINK = `query AlertOfLink($id: ID!, $under: [LawRef!]!) {
    alert(id: $id) {
      id kind state raisedAt
      sender { code name country }
      person { ageBand gender citizenships }
      episode { origin transit exploitation start end }
      return { from on onMatch }
      facts { concept present inferred }
      verdicts(under: $under) { under verdict }
    }
  }`;
