import type { Json } from '../../protocol/index.js';
import { PRIVACY_DELTA, rhoText } from '../../protocol/privacy/index.js';
import { type ProvenPublication, verifyPublication } from '../../protocol/publication/index.js';
import { readGivenFile } from '../files/evidence-file.js';
import { MemberError } from '../member-error.js';
import { type AccordOptions, offlineLog } from './accord-option.js';
import { entries, instantOf } from './log-session.js';
import type { Session } from './session.js';
import { facts } from './table.js';

/** Checks a publication from a file, as it was fetched. */
export async function verifyPublicationFile(session: Session, file: string, options: AccordOptions): Promise<void> {
  const given = await readGivenFile(file, 'publication');
  if (given.kind !== 'json')
    throw new MemberError('BAD_INPUT', 'This is no publication.', 'Give a file as <hub>/publications/<hash> has it.', [
      'file',
    ]);
  await verifyPublished(session, given.fields, options);
}

/** Checks a publication without the hub, and says what that proves and what not. */
export async function verifyPublished(
  session: Session,
  fields: { readonly [key: string]: Json },
  options: AccordOptions,
): Promise<void> {
  const log = await offlineLog(session, options);
  const proven = await verifyPublication(fields, log);
  const says = {
    proves: provesOf(proven, log.audience),
    doesNotProve: [...DOES_NOT_PROVE, ...(proven.noise === null ? [] : NOISE_DOES_NOT_PROVE)],
  };
  session.print.result({ verifies: true, audience: log.audience, ...proven, ...says }, () => provenText(proven, says));
}

function provesOf(
  { publisher, index, receivedAt, head, noise }: ProvenPublication,
  audience: string,
): readonly string[] {
  return [
    `The hub of ${audience}, by the key that this was checked against, signed exactly this document, and that ${publisher} asked for it. Whoever has another one under this hash has one that was changed.`,
    `It stands in the log as entry ${index} since ${receivedAt}, under the head of ${entries(head.size)} of ${instantOf(head.issuedAt)}. To take it back or change it, the hub would have to sign a second history, which members who keep its heads find.`,
    ...(noise === null
      ? []
      : [
          `What it states of its noise follows from its cost of rho ${rhoText(noise.rhoMicro)} (epsilon ${noise.epsilonMilli / 1000} at delta ${PRIVACY_DELTA}) and from the bounds that it names: numbers are off by up to ${noise.tables.map(({ halfWidth95 }) => halfWidth95).join(', ')} in 95 of 100 cells, table by table.`,
        ]),
  ];
}

const NOISE_DOES_NOT_PROVE: readonly string[] = [
  'That the hub drew the noise as it says, and kept to the bounds when it counted: that is its word.',
  'That the budget was kept: add up the costs in the hub’s list of publications.',
];

const DOES_NOT_PROVE: readonly string[] = [
  'That the numbers are right: they are what the hub counted, of what members told it.',
  'That it was not corrected since: look whether the hub’s list of publications names another one that takes its place.',
  'That everybody sees the same log: compare its head with what members of the accord witnessed ("symbolon witness --against FILE").',
  'That the publisher asked for it, beyond the word of the hub: it can show the statement that it signed, whose hash is in the document as “asked”.',
];

function provenText(
  { hash, title, publisher, publishedAt, asOf, tables, replaces, index, head }: ProvenPublication,
  says: { readonly proves: readonly string[]; readonly doesNotProve: readonly string[] },
): string {
  return [
    facts([
      ['verifies', 'yes'],
      ['hash', hash],
      ['title', title],
      ['published', `${publishedAt} for ${publisher}`],
      ['as of', asOf ?? 'nothing was counted yet'],
      ['tables', tables],
      ['replaces', replaces],
      ['in the log', `entry ${index}, under the head of ${entries(head.size)}`],
    ]),
    ['This proves:', ...says.proves.map((one) => `- ${one}`)].join('\n'),
    ['It does not prove:', ...says.doesNotProve.map((one) => `- ${one}`)].join('\n'),
  ].join('\n\n');
}
