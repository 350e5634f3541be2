import { MemberError } from '../member-error.js';

/** A column of the file of identities: which field of which of several it holds. */
export interface IdentityColumn {
  readonly field: IdentityField;
  /** 1 for a column without a number, such as `given`; 2 for `given.2`, and so on. */
  readonly number: number;
}

const ONCE = ['caseId', 'birthDate', 'calendar', 'birthCountry'] as const;
const SEVERAL = [
  ...(['given', 'family', 'patronymic', 'name', 'birthPlace'] as const),
  ...(['documentType', 'documentIssuer', 'documentNumber'] as const),
] as const;
type IdentityField = (typeof ONCE)[number] | (typeof SEVERAL)[number];

const MOST = 10;

/**
 * Reads the header of a file of identities. Throws `MemberError` BAD_INPUT; it names places and not what stands there, because a file without a header
 * begins with a person.
 */
export function identityColumns(header: readonly string[]): readonly IdentityColumn[] {
  const columns = header.map((name, at) => {
    const column = columnOf(name);
    if (!column) throw bad(`Column ${at + 1} of the identities is none that is read.`);
    return column;
  });
  if (!columns.some(({ field }) => field === 'caseId')) throw bad('The identities have no column caseId.');
  return columns;
}

/** One line of the file as an identity record (`readGivenIdentity`), with the id of its case; a record of blanks is null. */
export function recordOf(
  columns: readonly IdentityColumn[],
  cells: readonly string[],
): { readonly caseId: string; readonly record: object | null } {
  const said = columns
    .map((column, at) => ({ ...column, text: (cells[at] ?? '').trim() }))
    .filter(({ text }) => text !== '');
  const all = (field: IdentityField): readonly string[] =>
    said.filter((one) => one.field === field).map(({ text }) => text);
  const [caseId = ''] = all('caseId');
  if (said.every(({ field }) => field === 'caseId')) return { caseId, record: null };
  const cell = (field: IdentityField, number: number): string | undefined =>
    said.find((one) => one.field === field && one.number === number)?.text;
  const papers = said.filter(({ field }) => field.startsWith('document')).map(({ number }) => number);
  const documents = [...new Set(papers)].map((number) => ({
    type: cell('documentType', number),
    issuer: cell('documentIssuer', number),
    number: cell('documentNumber', number),
  }));
  const record = {
    names: { given: all('given'), family: all('family'), patronymic: all('patronymic'), parts: all('name') },
    birthDate: cell('birthDate', 1),
    calendar: cell('calendar', 1),
    birthCountry: cell('birthCountry', 1),
    birthPlace: all('birthPlace'),
    documents,
  };
  return { caseId, record };
}

function columnOf(name: string): IdentityColumn | null {
  const [base = '', suffix, ...more] = name.split('.');
  const once = ONCE.find((field) => field === base);
  if (once !== undefined) return suffix === undefined ? { field: once, number: 1 } : null;
  const field = SEVERAL.find((one) => one === base);
  if (field === undefined || more.length > 0) return null;
  if (suffix === undefined) return { field, number: 1 };
  const number = /^([2-9]|10)$/.test(suffix) ? Number(suffix) : MOST + 1;
  return number <= MOST ? { field, number } : null;
}

function bad(message: string): MemberError {
  return new MemberError(
    'BAD_INPUT',
    message,
    `The first line names the columns: ${[...ONCE, ...SEVERAL].join(', ')}; what there is several of is numbered, as given.2.`,
    ['identities'],
  );
}
