/** Alerts that are coded alike, as the database groups them. */
export interface CodedAlerts {
  readonly audience_id: number;
  readonly sender: string;
  readonly sender_kind: string;
  readonly kind: string;
  readonly route_id: number;
  readonly case_id: number;
  readonly trait_id: number | null;
  readonly age_band: string | null;
  readonly identification: string | null;
  /** When the episode started, as precise as it is known: `2026-11` and `2026`. */
  readonly month: string | null;
  readonly year: string | null;
  readonly alerts: number;
}

/**
 * Whether `alert a`, of `trait t`, is the first of its person among those with which it may be counted. Of others nothing may be told, not even by whether a number is shown.
 */
export const FIRST_OF_PERSON = `NOT EXISTS (
  SELECT FROM alert_person p JOIN alert_person q ON q.person = p.person JOIN alert b ON b.id = q.alert_id JOIN trait s ON s.id = b.trait_id
  WHERE p.alert_id = a.id AND b.position < a.position AND b.audience_id = a.audience_id
    AND (b.kind = 'pattern') = (a.kind = 'pattern') AND s.publishable = t.publishable)`;

/** The columns by which `alert a` and `member m` are grouped. */
export const CODED_AS =
  'audience_id, sender, sender_kind, kind, route_id, case_id, trait_id, age_band, identification, month, year';

/** The columns of `CodedAlerts` before they are counted, of `alert a` and `member m`, its sender. */
export const CODED_COLUMNS = `
  a.audience_id, a.sender, m.kind AS sender_kind, a.kind, a.route_id, a.case_id, a.trait_id, a.age_band, a.identification,
  CASE WHEN date_trunc('month', a.started_from) = date_trunc('month', a.started_to) THEN to_char(a.started_from, 'YYYY-MM') END AS month,
  CASE WHEN date_trunc('year', a.started_from) = date_trunc('year', a.started_to) THEN to_char(a.started_from, 'YYYY') END AS year`;
