import type { Command } from 'commander';
import type { AlertContent, Purpose } from '../../protocol/index.js';
import { readGrants } from '../budget-grants.js';
import { STATEMENT_OF_ALERT, type StatementOfAlertAnswer } from '../documents/alerts.js';
import type { SourceFile } from '../import/csv-rows.js';
import { GrantedBudgets } from '../import/granted-budgets.js';
import { IdentityRows } from '../import/identity-rows.js';
import type { CaseIdentities } from '../import/mapped-rows.js';
import type { TokenSource } from '../import/row-tokens.js';
import type { MemberClient } from '../member-client.js';
import { MemberError } from '../member-error.js';
import type { CustodianReport } from '../pseudonymise.js';
import { addAgreementOptions, type AgreementChoices, openAgreement } from './agreement-option.js';
import { textOfFile } from './custodian-state.js';
import { assertLinkageConsent, noteTrouble } from './identity-option.js';
import type { Session } from './session.js';

/** The options by which an import is told whom its cases are about. */
export interface IdentitiesOptions extends AgreementChoices {
  readonly identities?: string;
  readonly caseId: string;
  readonly grant?: string;
}

/** Adds `--identities`, `--case-id` and `--grant`. */
export function addIdentitiesOptions(command: Command): Command {
  const told = command
    .option(
      '--identities <file>',
      'second CSV file that says whom the cases are about (caseId, given, family, patronymic, name, birthDate, calendar, birthCountry, birthPlace, documentType, documentIssuer, documentNumber; given.2 for a second): tokens are made, it stays here; tokens of rows that were not sent are kept sealed beside the keys, until a run with this option has sent them all',
    )
    .option('--case-id <column>', 'with --identities: the column of the first file that names the case', 'caseId')
    .option('--grant <file>', 'with --identities: a budget beyond the daily one, as another member granted it');
  return addAgreementOptions(told);
}

/** Whom the cases are about; null when nothing was given. Throws `MemberError` BAD_INPUT, `Refusal` CONSENT_MISSING. */
export async function readIdentities(
  options: IdentitiesOptions,
  file: SourceFile,
  common: Pick<AlertContent, 'kind' | 'legalBasis' | 'handling'>,
): Promise<CaseIdentities | null> {
  const { identities, caseId, grant } = options;
  if (identities === undefined) {
    if (grant !== undefined)
      throw bad('--grant without --identities.', 'Tokens alone need a budget: name the identities too.', 'grant');
    return null;
  }
  if (common.legalBasis.ground === 'anonymised')
    throw bad(
      'Cases whose persons you know are not anonymised.',
      'Name the legal basis on which their records may be linked with --ground.',
      'ground',
    );
  assertLinkageConsent(common);
  if (!common.handling.purposes.some((purpose) => LINKED_FOR.includes(purpose)))
    throw bad(
      'Links are for protection and prosecution alone, and the alerts are for neither.',
      'Name --purpose protection or prosecution, or add it with --share-for.',
      'purpose',
    );
  const column = file.header.indexOf(caseId);
  if (column < 0)
    throw bad('The file has no column of that name for the ids of cases.', 'Name it with --case-id.', 'caseId');
  return { rows: await IdentityRows.read(identities), column };
}

/** By what tokens are made. Grants are brought to the custodians first. */
export async function openTokenSource(
  session: Session,
  client: MemberClient,
  purpose: Purpose,
  options: IdentitiesOptions,
): Promise<TokenSource> {
  const { seat } = client;
  // New custodians are accepted once, at the beginning, and not again while it runs.
  const agreement = await openAgreement(session, options);
  const told = new Set<string>();
  return {
    purpose,
    agreement: () => openAgreement(session),
    grants:
      options.grant === undefined
        ? GrantedBudgets.none()
        : await GrantedBudgets.bring(
            readGrants(await textOfFile(options.grant, 'grants'), client.audience),
            agreement,
            seat.member,
          ),
    vault: await session.store.vault(seat.member, seat.officer),
    holds: async (id) => (await client.query<StatementOfAlertAnswer>(STATEMENT_OF_ALERT, { id })).alert !== null,
    onReports: (reports) => {
      const fresh = reports.filter((report) => isNews(told, report));
      noteTrouble(session, fresh);
    },
  };
}

const LINKED_FOR: readonly Purpose[] = ['protection', 'prosecution'];

/** Each trouble of a custodian is told once, however many rows meet it. */
function isNews(told: Set<string>, { custodian, kind }: CustodianReport): boolean {
  const key = `${custodian} ${kind}`;
  return !told.has(key) && told.add(key).size > 0;
}

function bad(message: string, remedy: string, option: string): MemberError {
  return new MemberError('BAD_INPUT', message, remedy, [option]);
}
