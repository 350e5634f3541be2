import { Option, type Command } from 'commander';
import { ONWARD_USES, PURPOSES, type OnwardUse, type Purpose } from '../../protocol/index.js';
import { MemberError } from '../member-error.js';
import { example, type Run } from './command.js';
import { sayAboutObligation } from './obligation-session.js';
import { printPermission } from './permission-text.js';

interface AskOptions {
  readonly use: OnwardUse;
  readonly for?: Purpose;
  readonly to: string;
}

/** `symbolon permission ask`: asks an alert's sender for onward use. */
export function addPermissionAsk(permission: Command, run: Run): void {
  const ask = permission
    .command('ask')
    .argument('<alert>', 'id of the alert')
    .description('ask the sender of an alert that you may read: to use it as evidence (H1, H2) or to pass it on (H2)')
    .addOption(new Option('--use <use>', 'what for').choices(ONWARD_USES).makeOptionMandatory())
    .addOption(new Option('--for <purpose>', 'for which purpose; that of --purpose when left out').choices(PURPOSES))
    .requiredOption('--to <country or member>', 'to whom it would go: a country (NL), or a member (nl-baken)')
    .action(
      run(async (session, alert: string, options: AskOptions) => {
        const body = {
          ...{ alert, use: options.use, purpose: options.for ?? session.purpose() },
          to: destination(options.to),
        };
        printPermission(session, await sayAboutObligation(await session.connect(), 'permissionAsked', body));
      }),
    );
  example(
    ask,
    'symbolon permission ask alert:5c9a0f6e-1b7d-8e2a-9c41-07d3b1f2a6e8 --use evidence --to NL --purpose prosecution',
    'symbolon permission ask alert:5c9a0f6e-1b7d-8e2a-9c41-07d3b1f2a6e8 --use pass-on --to de-lotse --purpose protection',
  );
}

function destination(to: string): { member: string } | { country: string } {
  if (/^[A-Z]{2}$/.test(to)) return { country: to };
  if (/^[a-z]{2}-[a-z0-9]+(-[a-z0-9]+)*$/.test(to)) return { member: to };
  throw new MemberError('BAD_INPUT', '--to does not say to whom.', 'It takes a country (NL) or a member (nl-baken).', [
    'to',
  ]);
}
