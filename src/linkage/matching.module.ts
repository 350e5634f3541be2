import { readFileSync } from 'node:fs';
import { type DynamicModule, Module } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { AlertModule } from '../alerts/index.js';
import { Database } from '../database/index.js';
import { readLinkageProfile } from '../protocol/linkage/index.js';
import { keysById } from './key-agreement.js';
import type { MatchingRules } from './match-arrival.js';
import { Matcher, MATCHER_DATABASE, MATCHING_RULES } from './matcher.js';
import { readMatchingWeights } from './matching-weights.js';

/** How suggestions are given out. */
export interface MatchingOptions {
  /** The database as the matcher role; it is closed with the hub. */
  readonly source: DataSource;
  readonly batchSeconds: number;
  readonly decoys: number;
}

const textOf = (name: string): string => readFileSync(new URL(`../../schema/linkage/${name}`, import.meta.url), 'utf8');

/** Compares tokens in the background, over a database role of its own. */
@Module({})
export class MatchingModule {
  static over({ source, batchSeconds, decoys }: MatchingOptions): DynamicModule {
    const rules = (): MatchingRules => {
      const profile = textOf('profile.json');
      return {
        keys: keysById(readLinkageProfile(profile, textOf('frequencies.json')).kinds),
        weights: readMatchingWeights(profile),
        ...{ batchSeconds, decoys },
      };
    };
    return {
      module: MatchingModule,
      imports: [AlertModule],
      providers: [
        { provide: MATCHER_DATABASE, useFactory: () => new Database(source) },
        { provide: MATCHING_RULES, useFactory: rules },
        Matcher,
      ],
      exports: [Matcher],
    };
  }
}
