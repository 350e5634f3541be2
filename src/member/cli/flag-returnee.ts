import { Option, type Command } from 'commander';
import { Outbox } from '../outbox.js';
import { isPassing } from '../send-outbox.js';
import { example, list, type Run } from './command.js';
import { CONSENT_SCOPES, contentFromOptions, inScheme, type ContentOptions } from './content-options.js';
import { EXIT_CODES, exitCodeOf } from './exit-codes.js';
import { addHandlingOptions, type HandlingOptions } from './handling-options.js';
import { addIdentityOption, assertLinkageConsent, givenIdentity, type IdentityOptions } from './identity-option.js';
import { asJson, isWaiting, sendAll, sentence } from './outbox.js';

const FOLLOW_UPS = ['wanted', 'not-wanted', 'not-asked'] as const;
const ON_MATCH = ['contact-sender-first', 'offer-assistance', 'do-not-contact-person'] as const;

interface FlagOptions extends HandlingOptions, IdentityOptions {
  readonly from: string;
  readonly on: string;
  readonly manner: string;
  readonly consent?: readonly string[];
  readonly followUp: (typeof FOLLOW_UPS)[number];
  readonly onMatch: (typeof ON_MATCH)[number];
  readonly expires?: string;
  readonly ageBand?: string;
  readonly gender?: string;
  readonly citizenship?: readonly string[];
  readonly origin?: readonly string[];
  readonly present?: readonly string[];
  readonly later?: boolean;
}

/** `symbolon flag-returnee`: that a person came back, so that it is recognised when it is exploited again. Works while the line is down. */
export function addFlagReturnee(program: Command, run: Run): void {
  const flag = program
    .command('flag-returnee')
    .description(
      'flag that a person came back, with tokens of its identity; queued and sealed first, sent when the line is up',
    )
    .requiredOption('--from <country>', 'from where, such as NL')
    .requiredOption('--on <month>', 'when, 2026-05')
    .requiredOption('--manner <manner>', 'a concept of the scheme return, such as return/assisted-voluntary')
    .addOption(
      list('--consent <scopes>', `what the person agreed to: ${CONSENT_SCOPES.join(', ')}`).makeOptionMandatory(),
    )
    .addOption(
      new Option('--follow-up <wish>', 'whether the person wishes to be asked later how it goes')
        .choices(FOLLOW_UPS)
        .default('not-asked'),
    )
    .addOption(
      new Option('--on-match <request>', 'what the person asks of whoever recognises it')
        .choices(ON_MATCH)
        .default('contact-sender-first'),
    )
    .option('--age-band <band>', 'age, such as 18-20 or minor')
    .option('--gender <gender>', 'such as woman')
    .addOption(list('--citizenship <countries>', 'citizenships, two letters each'))
    .addOption(list('--origin <countries>', 'countries of origin'))
    .addOption(list('--present <concepts>', 'concepts known to be present, such as means/deception'))
    .option('--expires <date>', 'last day of retention (default: the longest that the kind allows)')
    .option('--later', 'only queue it; "symbolon outbox send" sends it');
  addIdentityOption(addHandlingOptions(flag)).action(
    run(async (session, options: FlagOptions) => {
      const seat = await session.seat();
      const purpose = session.purpose();
      const plain = await contentFromOptions(contentOptionsOf(options), purpose, await session.hub());
      const content = {
        ...plain,
        return: {
          ...{ manner: inScheme('return', options.manner), from: options.from, on: options.on },
          ...{ followUp: options.followUp, onMatch: options.onMatch },
        },
      };
      if (options.identity !== undefined) assertLinkageConsent(content);
      const given = await givenIdentity(session, options);
      const outbox = await Outbox.open(session.store, seat);
      const queued = await outbox.queue({ content, identity: given?.identity ?? null }, purpose);
      const outcomes = options.later ? null : await sendAll(session, outbox, [queued], options);
      const outcome = outcomes?.[0] ?? { entry: queued, problem: null };
      const waiting = (await outbox.list()).filter(isWaiting).length;
      session.print.result({ ...asJson(outcome), waiting }, () =>
        [sentence(outcome.entry, outcome.problem), ...(waiting > 0 ? [`Queued; ${waiting} waiting.`] : [])].join('\n'),
      );
      const { problem } = outcome;
      return problem === null || isPassing(problem) ? EXIT_CODES.done.code : exitCodeOf(problem);
    }),
  );
  example(
    flag,
    'symbolon flag-returnee --identity person.json --from NL --on 2026-05 --manner return/assisted-voluntary \\',
    '    --consent alert,linkage --on-match contact-sender-first --to NL,AL --purpose protection',
  );
}

/** The flag as the content options of an alert: no national codes, so that no hub is asked. */
function contentOptionsOf(options: FlagOptions): ContentOptions {
  const { ageBand, gender, citizenship, origin, present, expires, consent } = options;
  const { to, shareFor, handling, evaluation } = options;
  return {
    ...{ kind: 'returnee', ground: 'consent', return: options.manner, returnFrom: options.from, returnOn: options.on },
    ...{ handling, evaluation },
    ...(to ? { to } : {}),
    ...(shareFor ? { shareFor } : {}),
    ...(consent ? { consent } : {}),
    ...(ageBand === undefined ? {} : { ageBand, ageAsOf: 'registration' as const }),
    ...(gender === undefined ? {} : { gender }),
    ...(citizenship ? { citizenship } : {}),
    ...(origin ? { origin } : {}),
    ...(present ? { present } : {}),
    ...(expires === undefined ? {} : { expires }),
  };
}
