const BASE = 'https://w3id.org/symbolon/events/';

/** The event types of the protocol (RFC 8417 §2.2: each a URI). */
export const EVENTS = {
  join: `${BASE}join`,
  countersign: `${BASE}countersign`,
  rotateKey: `${BASE}rotate-key`,
  suspend: `${BASE}suspend`,
  reinstate: `${BASE}reinstate`,
  leave: `${BASE}leave`,
  certifyOfficer: `${BASE}certify-officer`,
  revokeOfficer: `${BASE}revoke-officer`,
  /** The hub's own: the first members were admitted together. */
  found: `${BASE}found`,
  /** The hub's entry in its log of an epoch that all its custodians signed. */
  epochPublished: `${BASE}epoch-published`,
  alertRaised: `${BASE}alert-raised`,
  alertUpdated: `${BASE}alert-updated`,
  alertWithdrawn: `${BASE}alert-withdrawn`,
  comparisonOpened: `${BASE}comparison-opened`,
  comparisonMessage: `${BASE}comparison-message`,
  linkConfirmed: `${BASE}link-confirmed`,
  linkRejected: `${BASE}link-rejected`,
  linkWithdrawn: `${BASE}link-withdrawn`,
  alertErased: `${BASE}alert-erased`,
  alertRetained: `${BASE}alert-retained`,
  permissionAsked: `${BASE}permission-asked`,
  permissionGiven: `${BASE}permission-given`,
  permissionRefused: `${BASE}permission-refused`,
  subjectErased: `${BASE}subject-erased`,
  /** The hub's own account of what it erased. */
  erasureRun: `${BASE}erasure-run`,
  /** The hub's own: who read what on a day, by hashes. */
  accessSummary: `${BASE}access-summary`,
  publicationAsked: `${BASE}publication-asked`,
  /** The hub's own: tables of the picture, by the hash of their document. */
  picturePublished: `${BASE}picture-published`,
} as const;

/** What members say to custodians. The hub takes in none of these. */
export const CUSTODIAN_EVENTS = {
  requestEvaluation: `${BASE}request-evaluation`,
  grantBudget: `${BASE}grant-budget`,
} as const;

export type AlertEvent = 'alertRaised' | 'alertUpdated' | 'alertWithdrawn';
export type LinkEvent = 'comparisonOpened' | 'comparisonMessage' | 'linkConfirmed' | 'linkRejected' | 'linkWithdrawn';
export type ObligationEvent = 'alertErased' | 'alertRetained';
export type PermissionEvent = 'permissionAsked' | 'permissionGiven' | 'permissionRefused';
export type PublicationEvent = 'publicationAsked' | 'picturePublished';
export type MembershipEvent = Exclude<
  keyof typeof EVENTS,
  | 'found'
  | 'epochPublished'
  | 'erasureRun'
  | 'accessSummary'
  | 'subjectErased'
  | AlertEvent
  | LinkEvent
  | ObligationEvent
  | PermissionEvent
  | PublicationEvent
>;
