import { Injectable } from '@nestjs/common';
import type { Verdict } from '../protocol/definition/index.js';
import { daysOf } from '../protocol/index.js';
import { OntologyService, VariantRegister } from '../ontology/index.js';
import type { AlertFilter, Reader } from './alert-filter.js';

/** SQL with its bound values; nothing from outside is ever spliced in. */
export class Conditions {
  private readonly parts: string[] = [];
  readonly values: unknown[] = [];

  /** Binds a value and gives its placeholder. */
  bind(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }

  add(sql: string): void {
    this.parts.push(sql);
  }

  /** The conditions joined by and; `true` when there are none. */
  get sql(): string {
    return this.parts.length === 0 ? 'true' : this.parts.join(' AND ');
  }
}

/**
 * The firewall as the service knows it, independent of row-level security, which says it again: an active member reads what is addressed to it for the
 * purpose of its token, and its own. Own alerts are a branch of their own, so that each branch walks one index.
 */
export function addressedTo(reader: Reader, conditions: Conditions): string {
  return `${ofOthers(reader, conditions)} AND a.audience_id IN (${audiencesOf(reader, conditions)})`;
}

/** What addressed alerts have in common, whatever their audience: sent by others, in force. */
export function ofOthers(reader: Reader, conditions: Conditions): string {
  if (!reader.mandate.includes(reader.purpose)) return 'false';
  return `a.sender <> ${conditions.bind(reader.member)} AND a.state = 'active' AND a.expires_at > now()`;
}

/** A query of the ids of the audiences that address the reader for its purpose. */
export function audiencesOf(reader: Reader, conditions: Conditions): string {
  const [member, country, kind, purpose] = [reader.member, reader.country, reader.memberKind, reader.purpose].map(
    (value) => conditions.bind(value),
  );
  return `
    SELECT id FROM audience WHERE purposes @> ARRAY[${purpose}::text] AND (everyone OR members @> ARRAY[${member}::text]
      OR ((countries IS NOT NULL OR kinds IS NOT NULL) AND (countries IS NULL OR countries @> ARRAY[${country}::text])
        AND (kinds IS NULL OR kinds @> ARRAY[${kind}::text])))`;
}

/** The alerts that the reader itself sent. */
export function sentBy(reader: Reader, conditions: Conditions): string {
  return reader.mandate.includes(reader.purpose) ? `a.sender = ${conditions.bind(reader.member)}` : 'false';
}

/** Turns filters into conditions over `alert a` and the tables of what alerts share. */
@Injectable()
export class FilterSql {
  constructor(
    private readonly ontology: OntologyService,
    private readonly register: VariantRegister,
  ) {}

  /** Adds the filter's conditions. Throws `Refusal` for a law or concept that does not exist. `onDate` is the day on which laws are law. */
  apply(filter: AlertFilter, onDate: string, conditions: Conditions): void {
    const { bind } = { bind: (value: unknown) => conditions.bind(value) };
    if (filter.kinds) conditions.add(`a.kind = ANY (${bind(filter.kinds)}::text[])`);
    if (filter.senders) conditions.add(`a.sender = ANY (${bind(filter.senders)}::text[])`);
    if (filter.ageBands) conditions.add(`a.age_band = ANY (${bind(filter.ageBands)}::text[])`);
    if (filter.identification) conditions.add(`a.identification = ANY (${bind(filter.identification)}::text[])`);
    if (filter.receivedFrom) conditions.add(`a.received_at >= ${bind(filter.receivedFrom)}::timestamptz`);
    if (filter.receivedBefore) conditions.add(`a.received_at < ${bind(filter.receivedBefore)}::timestamptz`);
    if (filter.startedFrom) conditions.add(`a.started_to >= ${bind(daysOf(filter.startedFrom)?.first)}::date`);
    if (filter.startedBefore) conditions.add(`a.started_from < ${bind(daysOf(filter.startedBefore)?.first)}::date`);
    this.applyRoute(filter, conditions);
    this.applyCase(filter, onDate, conditions);
  }

  private applyRoute(filter: AlertFilter, conditions: Conditions): void {
    const route = (['origin', 'transit', 'exploitation'] as const).flatMap((column) => {
      const countries = filter[column];
      return countries ? [`${column} && ${conditions.bind(countries)}::text[]`] : [];
    });
    if (route.length > 0) conditions.add(`a.route_id IN (SELECT id FROM route WHERE ${route.join(' AND ')})`);
  }

  private applyCase({ concepts, verdict }: AlertFilter, onDate: string, conditions: Conditions): void {
    const facts: string[] = [];
    if (concepts && concepts.length > 0) facts.push(`present @> ${conditions.bind(concepts)}::text[]`);
    if (verdict) facts.push(this.verdictSql(verdict.under, verdict.anyOf, onDate, conditions));
    if (facts.length > 0) conditions.add(`a.case_id IN (SELECT id FROM judged_case WHERE ${facts.join(' AND ')})`);
  }

  /** A law is met when one of its variants is, undetermined when none is and one is undetermined, else not met. */
  private verdictSql(under: string, anyOf: readonly Verdict[], onDate: string, conditions: Conditions): string {
    this.ontology.assertLaws([under], 'filter', 1);
    const variants = this.ontology.variantsOf(under, onDate).map((ordinal) => this.register.idOf(ordinal));
    if (anyOf.length === 0) return 'false';
    if (variants.length === 0) return String(anyOf.includes('UNDETERMINED'));
    const ids = `${conditions.bind(variants)}::smallint[]`;
    // Asked once, at the moment of the database at which the alerts are looked for; while cases lack a verdict, `Rejudging` makes it or refuses.
    conditions.add(`(SELECT assert_judged(${ids}, ${conditions.bind(this.register.revision)}::bytea))`);
    const cases: Readonly<Record<Verdict, string>> = {
      MET: `met && ${ids}`,
      UNDETERMINED: `(undetermined && ${ids} AND NOT met && ${ids})`,
      NOT_MET: `(NOT met && ${ids} AND NOT undetermined && ${ids})`,
    };
    return `(${anyOf.map((verdict) => cases[verdict]).join(' OR ')})`;
  }
}
