import { type AskAsOwner, changeTerms, readTerms, settleTerms, type Terms } from '../obligations/index.js';
import { asOwner } from './owner-connection.js';
import { StartFault } from './start-fault.js';

/** Refuses a configuration whose terms are not those of the hub: shorter ones would have content erased that recipients were to answer for. Throws `StartFault` TERMS_DIFFER. */
export async function assertAgreedTerms(url: string, configured: Terms): Promise<void> {
  const agreed = await withTerms(url, (ask) => settleTerms(ask, configured));
  if (agreed.answerDays === configured.answerDays && agreed.erasureDays === configured.erasureDays) return;
  throw new StartFault(
    'TERMS_DIFFER',
    `This node is configured with ${inWords(configured)}, and the hub goes by ${inWords(agreed)}. Set the variables as the hub has them; if the members agreed on others, say so once with “npm run hub -- terms --answer-days ${configured.answerDays} --erasure-days ${configured.erasureDays}”.`,
  );
}

/** The terms by which a hub goes. */
export function agreedTerms(url: string): Promise<Terms> {
  return withTerms(url, readTerms);
}

/** Has a hub go by other terms, at once and on all nodes. */
export function agreeOnTerms(url: string, terms: Terms): Promise<void> {
  return withTerms(url, (ask) => changeTerms(ask, terms));
}

/** Terms as the variables that a node is to be started with. */
export function inWords({ answerDays, erasureDays }: Terms): string {
  return `ANSWER_DAYS=${answerDays} and ERASURE_DAYS=${erasureDays}`;
}

function withTerms<T>(url: string, work: (ask: AskAsOwner) => Promise<T>): Promise<T> {
  return asOwner(url, (client) =>
    work(async <Row>(sql: string, values: readonly unknown[]) => (await client.query(sql, [...values])).rows as Row[]),
  ); // parsing: the statement's author names the shape of its rows
}
