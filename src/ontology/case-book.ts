import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database, Interned } from '../database/index.js';
import type { PreparedCase } from '../protocol/definition/index.js';
import type { KnownFacts } from '../protocol/index.js';
import { CaseJudge } from './case-judge.js';
import { OntologyService } from './ontology.service.js';
import { VariantRegister } from './variant-register.js';

/** A distinct set of facts, ready to be judged. */
export interface KnownCase {
  readonly id: number;
  readonly facts: KnownFacts;
  readonly prepared: PreparedCase;
  /** Verdict by variant ordinal. */
  readonly verdicts: Uint8Array;
}

const FIND = { name: 'case-find', text: 'SELECT id FROM judged_case WHERE hash = $1' };
const INSERT = {
  name: 'case-insert',
  text: `INSERT INTO judged_case (hash, facts, present, revision, met, undetermined) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT DO NOTHING RETURNING id`,
};
const LOAD = { name: 'case-load', text: 'SELECT id, facts FROM judged_case WHERE id = ANY ($1::int[])' };

/**
 * The cases that alerts are about, each distinct set of facts once, with its verdict under every definition variant. Millions of alerts hold far
 * fewer sets of facts, so that judging, re-judging and counting cost what is different, not what is many. What is read here is judged under today's
 * definitions, whatever the database holds; `Rejudging` brings that after.
 */
@Injectable()
export class CaseBook implements OnModuleInit {
  private readonly interned: Interned<KnownFacts>;
  private readonly loaded = new Map<number, KnownCase>();

  constructor(
    private readonly database: Database,
    private readonly ontology: OntologyService,
    private readonly register: VariantRegister,
    private readonly judge: CaseJudge,
  ) {
    this.interned = new Interned(database, INSERT, FIND, (facts) => this.columnsOf(facts));
  }

  /** Numbers today's definitions, so that new cases are entered with their verdicts. */
  async onModuleInit(): Promise<void> {
    await this.register.enter();
  }

  /** The number of the case with these facts. Throws `Refusal`: UNKNOWN_CODE, CONTRADICTORY_FACTS. */
  idOf(facts: KnownFacts): Promise<number> {
    return this.interned.idOf(JSON.stringify([facts.present, facts.absent, facts.oneOf]), facts);
  }

  /** Cases by number, from memory where they were met before; cases never change, so every node may remember them. */
  async get(ids: Iterable<number>): Promise<ReadonlyMap<number, KnownCase>> {
    const wanted = [...new Set(ids)];
    const found = new Map<number, KnownCase>();
    // Taken out first: what is loaded below may push others out of the memory.
    for (const id of wanted) {
      const known = this.loaded.get(id);
      if (known) found.set(id, known);
    }
    const missing = wanted.filter((id) => !found.has(id));
    if (missing.length > 0) {
      for (const { id, facts } of await this.database.query<{ id: number; facts: KnownFacts }>(LOAD, [missing])) {
        const prepared = this.judge.prepare(facts);
        const known = { id, facts, prepared, verdicts: this.ontology.engine.judgeAll(prepared) };
        found.set(id, known);
        if (this.loaded.size >= 20_000) this.loaded.clear();
        this.loaded.set(id, known);
      }
    }
    return found;
  }

  private columnsOf(facts: KnownFacts): readonly unknown[] {
    const { engine } = this.ontology;
    const prepared = engine.prepare(facts);
    const { met, undetermined } = this.judge.verdictIds(prepared);
    return [JSON.stringify(facts), engine.presentIn(prepared), this.register.revision, met, undetermined];
  }
}
