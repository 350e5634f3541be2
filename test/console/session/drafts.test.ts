import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { Draft } from '../../../src/console/session/drafts.js';
import type { Session } from '../../../src/console/session/session.js';
import { Vault } from '../../../src/member/index.js';

/** A vault in which each sealing takes less time than the one before it. */
class HurryingVault extends Vault {
  private wait = 60;

  override async seal(text: string, place: string): Promise<string> {
    this.wait -= 20;
    await pause(Math.max(0, this.wait));
    return super.seal(text, place);
  }
}

function drafting(): { readonly draft: Draft<string>; readonly papers: Map<string, string> } {
  const papers = new Map<string, string>();
  const vault = new HurryingVault({ kind: 'key', key: new Uint8Array(32).fill(7) });
  const place = {
    vault: () => Promise.resolve(vault),
    read: (name: string) => Promise.resolve(papers.get(name) ?? null),
    write: (name: string, text: string) => Promise.resolve(void papers.set(name, text)),
    remove: (name: string) => Promise.resolve(void papers.delete(name)),
  };
  const seat = { member: 'al-shtegu', officer: 'desk-1' };
  return { draft: new Draft<string>({ place, seat } as unknown as Session, 'flag'), papers }; // what a draft needs of a session
}

describe('a draft', () => {
  it('is what was written last, however long the sealing of what came before takes', async () => {
    const { draft } = drafting();
    await Promise.all(['Z', 'Zd', 'Zdr'].map((text) => draft.save(text)));
    expect(await draft.load()).toBe('Zdr');
  });

  it('does not come back when it is thrown away while it is still being sealed', async () => {
    const { draft, papers } = drafting();
    await Promise.all([draft.save('Zdr'), draft.remove()]);
    await pause(100);
    expect(papers.size).toBe(0);
  });

  it('lies sealed in the browser', async () => {
    const { draft, papers } = drafting();
    await draft.save('Zdr');
    expect(await draft.load()).toBe('Zdr');
    expect([...papers.values()].join()).not.toContain('Zdr');
  });
});
