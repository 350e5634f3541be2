import type { Command } from 'commander';
import type { Run } from './command.js';
import { addLinksCompare } from './links-compare.js';
import { addLinksConfirm } from './links-confirm.js';
import { addLinksList } from './links-list.js';
import { addLinksReject } from './links-reject.js';
import { addLinksShow } from './links-show.js';
import { addLinksWithdraw } from './links-withdraw.js';

/** `symbolon links`: that two alerts may be about one person, and what the two holders make of it. */
export function addLinks(program: Command, run: Run): void {
  const links = program
    .command('links')
    .description('suggestions that two alerts are about one person: compare under seal, confirm, reject');
  for (const add of [addLinksList, addLinksShow, addLinksCompare, addLinksConfirm, addLinksReject, addLinksWithdraw])
    add(links, run);
}
