import type { Command } from 'commander';
import { example, type Run } from './command.js';
import { addContentOptions, contentFromFile, contentFromOptions, type ContentOptions } from './content-options.js';
import { printAccepted } from './raise.js';

interface UpdateOptions extends ContentOptions {
  readonly file?: string;
}

/** `symbolon update`: replaces the content of an alert of one's own. */
export function addUpdate(program: Command, run: Run): void {
  const update = program
    .command('update')
    .argument('<alert>', 'id of the alert')
    .description('replace the whole content of an alert of your own')
    .option('--file <file>', 'new content as JSON; else it is made from the options');
  addContentOptions(update).action(
    run(async (session, alert: string, options: UpdateOptions) => {
      const client = await session.connect();
      const content =
        options.file === undefined
          ? await contentFromOptions(options, session.purpose(), await session.hub())
          : await contentFromFile(options.file);
      printAccepted(session, await client.update(alert, content));
    }),
  );
  example(update, 'symbolon update alert:5c9a0f6e-1b7d-8e2a-9c41-07d3b1f2a6e8 --file alert.json --purpose protection');
}
