import type { Command } from 'commander';
import type { Run } from './command.js';
import { addSubjectErase } from './subject-erase.js';
import { addSubjectExport } from './subject-export.js';

/** `symbolon subject`: what a person asks of the member that knows it; the hub knows nobody. */
export function addSubject(program: Command, run: Run): void {
  const subject = program
    .command('subject')
    .description('a person’s right of access and of erasure, by the alerts that you raised about it');
  addSubjectExport(subject, run);
  addSubjectErase(subject, run);
}
