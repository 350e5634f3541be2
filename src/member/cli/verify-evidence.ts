import { type Json } from '../../protocol/index.js';
import {
  filesOfBundle,
  readBundleForm,
  readFaultEvidence,
  verifyBundle,
  type FaultKind,
} from '../../protocol/transparency/index.js';
import { PUBLISHED_FORMAT } from '../../protocol/publication/index.js';
import { readGivenFile } from '../files/evidence-file.js';
import { assertFilesFollow, BUNDLE_FILE, readEvidenceFolder } from '../files/evidence-folder.js';
import { MemberError } from '../member-error.js';
import { offlineAccord, offlineLog, type AccordOptions } from './accord-option.js';
import { provenFacts } from './proven-text.js';
import type { Session } from './session.js';
import { facts } from './table.js';
import { verifyPublished } from './verify-publication.js';
import { join } from 'node:path';

/** Checks a bundle in a folder, and that each of the files says what the bundle says. */
export async function verifyFolder(session: Session, folder: string, options: AccordOptions): Promise<void> {
  const given = await readGivenFile(join(folder, BUNDLE_FILE), BUNDLE_FILE);
  if (given.kind !== 'json') throw noEvidence();
  const trusted = await offlineAccord(session, options);
  const proven = await verifyBundle(given.fields, trusted);
  const files = await readEvidenceFolder(folder);
  assertFilesFollow(files, await filesOfBundle(readBundleForm(given.fields), trusted));
  session.print.result({ verifies: true, ...proven, files: files.size }, () =>
    facts([['verifies', `yes, with all ${files.size} files`], ...provenFacts(proven)]),
  );
}

/** Checks a bundle, or evidence against the hub, from one JSON document. */
export async function verifyDocument(
  session: Session,
  fields: { readonly [key: string]: Json },
  options: AccordOptions,
): Promise<void> {
  if (fields['format'] === PUBLISHED_FORMAT) return verifyPublished(session, fields, options);
  if (fields['format'] !== undefined) {
    const proven = await verifyBundle(fields, await offlineAccord(session, options));
    session.print.result({ verifies: true, ...proven }, () => facts([['verifies', 'yes'], ...provenFacts(proven)]));
    return;
  }
  if (fields['kind'] === undefined) throw noEvidence();
  const log = await offlineLog(session, options);
  const kind = await readFaultEvidence(fields, log);
  session.print.result({ verifies: true, kind, audience: log.audience }, () =>
    facts([
      ['verifies', 'yes'],
      ['log', log.audience],
      ['shows', `${kind}: ${SHOWN[kind]}`],
    ]),
  );
}

const SHOWN: Readonly<Record<FaultKind, string>> = {
  SPLIT_VIEW: 'the hub signed two logs of one size that hold different things.',
  ROLLED_BACK: 'the hub signed a log, and later a smaller one.',
  RECEIPT_BROKEN: 'the hub signed a receipt, and a log that holds something else in this place.',
  OVERDUE: 'the hub signed a receipt, and more than a day later a log that does not reach so far.',
};

function noEvidence(): MemberError {
  return new MemberError(
    'BAD_INPUT',
    'This is neither a statement, a receipt, a bundle, a publication, nor evidence against a hub.',
    'Give a file as the hub or "symbolon evidence" made it.',
    ['file'],
  );
}
