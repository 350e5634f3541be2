import { CUSTODIAN_CODES, CustodianRefusal } from '../protocol/custodian/index.js';
import { REFUSAL_CODES } from '../protocol/index.js';

/** A custodian's refusal in the text of an answer; null when it is none, as from a broken proxy before it. */
export function readCustodianRefusal(text: string): CustodianRefusal | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null || !('code' in value)) return null;
  const code = [...CUSTODIAN_CODES, ...REFUSAL_CODES].find((known) => known === value.code);
  if (code === undefined) return null;
  const message = 'message' in value ? String(value.message) : '';
  const remedy = 'remedy' in value ? String(value.remedy) : '';
  const path = 'path' in value && Array.isArray(value.path) ? value.path.map(String) : [];
  return new CustodianRefusal(code, message, remedy, path);
}
