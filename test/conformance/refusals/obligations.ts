import { MemberTurns } from '../../../src/alerts/index.js';
import { MOST_IN_LINE } from '../../../src/alerts/member-turns.js';
import {
  type AlertContent,
  EVENTS,
  type ObligationBodies,
  permissionIdOf,
  signStatement,
} from '../../../src/protocol/index.js';
import { asJson, caseContent, certify, connect, seconds } from '../../support/organisation.js';
import { inEvent, type Provocation, refusedStatement } from './provocation.js';
import type { Stage } from './stage.js';

/** Refusals of answers to obligations and of what goes on about permissions. */
export const OBLIGATIONS: readonly Provocation[] = [
  refusedStatement('WRITES_UNDER_WAY', 'one more than may wait in line', 'eraseSubject', [], async (stage) => {
    const alert = await stage.raise(await stage.alert());
    const turns = stage.hub.app.get(MemberTurns);
    const answered = stage.untilAnswered();
    for (let i = 0; i < MOST_IN_LINE; i++) void turns.take(stage.desk.member, () => answered);
    return sign(stage, 'subjectErased', { alert, because: 'access-request' });
  }),
  refusedStatement(
    'NOT_FOUND',
    'erasing an alert of somebody else',
    'eraseSubject',
    inEvent('subjectErased', 'alert'),
    async (stage) =>
      sign(stage, 'subjectErased', { alert: (await given(stage, 'H0')).alert, because: 'access-request' }),
  ),
  refusedStatement(
    'SCHEMA_INVALID',
    'erasing on a ground of one’s own',
    'eraseSubject',
    inEvent('subjectErased', 'because'),
    async (stage) => sign(stage, 'subjectErased', { alert: (await given(stage, 'H0')).alert, because: 'she asked' }),
  ),
  refusedStatement(
    'OBLIGATION_ANSWERED',
    'keeping what one signed to have erased',
    'stateRetained',
    inEvent('alertRetained', 'alert'),
    async (stage) => {
      const { alert, sender } = await given(stage, 'H0');
      await stage.ask('query ($id: ID!) { alert(id: $id) { id } }', { id: alert });
      await sender.withdraw(alert, 'raised-in-error');
      await stage.submitted('stateErased', await sign(stage, 'alertErased', { alert }));
      return sign(stage, 'alertRetained', { alert, because: 'court-order' });
    },
  ),
  refusedStatement(
    'PERMISSION_NOT_APPLICABLE',
    'asking what the handling code leaves free',
    'askPermission',
    inEvent('permissionAsked', 'alert'),
    async (stage) => sign(stage, 'permissionAsked', request((await given(stage, 'H0')).alert)),
  ),
  refusedStatement(
    'PERMISSION_CLOSED',
    'giving what one refused',
    'givePermission',
    inEvent('permissionGiven', 'permission'),
    async (stage) => {
      const handling = {
        purposes: ['protection' as const],
        audience: { everyone: true as const },
        code: 'H2' as const,
      };
      const alert = await stage.raise(await stage.alert({ handling }));
      const { seat } = await others(stage);
      const jti = stage.jti();
      const claims = { issuer: seat.member, audience: stage.hub.identity.audience, issuedAt: seconds(), jti };
      const body = asJson(request(alert));
      const statement = await signStatement({ ...claims, event: EVENTS.permissionAsked, body }, seat.key);
      const client = await connect(stage.hub, seat, 'protection');
      await client.query('mutation ($s: SignedStatement!) { askPermission(statement: $s) { __typename } }', {
        s: statement,
      });
      const permission = permissionIdOf(seat.member, jti);
      await stage.submitted(
        'refusePermission',
        await sign(stage, 'permissionRefused', { permission, reason: 'safety' }),
      );
      const until = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
      return sign(stage, 'permissionGiven', { permission, until });
    },
  ),
];

function request(alert: string): object {
  return { alert, use: 'evidence', purpose: 'protection', to: { country: 'DE' } };
}

/** An alert of somebody else that the desk may read. */
async function given(stage: Stage, code: AlertContent['handling']['code']) {
  const { sender } = await others(stage);
  const handling = { purposes: ['protection' as const], audience: { everyone: true as const }, code };
  const { alertId } = await sender.raise(caseContent({ handling }));
  return { alert: alertId, sender };
}

/** A liaison officer of Romania. */
async function others(stage: Stage) {
  const { ro } = stage.founders;
  const seat = ro.seats.get('other') ?? (await certify(stage.hub, ro, 'other', 'liaison'));
  return { seat, sender: await connect(stage.hub, seat, 'protection') };
}

function sign(stage: Stage, event: keyof ObligationBodies, body: object): Promise<string> {
  const { audience } = stage.hub.identity;
  const claims = { issuer: stage.desk.member, audience, event: EVENTS[event], body: asJson(body), issuedAt: seconds() };
  return signStatement({ ...claims, jti: stage.jti() }, stage.desk.key);
}
