import { Injectable } from '@nestjs/common';
import { Database } from '../../database/index.js';
import type { Principal } from '../../graphql/index.js';
import { OntologyService } from '../../ontology/index.js';
import type { PictureKeyAnswer, PictureTableAnswer } from '../../protocol/picture/index.js';
import type { AskedMethod, PublishedRule } from '../../protocol/publication/index.js';
import { CAVEATS } from '../picture/provenance.js';
import { KeyLabels } from '../picture/key-labels.js';
import type { PictureReader } from '../picture/kept-sql.js';
import type { PictureRequest } from '../picture/picture-request.js';
import type { PictureKey } from '../picture/picture-row.js';
import { PictureService } from '../picture/picture.service.js';
import { type DisclosureRule, shown } from '../picture/shown-count.js';
import { shownNumbers } from '../picture/shown-rows.js';
import { publishedTables } from './published-table.js';
import type { MadeTables, PublicationMethod, TableRequest } from './publication-method.js';

const SOURCE =
  'Symbolon: alerts exchanged between the members of the accord that are addressed to everyone for monitoring and may be passed on.';
const COUNTS = 'alerts, not persons; several may be about one person';
const AUDIENCE =
  'Only alerts addressed to everyone for monitoring, under a handling code that lets them be passed on (H0, H1), as they stood when they came to be counted. Alerts for a narrower audience are left out, however many there are.';
const RELEASES = { name: 'publication-releases', text: 'SELECT count(*)::int AS releases FROM picture_release' };
/** In publications nothing is told of what came to be known later. */
const NOTHING_LATER = { withdrawn: false, persons: false };
/** How often alerts may come to be counted while the tables are made. */
const MOST_TRIES = 5;

/** Publishes the picture as it is answered: sums of whole pieces (PROTOCOL.md, D2), of such as anybody may see. */
@Injectable()
export class PieceTables implements PublicationMethod {
  readonly name = 'pieces';

  constructor(
    private readonly database: Database,
    private readonly pictures: PictureService,
    private readonly ontology: OntologyService,
  ) {}

  async make(asker: Principal, tables: readonly TableRequest[], method: AskedMethod): Promise<MadeTables> {
    for (let tries = 1; ; tries++) {
      const before = await this.releases(asker);
      const made = await this.makeOnce({ ...asker, publishing: true }, tables, method);
      if (before === (await this.releases(asker))) return made;
      if (tries === MOST_TRIES) throw new Error('alerts came to be counted each time that tables were made');
    }
  }

  private async makeOnce(
    reader: PictureReader,
    tables: readonly TableRequest[],
    method: AskedMethod,
  ): Promise<MadeTables> {
    const answered = [];
    for (const one of tables) answered.push({ one, ...(await this.answer(reader, one.request)) }); // one by one: members wait for the same connections
    const [first] = answered;
    if (!first) throw new RangeError('a publication has a table');
    return {
      ...{ asOf: first.asOf, rule: ruleOf(method, first.rule), source: SOURCE, caveat: CAVEATS.PERSON },
      ...{ counts: COUNTS, audience: AUDIENCE },
      tables: publishedTables(answered),
    };
  }

  private async answer(
    reader: PictureReader,
    request: PictureRequest,
  ): Promise<{ readonly asOf: string | null; readonly rule: DisclosureRule; readonly answer: PictureTableAnswer }> {
    const { rule, asOf, whole, rows, isWhole, breaks } = await this.pictures.of(reader, request);
    const { under } = request;
    const labels = new KeyLabels('en', this.ontology);
    const answer: PictureTableAnswer = {
      ...{ asOf, ...rule, onDate: request.onDate, source: SOURCE, caveat: CAVEATS.PERSON },
      ...shownNumbers(whole, under, rule, NOTHING_LATER),
      rows: rows.map((row) => ({
        keys: row.keys.map((key) => keyAnswer(key, labels)),
        ...shownNumbers(row, under, rule, NOTHING_LATER),
      })),
      others: isWhole ? null : shown(0, rule),
      breaks: await breaks(),
    };
    return { asOf, rule, answer };
  }

  /** How many releases there were of what the asker may read; another one may change what tables say. */
  private async releases(asker: Principal): Promise<number> {
    const [row] = await this.database.queryAsMember<{ releases: number }>(asker, RELEASES);
    return row?.releases ?? 0;
  }
}

function ruleOf(method: AskedMethod, { threshold, rounding }: DisclosureRule): PublishedRule {
  return {
    method,
    says: {
      numbers: `Every number is a sum of groups of at least ${threshold} persons that are counted together or not at all. Who subtracts published numbers from each other gets sums of such groups again, or nothing.`,
      suppressed: `A number of which no group is shown is fewer than ${threshold}, and may be none. In the tables it is null with the status c, never 0.`,
      withheld:
        'WITHHELD is what the hub does not show, because too few alerts are alike; it may belong to any other category. UNKNOWN is what the alerts do not say.',
      rounding: rounding > 1 ? `Numbers are rounded to multiples of ${rounding}.` : 'Numbers are not rounded.',
    },
    figures: { threshold, rounding },
  };
}

function keyAnswer(key: PictureKey, labels: KeyLabels): PictureKeyAnswer {
  const { dimension, state } = key;
  return { dimension, state, code: key.state === 'KNOWN' ? key.code : null, label: labels.of(key) };
}
