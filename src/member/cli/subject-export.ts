import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { MemberError } from '../member-error.js';
import { hasCode } from '../files/secret-file.js';
import { exportSubject } from '../files/subject-export.js';
import { example, type Run } from './command.js';
import { subjectText } from './subject-text.js';

/** `symbolon subject export`: everything that is held about a person's alerts. */
export function addSubjectExport(subject: Command, run: Run): void {
  const exporting = subject
    .command('export')
    .argument('<alerts...>', 'ids of your alerts about the person')
    .description(
      'everything that hub and this folder hold about these alerts, as far as you may see it: statements, places in the log, who read them, links, what recipients owe',
    )
    .option(
      '--out <file>',
      'a new JSON file for it, and beside it the same to read, FILE.txt; both hold what the alerts say',
    )
    .action(
      run(async (session, alerts: readonly string[], { out }: { readonly out?: string }) => {
        const client = await session.connect();
        const exported = await exportSubject(client, session.store, [...new Set(alerts)]);
        if (out === undefined) {
          session.print.result(exported, subjectText);
          return;
        }
        await writeNew(out, `${JSON.stringify(exported, null, 2)}\n`);
        await writeNew(`${out}.txt`, `${subjectText(exported)}\n`);
        session.print.result({ files: [out, `${out}.txt`] }, () => `Written: ${out} and ${out}.txt`);
        session.print.note('They say in the clear what the alerts say. Give them to the person, and erase them here.');
      }),
    );
  example(
    exporting,
    'symbolon subject export alert:5c9a0f6e-1b7d-8e2a-9c41-07d3b1f2a6e8 --out person.json --purpose protection',
  );
}

async function writeNew(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
    throw new MemberError('BAD_INPUT', 'There is a file of that name already.', 'Name a new one with --out.', [
      '--out',
    ]);
  }
}
