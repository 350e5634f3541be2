import type { PermissionAcceptedAnswer, PermissionAnswer } from '../documents/obligations.js';
import { codeWord } from './obligation-session.js';
import type { Session } from './session.js';
import { facts } from './table.js';

/** To whom it would go, or goes. */
export function destinationOf({ toMember, toCountry }: PermissionAnswer): string {
  return toMember?.code ?? toCountry ?? '';
}

/** Prints a permission as it stands after a statement about it. */
export function printPermission(session: Session, accepted: PermissionAcceptedAnswer): void {
  session.print.result(accepted, ({ permission, receivedAt, jti }) =>
    facts([
      ['permission', permission.id],
      ['alert', permission.alertId],
      ['asked by', permission.asker.code],
      ['of', permission.provider.code],
      ['use', `${codeWord(permission.use)}, for ${codeWord(permission.purpose)}, to ${destinationOf(permission)}`],
      ['stands', codeWord(permission.state)],
      ['until', permission.until],
      ['reason', permission.reason && codeWord(permission.reason)],
      ['accepted', receivedAt],
      ['statement', jti],
    ]),
  );
}
