import type { NoisyDataset } from '../../../src/protocol/picture/index.js';
import type {
  AskedTable,
  PrivateMethod,
  PublicationAskedBody,
  PublicationDocument,
} from '../../../src/protocol/publication/index.js';
import { asOwner } from '../../support/database.js';
import { suggestLink } from '../../support/suggestion.js';
import { PictureStage } from '../picture/picture-stage.js';
import { fetched, publish } from '../publication/publication-stage.js';

/** So much rho that a cell hardly ever gets noise (2e^-40, or 2e^-20 where a person counts in two cells), and what is published is what was counted. */
export const WITHOUT_NOISE = 40_000_000;
/** The most that a budget can be. */
export const LARGEST_BUDGET = 1_000_000_000;

/** The numbers of a dataset by the ids of their cells; what is 0 is left out. */
export function numbersOf({ id, size, dimension, value }: NoisyDataset): Readonly<Record<string, number>> {
  const dimensions = dimension as Readonly<Record<string, { category: { index: readonly string[] } }>>; // parsing
  const numbers: Record<string, number> = {};
  for (const [at, number] of value.entries()) {
    if (number === 0) continue;
    let rest = at;
    const names = id
      .map((name, axis) => [dimensions[name]?.category.index ?? [], size[axis] ?? 1] as const)
      .reverse()
      .map(([ids, many]) => {
        const place = rest % many;
        rest = Math.floor(rest / many);
        return ids[place] ?? '';
      });
    numbers[names.reverse().slice(0, -1).join(' ')] = number;
  }
  return numbers;
}

/** What asks for a publication with noise. */
export function askedOf(tables: readonly AskedTable[], method: Partial<PrivateMethod> = {}): PublicationAskedBody {
  return { title: 'With noise', method: { rhoMicro: WITHOUT_NOISE, ...method, name: 'differential-privacy' }, tables };
}

/** A hub with a budget, and who publishes there. */
export class PrivateStage {
  private constructor(readonly picture: PictureStage) {}

  static async open(): Promise<PrivateStage> {
    return new PrivateStage(await PictureStage.open());
  }

  get url(): string {
    return this.picture.hub.database.url;
  }

  /** As the operator would, but without the floor of what is spent. */
  async budget(rhoMicro: number): Promise<void> {
    await asOwner(this.url, 'UPDATE privacy_budget SET rho_micro = $1', [rhoMicro]);
  }

  async spent(): Promise<number> {
    const [row] = await asOwner<{ spent: number }>(
      this.url,
      'SELECT coalesce(sum(rho_micro), 0)::float8 AS spent FROM publication',
    );
    return row?.spent ?? NaN;
  }

  /** The hash of what the hub published. */
  async publish(tables: readonly AskedTable[], method: Partial<PrivateMethod> = {}): Promise<string> {
    return (await publish(this.picture.rapporteur, askedOf(tables, method))).publication.hash;
  }

  /** What anybody fetches. */
  async fetched(hash: string) {
    const { fields, document } = await fetched(this.picture, hash);
    return { fields, document: document as unknown as PublicationDocument<NoisyDataset> }; // parsing: published with noise
  }

  /** The datasets of a publication with noise. */
  async datasets(hash: string): Promise<NoisyDataset[]> {
    return (await this.fetched(hash)).document.tables.map(({ dataset }) => dataset);
  }

  /** Publishes one table with next to no noise; its numbers by their cells. */
  async counted(table: AskedTable, method: Partial<PrivateMethod> = {}): Promise<Readonly<Record<string, number>>> {
    const [dataset] = await this.datasets(await this.publish([table], method));
    if (!dataset) throw new Error('no table was published');
    return numbersOf(dataset);
  }

  /** Has a link of two alerts confirmed, and their persons be one. */
  async join(one: string, other: string): Promise<void> {
    const id = await suggestLink(this.url, [
      ['ro-liaison', one],
      ['be-liaison', other],
    ]);
    await asOwner(this.url, "UPDATE link SET state = 'confirmed' WHERE id = $1", [id.slice('link:'.length)]);
    const joined =
      'UPDATE alert_person SET person = (SELECT person FROM alert_person WHERE alert_id = $1) WHERE alert_id = $2';
    await asOwner(this.url, joined, [one.slice('alert:'.length), other.slice('alert:'.length)]);
  }

  close(): Promise<void> {
    return this.picture.close();
  }
}
