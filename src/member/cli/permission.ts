import type { Command } from 'commander';
import type { Run } from './command.js';
import { addPermissionAnswers } from './permission-answers.js';
import { addPermissionAsk } from './permission-ask.js';
import { addPermissionList } from './permission-list.js';

/** `symbolon permission`: what a recipient may do with an alert only when its sender permits it. */
export function addPermission(program: Command, run: Run): void {
  const permission = program
    .command('permission')
    .description('onward use of an alert under the handling codes H1 and H2: ask its sender, give, refuse');
  for (const add of [addPermissionAsk, addPermissionAnswers, addPermissionList]) add(permission, run);
}
