import { Option, type Command } from 'commander';
import { RETENTION_GROUNDS, type RetentionGround } from '../../protocol/obligation/index.js';
import { example, type Run } from './command.js';
import { codeWord, sayAboutObligation } from './obligation-session.js';
import { facts } from './table.js';

/** `symbolon retained`: signs that the member keeps what it holds of an alert, and on what ground. */
export function addRetained(program: Command, run: Run): void {
  const retained = program
    .command('retained')
    .argument('<alert>', 'id of the alert')
    .description(
      'sign that your organisation keeps what it holds of an alert that ended, and on what legal ground; the sender sees it, and you may sign later that it was erased',
    )
    .addOption(
      new Option('--because <code>', 'the ground (PROTOCOL.md W4)').choices(RETENTION_GROUNDS).makeOptionMandatory(),
    )
    .action(
      run(async (session, alert: string, { because }: { readonly because: RetentionGround }) => {
        const accepted = await sayAboutObligation(await session.connect(), 'alertRetained', { alert, because });
        session.print.result(accepted, ({ obligations, receivedAt, jti }) =>
          facts([
            ['signed as kept', alert],
            ['because', because],
            ['owed to', obligations.map(({ creditor }) => creditor.code).join(', ')],
            ['stands', obligations.map(({ state }) => codeWord(state)).join(', ')],
            ['accepted', receivedAt],
            ['statement', jti],
          ]),
        );
      }),
    );
  example(
    retained,
    'symbolon retained alert:5c9a0f6e-1b7d-8e2a-9c41-07d3b1f2a6e8 --because ongoing-proceedings --purpose prosecution',
  );
}
