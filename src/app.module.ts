import { type DynamicModule, Module } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { AlertModule } from './alerts/index.js';
import { BackgroundModule } from './background/index.js';
import { DatabaseModule } from './database/index.js';
import { DeliveryModule, type DeliveryOptions } from './delivery/index.js';
import { EpochsModule } from './epochs/index.js';
import { GraphqlModule, type StreamLimits } from './graphql/index.js';
import { MatchingModule, type MatchingOptions } from './linkage/index.js';
import { LinkModule } from './links/index.js';
import { type HubIdentity, IdentityModule } from './identity/index.js';
import { MembershipModule } from './membership/index.js';
import { ObligationModule } from './obligations/index.js';
import { OntologyModule } from './ontology/index.js';
import { OperatingModule } from './operating/index.js';
import { type PictureOptions, StatisticsModule } from './statistics/index.js';
import { TransparencyModule } from './transparency/index.js';

/** What of the capabilities is configured. */
export interface HubOptions {
  readonly matching: MatchingOptions;
  readonly picture: PictureOptions;
  readonly streams: StreamLimits;
  readonly delivery: DeliveryOptions;
}

/** The hub: capabilities over one database under one identity. */
@Module({})
export class AppModule {
  static with(
    source: DataSource,
    identity: HubIdentity,
    { matching, picture, streams, delivery }: HubOptions,
  ): DynamicModule {
    return {
      module: AppModule,
      imports: [
        BackgroundModule,
        DatabaseModule.over(source),
        IdentityModule.as(identity),
        TransparencyModule,
        MembershipModule,
        EpochsModule,
        OntologyModule,
        AlertModule,
        MatchingModule.over(matching),
        LinkModule,
        ObligationModule,
        DeliveryModule.with(delivery),
        StatisticsModule.over(picture),
        OperatingModule,
        GraphqlModule.with(MembershipModule, streams),
      ],
    };
  }
}
