import { renameSync, writeFileSync } from 'node:fs';
import type { INestApplicationContext } from '@nestjs/common';
import { Database } from '../database/index.js';
import { HUB_IDENTITY, type HubIdentity } from '../identity/index.js';
import { MemberDirectory, type MemberView } from '../membership/index.js';

/** How often it is looked whether membership changed, milliseconds. */
const LOOK_MS = 1000;

/** The member list in a file, as `symbolon members --save` writes it, rewritten when a membership statement was taken in, on whichever node. */
export class MemberListFile {
  private written: string | null = null;
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly app: INestApplicationContext,
    private readonly path: string,
    private readonly say: (line: string) => void,
  ) {}

  /** Writes it now, and whenever it changes until `stop`. */
  async keep(): Promise<void> {
    await this.write();
    const look = async (): Promise<void> => {
      // The next look is what remains when the database is away.
      await this.write().catch(() => {
        this.say('The member list of the custodians could not be read; the one of before stays.');
      });
      if (this.timer) this.timer = setTimeout(() => void look(), LOOK_MS).unref();
    };
    this.timer = setTimeout(() => void look(), LOOK_MS).unref();
  }

  stop(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
  }

  private async write(): Promise<void> {
    const database = this.app.get(Database);
    // What comes in between is seen at the next look.
    const [last] = await database.query<{ at: string | null }>(
      'SELECT max(position)::text AS at FROM membership_statement',
    );
    const at = last?.at ?? '0';
    if (at === this.written) return;
    const codes = await database.query<{ code: string }>('SELECT code FROM member ORDER BY code');
    const views = await this.app.get(MemberDirectory).views(
      codes.map(({ code }) => code),
      null,
    );
    const members = await Promise.all([...views.values()].map(plain));
    const { audience } = this.app.get<HubIdentity>(HUB_IDENTITY);
    writeFileSync(`${this.path}.draft`, `${JSON.stringify({ audience, members }, null, 2)}\n`, { mode: 0o600 });
    renameSync(`${this.path}.draft`, this.path);
    this.written = at;
  }
}

async function plain(view: MemberView): Promise<object> {
  const { code, name, kind, country, mandate, state, keys, statements } = view;
  const [named, ofKind, from, purposes, standing, has, said] = await Promise.all([
    ...[name(), kind(), country()],
    ...[mandate(), state(), keys(), statements()],
  ]);
  return {
    code,
    name: named,
    kind: ofKind,
    country: from,
    mandate: purposes,
    state: standing,
    keys: has,
    statements: said,
  };
}
