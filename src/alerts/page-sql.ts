import type { PageRequest } from '../graphql/index.js';
import type { AlertFilter, Reader } from './alert-filter.js';
import { ALERT_COLUMNS } from './alert-row.js';
import { audiencesOf, type Conditions, ofOthers, sentBy } from './conditions.js';

/** A request for a page of alerts, its cursors already opened to alert ids. */
export interface AlertPageRequest {
  readonly page: PageRequest;
  readonly afterId: string | null;
  readonly beforeId: string | null;
  readonly filter: AlertFilter;
  readonly newestFirst: boolean;
  readonly onDate: string;
}

/** How many places of the log the first look covers. Whoever may read one alert in forty fills a page of fifty from it. */
const NEAR = 2_000;

/**
 * The query of a page, one row longer than asked for. Three sources, each of which costs what it gives and not what the table holds: the reader's own
 * alerts by their sender; what is addressed to it among the alerts nearest to where the page begins; and, only when these are too few, what lies beyond,
 * audience by audience. A reader to whom everything is addressed is served by the second, one to whom five in a million are by the third.
 * `conditions` hold the filter.
 */
export function pageSql(reader: Reader, request: AlertPageRequest, conditions: Conditions): string {
  const { page, filter, newestFirst } = request;
  const descending = newestFirst !== page.backward;
  const [later, earlier] = newestFirst ? [request.beforeId, request.afterId] : [request.afterId, request.beforeId];
  const positionOf = (id: string) => `(SELECT position_of(${conditions.bind(id)}::uuid))`;
  const [above, below] = [later, earlier].map((id) => (id === null ? null : positionOf(id)));
  if (above) conditions.add(`a.position > ${above}`);
  if (below) conditions.add(`a.position < ${below}`);

  const [direction, extreme, within, further] = descending ? ['DESC', 'max', '>', '<='] : ['ASC', 'min', '<', '>='];
  const start = (descending ? below : above) ?? `(SELECT ${extreme}(position) FROM log_entry)`;
  const order = `ORDER BY a.position ${direction} LIMIT ${page.size + 1}`; // a bound limit would keep the plan from being kept
  const alerts = (where: string) => `SELECT ${ALERT_COLUMNS} FROM alert a WHERE ${where} AND ${conditions.sql}`;
  const others = ofOthers(reader, conditions);
  const edge = '(SELECT position FROM edge)';
  const beyond = `a.position ${further} ${edge}`;
  // `IS TRUE` keeps this a question asked of each alert that is come by: turned into a join it would have the database begin at the audiences.
  const addressed = `(a.audience_id IN (SELECT id FROM reached)) IS TRUE AND ${others}`;
  // Where facts or countries narrow the alerts, the database knows best from which side to come.
  const older = narrowsByContent(filter)
    ? `${alerts(`${addressed} AND ${beyond}`)} AND (SELECT too_few FROM enough)`
    : `SELECT a.* FROM reached CROSS JOIN LATERAL (${alerts(`a.audience_id = reached.id AND ${others} AND ${beyond}`)} ${order}) a
       WHERE (SELECT too_few FROM enough)`;
  return `
    WITH edge AS MATERIALIZED (SELECT ${start} ${descending ? '-' : '+'} ${NEAR} AS position),
    reached AS MATERIALIZED (${audiencesOf(reader, conditions)}),
    recent AS MATERIALIZED (${alerts(`${addressed} AND a.position ${within} ${edge}`)} ${order}),
    enough AS MATERIALIZED (SELECT count(*) <= ${page.size} AS too_few FROM recent),
    older AS MATERIALIZED (${older} ${order}),
    own AS MATERIALIZED (${alerts(sentBy(reader, conditions))} ${order})
    SELECT a.* FROM (TABLE recent UNION ALL TABLE older UNION ALL TABLE own) a ${order}`;
}

function narrowsByContent({ concepts, verdict, origin, transit, exploitation }: AlertFilter): boolean {
  return [concepts, verdict, origin, transit, exploitation].some((part) => part !== undefined);
}
