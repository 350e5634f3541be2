import { Inject, Injectable } from '@nestjs/common';
import { HUB_IDENTITY, type HubIdentity } from '../../identity/index.js';
import { PUBLISHED_FORMAT } from '../../protocol/publication/index.js';
import { writeInclusionProof } from '../../protocol/transparency/index.js';
import { LogProofs } from '../../transparency/index.js';
import { KeptTexts } from './kept-texts.js';
import { PublicationPresenter } from './publication-presenter.js';
import { PublicationRegister } from './publication-register.js';
import type { PublicationRow } from './publication-row.js';
import { ReadingTurns } from './reading-turns.js';

const LISTED = 100;
/** How many readers look into the database at once, each for milliseconds, and how many wait for it: the other connections of the pool are for members. */
const LOOKING_AT_ONCE = 2;
const MOST_WAITING = 100;

/** A publication with all that it is verified by, as it is fetched: always the same bytes. */
export interface PublishedFile {
  /** Says the same whenever the bytes are the same. */
  readonly tag: string;
  /** Where the publication is that took its place; null when none did. */
  readonly replacedBy: string | null;
  /** UTF-8. Throws `NoTurnLeft` when as many are made as may. */
  readonly text: () => Promise<Buffer>;
}

/** Makes what anybody fetches, and takes no more of the database for it than it may, however many ask. Throws `NoTurnLeft` when too many do. */
@Injectable()
export class PublishedFiles {
  private readonly looks = new ReadingTurns(LOOKING_AT_ONCE, MOST_WAITING);
  private readonly texts = new KeptTexts();

  constructor(
    @Inject(HUB_IDENTITY) private readonly hub: HubIdentity,
    private readonly register: PublicationRegister,
    private readonly presenter: PublicationPresenter,
    private readonly proofs: LogProofs,
  ) {}

  /** By its hash; null when there is none, `not-yet` until a head covers it. */
  async find(hash: string): Promise<PublishedFile | 'not-yet' | null> {
    const row = await this.looks.take(() => this.register.find(hash));
    if (row === null) return null;
    const shown = this.presenter.show(row).replacedBy;
    const replacedBy = shown === null ? null : this.urlOf(shown);
    const kept = this.texts.find(hash);
    if (kept) return { tag: kept.tag, replacedBy, text: () => Promise.resolve(kept.text) };
    const proof = await this.looks.take(() => this.proofs.underFirstHead(Number(row.position) - 1));
    if (proof === null) return 'not-yet';
    const tag = `${hash}-${proof.size}`;
    const make = async () =>
      fileText(row, await this.register.documentOf(row), writeInclusionProof(proof), proof.head.statement);
    return { tag, replacedBy, text: () => this.texts.make(hash, tag, make) };
  }

  /** The latest, or those before one, newest first; null when there is no such one. */
  list(before: string | null) {
    return this.looks.take(() => this.readList(before));
  }

  private async readList(before: string | null) {
    const last = before === null ? null : await this.register.find(before);
    if (before !== null && last === null) return null;
    const after = last?.position ?? null;
    const rows = await this.register.page({ size: LISTED, backward: false }, { after, before: null }, null);
    const shown = rows.slice(0, LISTED).map((row) => this.presenter.show(row));
    const next = rows.length > LISTED ? shown.at(-1)?.hash : undefined;
    return {
      ...{ format: 'symbolon-publications/1', hub: { audience: this.hub.audience, url: this.hub.hubUrl } },
      publications: shown.map(
        ({ hash, title, publisher, publishedAt, asOf, method, rhoMicro, tables, replaces, replacedBy, url }) => ({
          ...{ hash, title, publisher, publishedAt, asOf, method, rhoMicro, tables, replaces, replacedBy, url },
        }),
      ),
      next: next === undefined ? null : `${this.hub.hubUrl}/publications?before=${next}`,
    };
  }

  private urlOf(hash: string): string {
    return `${this.hub.hubUrl}/publications/${hash}`;
  }
}

/** The document stands in it as it was hashed. */
function fileText({ statement, receipt }: PublicationRow, document: string, inclusion: object, head: string): string {
  const rest = JSON.stringify({ statement, receipt, inclusion, head });
  return `{"format":${JSON.stringify(PUBLISHED_FORMAT)},"document":${document},${rest.slice(1)}\n`;
}
