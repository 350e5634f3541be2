import { MemberError } from '../member-error.js';

/** The editions of CTDC data that the importer knows, each with a crosswalk of its own. */
export interface CtdcEdition {
  readonly crosswalk: 'ctdc-2017' | 'ctdc-2022' | 'ctdc-2024';
  /** The prefix of its terms in the crosswalk. */
  readonly prefix: string;
  readonly title: string;
  /**
   * Whether a flag of 0 is a "no": the dictionary of 2017 lists 0, 1 and -99 (missing) for its flags, so there 0 is recorded.
   * The synthetic editions list 1 and missing only; a 0 in such a file was filled in by a tool and says nothing.
   */
  readonly zeroIsNo: boolean;
  /** Whether `NA` can be a country: alpha-2 in 2017 (Namibia); alpha-3 in 2024, where `NA` is what statistics programs write for missing. */
  readonly naIsNamibia: boolean;
}

const K_ANONYMISED: CtdcEdition = {
  crosswalk: 'ctdc-2017',
  prefix: 'ctdc2017',
  title: 'CTDC global dataset, k-anonymised (data dictionary 2017)',
  zeroIsNo: true,
  naIsNamibia: true,
};
const VICTIM_PERPETRATOR: CtdcEdition = {
  crosswalk: 'ctdc-2022',
  prefix: 'ctdc2022',
  title: 'CTDC global victim-perpetrator synthetic dataset (December 2022)',
  zeroIsNo: false,
  naIsNamibia: false,
};
const SYNTHETIC: CtdcEdition = {
  crosswalk: 'ctdc-2024',
  prefix: 'ctdc2024',
  title: 'CTDC global synthetic dataset (codebook version 2, February 2024)',
  zeroIsNo: false,
  naIsNamibia: false,
};

/** Columns that only the synthetic edition of 2024 has. */
const SYNTHETIC_ONLY = [
  'traffickMonths',
  'meansDebtBondageEarnings',
  'meansThreats',
  'meansAbusePsyPhySex',
  'meansDenyBasicNeeds',
];

/** Recognises the edition by the header. Throws `MemberError` BAD_INPUT. */
export function recogniseEdition(header: readonly string[]): CtdcEdition {
  const names = new Set(header);
  if (names.has('UN_COO_Region') || names.has('IP_Exploiter')) return VICTIM_PERPETRATOR;
  if (SYNTHETIC_ONLY.some((name) => names.has(name))) return SYNTHETIC;
  if (names.has('yearOfRegistration') && (names.has('isForcedLabour') || names.has('isSexualExploit')))
    return K_ANONYMISED;
  throw new MemberError(
    'BAD_INPUT',
    'The header is that of no CTDC edition.',
    'Keep the column names as CTDC publishes them (yearOfRegistration, isForcedLabour, …), on the first line.',
    ['header'],
  );
}
