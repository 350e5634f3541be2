import type { Command } from 'commander';
import { alertIdOf, randomJti, type AlertContent } from '../../protocol/index.js';
import { asRefusal, type AcceptedAnswer, type RefusedAnswer } from '../documents/alert-submission.js';
import { PREVIEW_AUDIENCE, type AudienceAnswer } from '../documents/alerts.js';
import type { MemberClient } from '../member-client.js';
import { example, type Run } from './command.js';
import { addContentOptions, contentFromFile, contentFromOptions, type ContentOptions } from './content-options.js';
import {
  addIdentityOption,
  assertLinkageConsent,
  givenIdentity,
  tokensFor,
  type IdentityOptions,
} from './identity-option.js';
import type { Session } from './session.js';
import { facts, table } from './table.js';

interface RaiseOptions extends ContentOptions, IdentityOptions {
  readonly preview?: boolean;
  readonly jti?: string;
}

/** `symbolon raise`: signs and raises an alert, or shows who would see it. */
export function addRaise(program: Command, run: Run): void {
  const raise = program
    .command('raise')
    .argument('[file]', 'content of the alert as JSON; else it is made from the options')
    .description('sign and raise an alert')
    .option('--preview', 'show who would see it, where and until when, and send nothing')
    .option('--jti <id>', 'id of the statement; the same one again raises nothing twice');
  addIdentityOption(addContentOptions(raise)).action(
    run(async (session, file: string | undefined, options: RaiseOptions) => {
      const client = await session.connect();
      const content =
        file === undefined
          ? await contentFromOptions(options, session.purpose(), await session.hub())
          : await contentFromFile(file);
      if (options.preview) return preview(session, client, content);
      printAccepted(session, await raiseWithTokens(session, client, content, options));
      return 0;
    }),
  );
  example(
    raise,
    'symbolon raise --present act/recruitment,means/deception,purpose/forced-labour --origin AL --exploitation NL \\',
    '    --age-band 18-20 --to NL,BE --purpose protection --preview',
    'symbolon raise alert.json --identity person.json --purpose protection',
  );
}

async function raiseWithTokens(
  session: Session,
  client: MemberClient,
  content: AlertContent,
  options: RaiseOptions,
): Promise<AcceptedAnswer> {
  if (options.identity === undefined) return client.raise(content, options.jti);
  assertLinkageConsent(content);
  const given = await givenIdentity(session, options);
  if (!given) return client.raise(content, options.jti);
  const { seat } = client;
  const jti = options.jti ?? randomJti();
  const order = { identity: given.identity, seat, alert: alertIdOf(seat.member, jti), purpose: session.purpose() };
  const made = await tokensFor(session, order, options);
  return made.kind === 'none'
    ? client.raise(content, jti)
    : client.raise({ ...content, linkage: made.linkage }, jti, made.disclosure);
}

/** What the hub said to a statement that it took in. */
export function printAccepted(session: Session, accepted: AcceptedAnswer): void {
  session.print.result(accepted, (answer) =>
    facts([
      ['accepted', answer.alertId],
      ['received', answer.receivedAt],
      ['statement', answer.jti],
      ['hash', answer.payloadHash],
      ['note', answer.repeated ? 'the very same statement had been accepted before' : null],
    ]),
  );
}

async function preview(session: Session, client: MemberClient, content: AlertContent): Promise<number> {
  const statement = await client.signRaise(content);
  const { result } = await client.query<{ result: AudienceAnswer | RefusedAnswer }>(PREVIEW_AUDIENCE, { statement });
  if (result.__typename === 'Refused') throw asRefusal(result);
  session.print.result(result, ({ total, until, countries }) =>
    [
      table(
        ['country', 'member', 'name', 'kind'],
        countries.flatMap(({ country, members }) =>
          members.map((member) => [country, member.code, member.name, member.kind.toLowerCase().replaceAll('_', '-')]),
        ),
      ),
      `${total === 1 ? 'One member' : `${total} members`} would see it until ${until.slice(0, 10)}. Nothing was sent.`,
    ].join('\n'),
  );
  const [problem] = result.problems;
  if (problem) throw asRefusal({ __typename: 'Refused', ...problem });
  return 0;
}
