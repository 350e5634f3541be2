import type { Transaction } from '../../database/index.js';
import { HUB_SENDER } from '../../alerts/index.js';
import type { CaseBook, KnownCase, OntologyService } from '../../ontology/index.js';
import { CODED_COLUMNS, type CodedAlerts } from '../counting/coded-alerts.js';
import { CodedValues, type Values } from '../counting/coded-values.js';

/** One alert of a person, with what it is counted by. */
export interface PersonAlert extends CodedAlerts, Pick<Values, 'core' | 'facets'> {
  /** The person, as far as confirmed links tell; else the alert itself stands for one. */
  readonly person: string;
  readonly verdicts: KnownCase['verdicts'];
}

/**
 * What may be published of persons: alerts in force for monitoring that are addressed to everyone and may be passed on, against which no consent stands, as they stand now. The hub's own flags say
 * again what a counted case says, and patterns are about no person.
 */
const OPEN = `
  DECLARE open_alerts NO SCROLL CURSOR FOR
  SELECT coalesce(h.person, a.id)::text AS person, ${CODED_COLUMNS}, 1 AS alerts
  FROM alert a JOIN trait t ON t.id = a.trait_id AND t.countable AND t.publishable
  JOIN audience u ON u.id = a.audience_id AND addresses_everyone(u) JOIN member m ON m.code = a.sender
  LEFT JOIN alert_person h ON h.alert_id = a.id
  WHERE a.state = 'active' AND a.expires_at > now() AND a.case_id IS NOT NULL AND a.kind <> 'pattern' AND a.sender <> '${HUB_SENDER}'
  ORDER BY coalesce(h.person, a.id)`;
/** How many alerts are read at once: what is made of them keeps nobody waiting for long. */
const AT_ONCE = 1_000;
const NEXT = `FETCH ${AT_ONCE} FROM open_alerts`;

/** Reads persons one by one, all of one moment, so that the work needs no more memory for many than for few. */
export class PersonReading {
  private readonly values: CodedValues;

  constructor(
    private readonly cases: CaseBook,
    ontology: OntologyService,
  ) {
    this.values = new CodedValues(cases, ontology);
  }

  /** Each person once, with its alerts; some persons at a time. */
  async *persons(transaction: Transaction): AsyncGenerator<readonly (readonly PersonAlert[])[]> {
    await transaction.query(OPEN);
    let last: PersonAlert[] = [];
    for (let more = true; more;) {
      const rows = await transaction.query<CodedAlerts & { person: string }>(NEXT);
      more = rows.length === AT_ONCE;
      const whole: PersonAlert[][] = [];
      for (const alert of await this.read(transaction, rows))
        if (last[0]?.person === alert.person) last.push(alert);
        else {
          whole.push(last);
          last = [alert];
        }
      yield whole.filter(({ length }) => length > 0);
    }
    if (last.length > 0) yield [last];
  }

  private async read(
    transaction: Transaction,
    rows: readonly (CodedAlerts & { person: string })[],
  ): Promise<PersonAlert[]> {
    const cases = await this.cases.get(rows.map(({ case_id }) => case_id));
    return (await this.values.read(transaction, rows)).flatMap((one) => {
      const known = cases.get(one.case_id);
      return known ? [{ ...one, verdicts: known.verdicts }] : [];
    });
  }
}
