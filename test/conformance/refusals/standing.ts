import { signRaised } from '../../../src/member/index.js';
import { caseContent, certify, joinStatement } from '../../support/organisation.js';
import { type Provocation, refusedStatement } from './provocation.js';

/** Refusals for who signed: the member's and the officer's standing, role and mandate. */
export const STANDING: readonly Provocation[] = [
  refusedStatement(
    'MEMBER_PENDING',
    'a member that nobody has vouched for',
    'certifyOfficer',
    ['iss'],
    async (stage) => {
      const who = await stage.newcomer();
      await stage.submitted('join', await joinStatement(stage.hub, who));
      return stage.says(who, 'certifyOfficer', await stage.certificate());
    },
  ),
  refusedStatement('MEMBER_SUSPENDED', 'a member that others suspended', 'certifyOfficer', ['iss'], async (stage) => {
    const who = await stage.member();
    await stage.suspend(who);
    return stage.says(who, 'certifyOfficer', await stage.certificate());
  }),
  refusedStatement('MEMBER_SUSPENDED', 'an officer of a suspended member', 'raiseAlert', ['iss'], async (stage) => {
    const who = await stage.member();
    const seat = await certify(stage.hub, who, 'desk', 'case-worker');
    await stage.suspend(who);
    return stage.alert({}, { seat });
  }),
  refusedStatement('MEMBER_LEFT', 'a member that has left', 'certifyOfficer', ['iss'], async (stage) => {
    const who = await stage.member();
    await stage.submitted('leave', await stage.says(who, 'leave', {}));
    return stage.says(who, 'certifyOfficer', await stage.certificate());
  }),
  refusedStatement('OFFICER_REVOKED', 'an officer who was revoked', 'raiseAlert', ['header', 'kid'], async (stage) => {
    const seat = await stage.colleague();
    const revocation = await stage.says(stage.founders.al, 'revokeOfficer', { officer: seat.officer });
    await stage.submitted('revokeOfficer', revocation);
    return stage.alert({}, { seat });
  }),
  refusedStatement(
    'OFFICER_EXPIRED',
    'a certificate that has ended',
    'raiseAlert',
    ['header', 'kid'],
    async (stage) => {
      const seat = await stage.colleague();
      await stage.sql("UPDATE officer SET valid_to = now() - interval '1 second' WHERE kid = $1", [seat.key.kid]);
      return stage.alert({}, { seat });
    },
  ),
  refusedStatement(
    'OFFICER_EXPIRED',
    'a certificate that begins later',
    'raiseAlert',
    ['header', 'kid'],
    async (stage) => {
      const seat = await stage.colleague();
      await stage.sql("UPDATE officer SET valid_from = now() + interval '1 hour' WHERE kid = $1", [seat.key.kid]);
      return stage.alert({}, { seat });
    },
  ),
  refusedStatement('ROLE_NOT_ALLOWED', 'an analyst’s signature', 'raiseAlert', ['header', 'kid'], async (stage) =>
    stage.alert({}, { seat: await stage.colleague('analyst') }),
  ),
  refusedStatement('ISSUER_MISMATCH', 'another member’s statement', 'raiseAlert', ['iss'], async (stage) => {
    const seat = await certify(stage.hub, await stage.member(), 'desk', 'case-worker');
    return signRaised(caseContent(), { seat, audience: stage.hub.identity.audience, jti: stage.jti() });
  }),
];
