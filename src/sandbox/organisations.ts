import type { MemberKind, OfficerRole, Purpose } from '../protocol/index.js';

/** A made-up organisation of the sandbox. The countries are real, the organisations are not. */
export interface SandboxOrganisation {
  readonly code: string;
  readonly name: string;
  readonly kind: MemberKind;
  readonly country: string;
  readonly mandate: readonly Purpose[];
  readonly officers: readonly { readonly code: string; readonly role: OfficerRole }[];
}

const DESK = { code: 'desk-1', role: 'case-worker' } as const;
const LIAISON = { code: 'desk-1', role: 'liaison' } as const;
const ANALYST = { code: 'desk-1', role: 'analyst' } as const;
const ADMINISTRATOR = { code: 'admin', role: 'administrator' } as const;

/** The first three found the accord; each of the others is countersigned by members of two other countries. */
export const ORGANISATIONS: readonly SandboxOrganisation[] = [
  {
    code: 'nl-baken',
    name: 'Rapporteursbureau Baken',
    kind: 'rapporteur',
    country: 'NL',
    mandate: ['monitoring', 'prevention'],
    officers: [ANALYST, ADMINISTRATOR],
  },
  {
    code: 'ro-punte',
    name: 'Biroul de legătură Punte',
    kind: 'liaison',
    country: 'RO',
    mandate: ['protection', 'prosecution', 'monitoring'],
    officers: [LIAISON, ADMINISTRATOR],
  },
  {
    code: 'al-shtegu',
    name: 'Shtegu i Mbarë',
    kind: 'ngo',
    country: 'AL',
    mandate: ['protection', 'prevention'],
    officers: [DESK, ADMINISTRATOR],
  },
  {
    code: 'be-anker',
    name: 'Verbindingsbureau Anker',
    kind: 'liaison',
    country: 'BE',
    mandate: ['protection', 'prosecution', 'monitoring'],
    officers: [LIAISON, ADMINISTRATOR],
  },
  {
    code: 'bg-most',
    name: 'Фондация Мост',
    kind: 'ngo',
    country: 'BG',
    mandate: ['protection', 'prevention'],
    officers: [DESK, ADMINISTRATOR],
  },
  {
    code: 'de-lotse',
    name: 'Koordinierungsstelle Lotse',
    kind: 'focal-point',
    country: 'DE',
    mandate: ['protection', 'prevention'],
    officers: [DESK, ADMINISTRATOR],
  },
  {
    code: 'gb-harbour',
    name: 'Harbour Light',
    kind: 'ngo',
    country: 'GB',
    mandate: ['protection', 'prevention'],
    officers: [DESK, ADMINISTRATOR],
  },
  {
    code: 'md-far',
    name: 'Asociația Far',
    kind: 'ngo',
    country: 'MD',
    mandate: ['protection', 'prevention'],
    officers: [DESK, ADMINISTRATOR],
  },
  {
    code: 'ng-lantern',
    name: 'Lantern Initiative',
    kind: 'ngo',
    country: 'NG',
    mandate: ['protection', 'prevention'],
    officers: [DESK, ADMINISTRATOR],
  },
];
