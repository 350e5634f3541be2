import { Injectable } from '@nestjs/common';
import { Database, Interned } from '../database/index.js';
import { CaseBook } from '../ontology/index.js';
import type { AlertContent, KnownFacts } from '../protocol/index.js';
import { type Trait, traitOf } from './trait.js';

interface Route {
  readonly origin: readonly string[];
  readonly transit: readonly string[];
  readonly exploitation: readonly string[];
}

/** The numbers of what an alert shares with others. */
export interface SharedParts {
  readonly audienceId: number;
  readonly routeId: number;
  readonly caseId: number;
  readonly traitId: number;
}

/** Keeps audiences, routes, cases and traits once each. */
@Injectable()
export class SharedPartsStore {
  private readonly audiences: Interned<AlertContent['handling']>;
  private readonly routes: Interned<Route>;
  private readonly traits: Interned<Trait>;

  constructor(
    database: Database,
    private readonly cases: CaseBook,
  ) {
    this.audiences = new Interned(
      database,
      {
        name: 'audience-insert',
        text: 'INSERT INTO audience (hash, purposes, everyone, members, countries, kinds) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING RETURNING id',
      },
      { name: 'audience-find', text: 'SELECT id FROM audience WHERE hash = $1' },
      ({ purposes, audience }) => [
        purposes,
        audience.everyone ?? false,
        audience.members ?? [],
        audience.countries ?? null,
        audience.kinds ?? null,
      ],
    );
    this.routes = new Interned(
      database,
      {
        name: 'route-insert',
        text: 'INSERT INTO route (hash, origin, transit, exploitation) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING id',
      },
      { name: 'route-find', text: 'SELECT id FROM route WHERE hash = $1' },
      (route) => [route.origin, route.transit, route.exploitation],
    );
    this.traits = new Interned(
      database,
      {
        name: 'trait-insert',
        text: 'INSERT INTO trait (hash, countable, publishable, gender, citizenships, protection, time_to_flag, time_to_retrafficking) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING RETURNING id',
      },
      { name: 'trait-find', text: 'SELECT id FROM trait WHERE hash = $1' },
      (trait) => [
        ...[trait.countable, trait.publishable, trait.gender, trait.citizenships],
        ...[trait.protection, trait.timeToFlag, trait.timeToRetrafficking],
      ],
    );
  }

  /** The parts of content that was stated at an instant, made where there are none. */
  async of(content: AlertContent, facts: KnownFacts, statedAt: Date): Promise<SharedParts> {
    const { purposes, audience } = content.handling;
    const handling = {
      code: content.handling.code,
      purposes: sorted(purposes),
      audience: {
        ...(audience.everyone ? { everyone: true as const } : {}),
        members: sorted(audience.members ?? []),
        ...(audience.countries ? { countries: sorted(audience.countries) } : {}),
        ...(audience.kinds ? { kinds: sorted(audience.kinds) } : {}),
      },
    };
    const { origin = [], transit = [], exploitation = [] } = content.episode;
    const route = { origin: sorted(origin), transit: sorted(transit), exploitation: sorted(exploitation) };
    const trait = traitOf(content, statedAt);
    const [audienceId, routeId, caseId, traitId] = await Promise.all([
      this.audiences.idOf(JSON.stringify([handling.purposes, handling.audience]), handling),
      this.routes.idOf(JSON.stringify(route), route),
      this.cases.idOf(facts),
      this.traits.idOf(JSON.stringify(trait), trait),
    ]);
    return { audienceId, routeId, caseId, traitId };
  }
}

function sorted<T extends string>(texts: readonly T[]): T[] {
  return [...texts].sort();
}
