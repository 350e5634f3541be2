import { type DynamicModule, type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { DataSource } from 'typeorm';
import { BackgroundModule } from './background/index.js';
import type { Config } from './config.js';
import { appDataSource, assertBoundByRowSecurity, DatabaseModule } from './database/index.js';
import { EpochsModule } from './epochs/index.js';
import { type HubIdentity, IdentityModule } from './identity/index.js';
import { MembershipModule } from './membership/index.js';
import { HubLogger } from './operating/index.js';
import { TransparencyModule } from './transparency/index.js';

/** What the operator acts through. Nothing in it is begun that works by itself, and what only serves members is not there. */
@Module({})
class OperatorModule {
  static over(source: DataSource, identity: HubIdentity): DynamicModule {
    return {
      module: OperatorModule,
      imports: [
        ...[BackgroundModule, DatabaseModule.over(source), IdentityModule.as(identity)],
        ...[TransparencyModule, MembershipModule, EpochsModule],
      ],
    };
  }
}

/** Opens the capabilities in which an operator acts on the database of a hub whose nodes are at work. It is to be closed. */
export async function openForOperator(
  { production, logLevel }: Config,
  url: string,
  identity: HubIdentity,
): Promise<INestApplicationContext> {
  const source = appDataSource(url, 2);
  try {
    await source.initialize();
    if (production) await assertBoundByRowSecurity(source);
    const logger = new HubLogger(logLevel);
    return await NestFactory.createApplicationContext(OperatorModule.over(source, identity), {
      ...{ logger, abortOnError: false },
    });
  } catch (error) {
    if (source.isInitialized) await source.destroy();
    throw error;
  }
}
