/** Documents that ask for everything that there is to be had of each thing; the answer is at `it`. */

const CONTENT = `id kind state raisedAt receivedAt expiresAt revision statement history receipt sealed
  person { ageBand ageAtRegistration gender citizenships } episode { origin transit exploitation start end } return { manner from on }
  facts { concept present inferred } oneOf nationalCodes { variant } identification { status decidedBy under on } protection
  legalBasis { ground consentScope } handling { purposes code members countries kinds everyone } evaluation { source information }
`;
const LISTED = `${CONTENT} sender { code officers { code } } verdicts(under: ["NL", "BE"]) { verdict }`;
const ALERT = `${CONTENT} sender { code name state statements officers { code } keys { kid } }
  verdicts(under: ["NL", "BE", "GB"]) { under version verdict asks { kind anyOf } deciders { toward facts { concept present } } }`;
const PAGE_INFO = 'pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';
const PAGE = '$first: Int, $after: String, $last: Int, $before: String';
const PLACE = 'first: $first, after: $after, last: $last, before: $before';
const REFUSED = '... on Refused { code message path remedy }';
const ACCEPTED = '__typename ... on AlertAccepted { alertId jti payloadHash receivedAt repeated receipt }';

export const ALERT_BY_ID = `query ($id: ID!) { it: alert(id: $id) { ${ALERT} } }`;

export const NODE_BY_ID = `query ($id: ID!) { it: node(id: $id) { __typename id ... on Alert { ${ALERT} } ... on Member { name } } }`;

export const ALERTS = `query (${PAGE}, $filter: AlertFilter, $order: AlertOrder! = NEWEST_FIRST) {
  it: alerts(${PLACE}, filter: $filter, order: $order) { edges { cursor node { ${LISTED} } } ${PAGE_INFO} } }`;

export const ACCESS_RECORDS = `query (${PAGE}, $alertId: ID) { it: accessRecords(${PLACE}, alertId: $alertId) {
  edges { cursor node { at reader { code state officers { code } } officer purpose operation alertIds } } ${PAGE_INFO} } }`;

const NUMBER = '{ count fewerThan }';
const VERDICTS = `verdicts { under met ${NUMBER} notMet ${NUMBER} undetermined ${NUMBER} withheld ${NUMBER} }`;
const NUMBERS = `alerts ${NUMBER} persons ${NUMBER} withdrawn ${NUMBER} ${VERDICTS}`;

export const PICTURE = `query ($by: [PictureDimension!]!, $scope: PictureScope!) {
  it: picture(by: $by, under: ["NL", "BE", "DE", "GB", "RO", "CH"], scope: $scope) {
    asOf threshold rounding onDate source caveat ${NUMBERS} others ${NUMBER}
    rows { keys { dimension state code label } ${NUMBERS} } breaks { under on began ended }
    changes { a b verdictA verdictB alerts ${NUMBER} byElement { kind alerts ${NUMBER} } }
    asks { under kind anyOf settles ${NUMBER} lackedBy ${NUMBER} } } }`;

export const MEMBERS = `query (${PAGE}) { it: members(${PLACE}) {
  edges { cursor node { id code name kind country mandate state keys { kid jwk validFrom validTo } statements
    officers { code role kid validFrom validTo revokedAt } } } ${PAGE_INFO} } }`;

export const WHOAMI =
  '{ it: whoami { purpose expiresAt officer { code role kid validFrom validTo revokedAt } member { code officers { code kid } } } }';

export const PREVIEW = `query ($statement: String!) { it: previewAudience(statement: $statement) { __typename
  ... on AudiencePreview { countries { country members { code name officers { code } } } total until problems { code message path remedy } } ${REFUSED} } }`;

/** Raises, updates or withdraws one alert. */
export const alertMutation = (name: 'raiseAlert' | 'updateAlert' | 'withdrawAlert') =>
  `mutation ($statement: SignedStatement!) { it: ${name}(statement: $statement) { ${ACCEPTED} ${REFUSED} } }`;

export const RAISE_ALL = `mutation ($statements: [SignedStatement!]!) {
  it: raiseAlerts(statements: $statements) { results { ${ACCEPTED} ${REFUSED} } receipt } }`;

export const COUNTERSIGN = `mutation ($statement: SignedStatement!) { it: countersign(statement: $statement) { __typename
  ... on StatementAccepted { receipt member { code state officers { code } } } ${REFUSED} } }`;
