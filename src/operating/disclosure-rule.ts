import type { DisclosureRule } from '../statistics/index.js';
import { asOwner } from './owner-connection.js';

const READ = 'SELECT threshold, rounding FROM symbolon.picture_rule';
const CHANGE = 'UPDATE symbolon.picture_rule SET threshold = $1, rounding = $2';

/** The rules by which the hub's picture goes. */
export function disclosureRule(url: string): Promise<DisclosureRule> {
  return asOwner(url, async (client) => {
    const [rule] = (await client.query<DisclosureRule>(READ)).rows;
    if (!rule) throw new Error('the rules of disclosure are missing');
    return rule;
  });
}

/** Has the picture go by other rules: rounding at once, the threshold for what comes to be counted from now on. */
export function changeDisclosure(url: string, { threshold, rounding }: DisclosureRule): Promise<void> {
  return asOwner(url, async (client) => {
    await client.query(CHANGE, [threshold, rounding]);
  });
}
