import { MemberClient } from '../member-client.js';
import type { OutboxEntry } from '../outbox.js';
import type { OutboxLine } from '../send-outbox.js';
import { openAgreement, type AgreementChoices } from './agreement-option.js';
import { noteTrouble } from './identity-option.js';
import type { Session } from './session.js';
import { checkContent } from '../files/content-check.js';
import { profileNamed } from '../files/linkage-profile.js';
import { nativeScrypt } from '../files/native-scrypt.js';
import { makeLinkage } from '../make-linkage.js';

/** The hub and the custodians as sending needs them, each asked once in a run, and again when it failed. */
export function outboxLine(session: Session, options: AgreementChoices): OutboxLine {
  const clients = new Map<string, MemberClient>();
  return {
    connect: async ({ purpose }: OutboxEntry) => {
      const known = clients.get(purpose);
      if (known) return known;
      const seat = await session.seat();
      const client = await MemberClient.connect({ ...(await session.address()), seat, purpose, check: checkContent });
      clients.set(purpose, client);
      return client;
    },
    tokens: async (order) => {
      const agreement = await openAgreement(session, options);
      const made = await makeLinkage({ ...order, agreement, profileNamed }, { scrypt: nativeScrypt });
      if (made.kind === 'made')
        noteTrouble(
          session,
          made.epochs.flatMap(({ reports }) => reports),
        );
      return made;
    },
  };
}
