import { Inject, Injectable } from '@nestjs/common';
import type { Database } from '../../database/index.js';
import { HUB_IDENTITY, type HubIdentity, linkageKeyFor } from '../../identity/index.js';
import { CaseBook, OntologyService } from '../../ontology/index.js';
import { COUNTER_DATABASE } from '../counting/picture-counter.js';
import { FACETS } from '../disclosure/counted-class.js';
import { clipContributions, type CountedCell, DomainCounts } from '../noise/index.js';
import type { KeptCount } from '../picture/picture-row.js';
import { countedBy } from '../picture/counted-by.js';
import { keysIn } from '../picture/tabulate.js';
import { type PersonAlert, PersonReading } from './person-reading.js';
import type { DeclaredTable } from './private-table-request.js';

/** What the hub counted of its persons, exactly. It is for nobody but whoever adds the noise. */
export interface ExactCounts {
  /** Of which moment they are. */
  readonly countedAt: Date;
  /** The cells of each table, in the order of its domain. */
  readonly tables: readonly (readonly CountedCell[])[];
}

/** All of one moment, and nothing is written. */
const ONE_MOMENT = 'SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY';

/** Counts persons, as the counter, over declared domains, each within the bounds that were declared for it. */
@Injectable()
export class PrivateCounts {
  private readonly reading: PersonReading;
  /**
   * By which is chosen what of a person counts who would count too often. The promise does not rest on its being secret, for what is chosen of a person depends on that person alone; it keeps the choice from
   * being made by whoever names alerts. Derived from the secret of linkage, so that there is no further one to keep; whoever makes that anew has other choices made, and no promise broken.
   */
  private readonly key: Uint8Array;

  constructor(
    @Inject(COUNTER_DATABASE) private readonly database: Database,
    @Inject(HUB_IDENTITY) hub: HubIdentity,
    cases: CaseBook,
    private readonly ontology: OntologyService,
  ) {
    this.reading = new PersonReading(cases, ontology);
    this.key = linkageKeyFor(hub, 'choice of contributions');
  }

  of(tables: readonly DeclaredTable[]): Promise<ExactCounts> {
    return this.database.asNobody(async (transaction) => {
      await transaction.query(ONE_MOMENT);
      const countedAt = new Date();
      const read = tables.map(readTable);
      const counts = tables.map(({ domain }) => new DomainCounts(domain.cells));
      for await (const persons of this.reading.persons(transaction))
        for (const alerts of persons)
          for (const [at, table] of read.entries()) counts[at]?.add(this.cellsOf(alerts, table));
      return { countedAt, tables: counts.map(({ cells }) => cells) };
    });
  }

  /** The cells in which one person counts, each once. It depends on her alerts, on what was declared, and on the key; on nothing else. */
  private cellsOf(
    alerts: readonly PersonAlert[],
    { request, domain, combinations, isCounted, keys }: ReadTable,
  ): string[] {
    const cells = alerts.flatMap((alert) => {
      const kept = keptOf(alert);
      if (!isCounted(kept)) return [];
      const codes = keys.map((keysOf) => keysOf(kept).flatMap((key) => (key.state === 'KNOWN' ? [key.code] : [])));
      const verdicts = request.under.map((law) => [this.ontology.verdictUnder(alert.verdicts, law, request.onDate)]);
      return domain.combinationsOf([...codes, ...verdicts]);
    });
    const bounds = { cellsPerPerson: combinations, alertsPerPerson: 1 };
    const [clipped] = clipContributions([{ person: alerts[0]?.person ?? '', cells }], bounds, this.key);
    return [...new Set((clipped?.cells ?? []).flatMap((combination) => domain.cellsOf(combination)))];
  }
}

/** A table with how alerts are read for it. */
interface ReadTable extends DeclaredTable {
  readonly isCounted: ReturnType<typeof countedBy>;
  readonly keys: readonly ReturnType<typeof keysIn>[];
}

function readTable(table: DeclaredTable): ReadTable {
  return { ...table, isCounted: countedBy(table.request), keys: table.request.by.map(keysIn) };
}

function keptOf({ core, facets }: PersonAlert): Pick<KeptCount, 'core' | 'facets'> {
  return { core, facets: Object.fromEntries(FACETS.map((facet) => [facet, facets[facet][0] ?? null])) };
}
