import { Option, type Command } from 'commander';
import { PERMISSION_REFUSAL_REASONS, type PermissionRefusalReason } from '../../protocol/obligation/index.js';
import { example, type Run } from './command.js';
import { sayAboutObligation } from './obligation-session.js';
import { printPermission } from './permission-text.js';

const ID = 'permission:5c9a0f6e-1b7d-8e2a-9c41-07d3b1f2a6e8';

/** `symbolon permission give` and `refuse`: what the sender of an alert says to a request. */
export function addPermissionAnswers(permission: Command, run: Run): void {
  const give = permission
    .command('give')
    .argument('<permission>', 'id of the request')
    .description('permit what a recipient of an alert of yours asked')
    .requiredOption('--until <day>', 'the last day, such as 2027-03-31; at most the alert’s own')
    .action(
      run(async (session, id: string, { until }: { readonly until: string }) => {
        const client = await session.connect();
        printPermission(session, await sayAboutObligation(client, 'permissionGiven', { permission: id, until }));
      }),
    );
  example(give, `symbolon permission give ${ID} --until 2027-03-31 --purpose protection`);

  const refuse = permission
    .command('refuse')
    .argument('<permission>', 'id of the request')
    .description('refuse what a recipient of an alert of yours asked, or take a permission back')
    .addOption(new Option('--reason <reason>', 'why').choices(PERMISSION_REFUSAL_REASONS).makeOptionMandatory())
    .action(
      run(async (session, id: string, { reason }: { readonly reason: PermissionRefusalReason }) => {
        const client = await session.connect();
        printPermission(session, await sayAboutObligation(client, 'permissionRefused', { permission: id, reason }));
      }),
    );
  example(refuse, `symbolon permission refuse ${ID} --reason no-consent --purpose protection`);
}
