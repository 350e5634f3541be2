import { Injectable } from '@nestjs/common';
import type { Transaction } from '../../database/index.js';
import type { Principal } from '../../graphql/index.js';
import { OntologyService } from '../../ontology/index.js';
import { EVENTS, within, withinAsync } from '../../protocol/index.js';
import { type NoisyDataset, noisyDataset } from '../../protocol/picture/index.js';
import { epsilonOf, milliOf, PRIVACY_DELTA, promiseInWords, statedNoise } from '../../protocol/privacy/index.js';
import type { AskedMethod, PrivateMethod, PublishedRule, PublishedTable } from '../../protocol/publication/index.js';
import { noisyTable, secureSource } from '../noise/index.js';
import { CAVEATS } from '../picture/provenance.js';
import { lawBreaks } from '../picture/law-breaks.js';
import type { MadeTables, PublicationMethod, TableRequest } from '../publication/publication-method.js';
import { axesInWords } from './key-words.js';
import { PrivacyLedger } from './privacy-ledger.js';
import { PrivateCounts } from './private-counts.js';
import { type DeclaredTable, declaredTables } from './private-table-request.js';

const SOURCE =
  'Symbolon: persons in alerts in force between the members of the accord that are addressed to everyone for monitoring and may be passed on, counted with noise.';
/** Where in a statement faults of what it asks lie. */
const STATEMENT = ['events', EVENTS.publicationAsked];
const COUNTS =
  'persons: alerts that confirmed links join count as one, any other alert as a person of its own; each within the bounds that are stated';
const AUDIENCE =
  'Only alerts addressed to everyone for monitoring, under a handling code that lets them be passed on (H0, H1), as they stood at the moment of counting. Alerts for a narrower audience are left out, however many there are.';

const WORDS = { counts: COUNTS, audience: AUDIENCE, source: SOURCE, caveat: CAVEATS.PERSON };

/** Publishes persons with noise in every cell of a declared domain, within the hub's budget. */
@Injectable()
export class PrivateTables implements PublicationMethod {
  readonly name = 'differential-privacy';

  constructor(
    private readonly counts: PrivateCounts,
    private readonly ledger: PrivacyLedger,
    private readonly ontology: OntologyService,
  ) {}

  /** Counts and draws. Nobody is shown what was drawn before its cost is taken from the budget (`spend`). Throws `Refusal`: ARGUMENT_INVALID, UNKNOWN_CODE, PRIVACY_NOT_BUDGETED, PRIVACY_BUDGET_EXCEEDED. */
  async make(_asker: Principal, tables: readonly TableRequest[], asked: AskedMethod): Promise<MadeTables> {
    const method = privateOf(asked);
    const requests = tables.map(({ request }) => request);
    const declared = within(STATEMENT, () => declaredTables(requests, method, this.ontology));
    await withinAsync(STATEMENT, () => this.ledger.assertBears(method.rhoMicro)); // before the work; what holds is `spend`
    const exact = await this.counts.of(declared);
    const source = secureSource();
    const made: PublishedTable<NoisyDataset>[] = [];
    for (const [at, table] of declared.entries()) {
      const { cells } = await noisyTable(exact.tables[at] ?? [], table.terms, source);
      const numbers = cells.map(({ noisy }) => noisy);
      made.push({
        request: tables[at]?.asked ?? {},
        dataset: this.datasetOf(table, numbers, exact.countedAt),
      });
    }
    return { asOf: exact.countedAt.toISOString().slice(0, 10), rule: ruleOf(method), tables: made, ...WORDS };
  }

  /** Refuses what goes beyond the budget, once more when publications are entered one after another. The publication that is written then is what spends. Throws `Refusal`: PRIVACY_NOT_BUDGETED, PRIVACY_BUDGET_EXCEEDED. */
  async spend(transaction: Transaction, _asker: Principal, asked: AskedMethod): Promise<void> {
    await withinAsync(STATEMENT, () => this.ledger.assertBears(privateOf(asked).rhoMicro, transaction));
  }

  private datasetOf({ request, domain, combinations, terms }: DeclaredTable, numbers: number[], countedAt: Date) {
    const { by, under, where, from, until, onDate } = request;
    return noisyDataset({
      question: { by, under, where, from, until, scope: 'SHARED', onDate, language: 'en' },
      countedAt: countedAt.toISOString(),
      axes: axesInWords(request, domain, this.ontology),
      numbers,
      noise: statedNoise(terms),
      combinations,
      onDate,
      // Of which years the data are must not be looked up: all changes are listed where the period is open.
      breaks: lawBreaks(this.ontology, under, { from: from ?? '0000', until: until ?? '9999' }),
      source: SOURCE,
      caveat: CAVEATS.PERSON,
    });
  }
}

function ruleOf(method: PrivateMethod): PublishedRule {
  const { rhoMicro } = method;
  const epsilon = epsilonOf(rhoMicro, PRIVACY_DELTA);
  return {
    method,
    says: {
      promise: `Of this publication as a whole ${promiseInWords({ rhoMicro, epsilon })}.`,
      composition:
        'What publications with noise cost adds up; the sum is bounded by a budget that the operator of the hub set. Nothing is promised of what is shown of the same alerts in another way, such as publications of pieces.',
      persons:
        'A person of whom several alerts are counted that no confirmed link joins is protected less: for k such alerts as by k² times the cost.',
      domain:
        'Codes, bounds and cost were declared by the publisher, who promises not to have chosen them by looking at the data.',
    },
    figures: { rhoMicro, epsilonMilli: milliOf(epsilon), combinationsPerPerson: method.combinations ?? 1 },
  };
}

function privateOf(method: AskedMethod): PrivateMethod {
  if (method.name !== 'differential-privacy') throw new TypeError('a method of another name');
  return method;
}
