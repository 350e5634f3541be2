import { alertIdOf, PURPOSES, withDisclosure, writeDisclosure } from '../../../src/protocol/index.js';
import type { Provocation } from './provocation.js';
import { inEvent, refusedStatement } from './provocation.js';
import { MARKER } from './stage.js';

const H0 = { code: 'H0', purposes: PURPOSES } as const;

const LINKAGE = { profile: 'symbolon-linkage/1', digest: 'A'.repeat(43) } as const;

/** Refusals of what an alert says. */
export const CONTENT: readonly Provocation[] = [
  refusedStatement(
    'PURPOSE_MISMATCH',
    'an alert that does not name the token’s purpose',
    'raiseAlert',
    inEvent('alertRaised', 'handling', 'purposes'),
    (stage) => stage.alert({ handling: { code: 'H0', purposes: ['prevention'], audience: { everyone: true } } }),
  ),
  refusedStatement('SCHEMA_INVALID', 'a property for a name', 'raiseAlert', inEvent('alertRaised', 'person'), (stage) =>
    stage.alert({ person: { [MARKER.word]: MARKER.text } }),
  ),
  refusedStatement(
    'SCHEMA_INVALID',
    'text where a code belongs',
    'raiseAlert',
    inEvent('alertRaised', 'kind'),
    (stage) => stage.alert({ kind: MARKER.text }),
  ),
  refusedStatement(
    'SCHEMA_INVALID',
    'a day that there is not',
    'raiseAlert',
    inEvent('alertRaised', 'episode', 'end'),
    (stage) => stage.alert({ episode: { start: '2025', end: '2025-02-30', origin: [], exploitation: [] } }),
  ),
  refusedStatement(
    'UNKNOWN_CODE',
    'a concept that the ontology does not hold',
    'raiseAlert',
    inEvent('alertRaised', 'facts', 'present', '1'),
    (stage) => stage.alert({ facts: { present: ['means/deception', `means/${MARKER.code}`] } }),
  ),
  refusedStatement(
    'UNKNOWN_CODE',
    'a country that there is not',
    'raiseAlert',
    inEvent('alertRaised', 'person', 'citizenships', '1'),
    (stage) => stage.alert({ person: { citizenships: ['AL', 'ZZ'] } }),
  ),
  refusedStatement(
    'CONTRADICTORY_FACTS',
    'one fact both present and absent',
    'raiseAlert',
    inEvent('alertRaised', 'facts'),
    (stage) => stage.alert({ facts: { present: ['means/deception'], absent: ['means/deception'] } }),
  ),
  refusedStatement(
    'CONTRADICTORY_FACTS',
    'a choice among facts that are all absent',
    'raiseAlert',
    inEvent('alertRaised', 'facts'),
    (stage) =>
      stage.alert({
        facts: { absent: ['means/deception', 'means/force'], oneOf: [['means/deception', 'means/force']] },
      }),
  ),
  refusedStatement(
    'AUDIENCE_INVALID',
    'an audience that is no member',
    'raiseAlert',
    inEvent('alertRaised', 'handling', 'audience', 'members', '1'),
    (stage) => stage.alert({ handling: { ...H0, audience: { members: ['ro-liaison', `de-${MARKER.code}`] } } }),
  ),
  refusedStatement(
    'RETENTION_EXCEEDED',
    'an expiry in nine years',
    'raiseAlert',
    inEvent('alertRaised', 'expires'),
    (stage) => stage.alert({ expires: new Date(Date.now() + 9 * 365 * 86_400_000).toISOString().slice(0, 10) }),
  ),
  refusedStatement(
    'RETENTION_EXCEEDED',
    'an expiry of yesterday',
    'raiseAlert',
    inEvent('alertRaised', 'expires'),
    (stage) => stage.alert({ expires: new Date(Date.now() - 86_400_000).toISOString().slice(0, 10) }),
  ),
  refusedStatement(
    'CONSENT_MISSING',
    'consent that does not cover linkage',
    'raiseAlert',
    inEvent('alertRaised', 'legalBasis', 'consentScope'),
    (stage) => stage.alert({ linkage: LINKAGE, legalBasis: { ground: 'consent', consentScope: ['alert'] } }),
  ),
  refusedStatement(
    'TOKENS_MISMATCH',
    'tokens that did not come with their statement',
    'raiseAlert',
    inEvent('alertRaised', 'linkage'),
    (stage) => stage.alert({ linkage: LINKAGE }),
  ),
  refusedStatement(
    'PROFILE_UNKNOWN',
    'a profile that is not the accord’s',
    'raiseAlert',
    inEvent('alertRaised', 'linkage', 'profile'),
    (stage) => stage.alert({ linkage: { ...LINKAGE, profile: 'symbolon-linkage/9' } }),
  ),
  refusedStatement(
    'EPOCH_CLOSED',
    'tokens of an epoch that is not open',
    'raiseAlert',
    inEvent('alertRaised', 'linkage'),
    async (stage) => {
      const jti = stage.jti();
      const tokens = [{ key: MARKER.code, token: 'A'.repeat(22) }];
      const alert = alertIdOf(stage.desk.member, jti);
      const { disclosure, digest } = writeDisclosure({ alert, epochs: [{ epoch: '1999-1', tokens }] });
      return withDisclosure(await stage.alert({ linkage: { ...LINKAGE, digest } }, { jti }), disclosure);
    },
  ),
  refusedStatement(
    'NOT_FOUND',
    'a withdrawal of what there is not',
    'withdrawAlert',
    inEvent('alertWithdrawn', 'alert'),
    (stage) => stage.withdrawal(alertIdOf(stage.desk.member, stage.jti())),
  ),
  refusedStatement(
    'ALERT_CLOSED',
    'an update of a withdrawn alert',
    'updateAlert',
    inEvent('alertUpdated', 'alert'),
    async (stage) => {
      const id = await stage.raise(await stage.alert());
      await stage.submitted('withdrawAlert', await stage.withdrawal(id));
      return stage.update(id);
    },
  ),
  refusedStatement(
    'ALERT_CLOSED',
    'a withdrawal after the expiry',
    'withdrawAlert',
    inEvent('alertWithdrawn', 'alert'),
    async (stage) => {
      const id = await stage.raise(await stage.alert());
      await stage.sql("UPDATE alert SET expires_at = now() - interval '1 second' WHERE id = $1", [
        id.slice('alert:'.length),
      ]);
      return stage.withdrawal(id);
    },
  ),
  {
    code: 'LAW_NOT_IN_FORCE',
    by: 'the picture under a law before it was law',
    path: ['under', '0'],
    asAnalyst: true,
    ask: () => ({ document: '{ picture(under: ["BE"], onDate: "1900-01-01") { onDate } }' }),
  },
  {
    code: 'NOT_COUNTED_TOGETHER',
    by: 'the picture by dimensions that are not counted together',
    path: ['by'],
    asAnalyst: true,
    ask: () => ({ document: '{ picture(by: [CONTROL, SECTOR]) { onDate } }' }),
  },
];
