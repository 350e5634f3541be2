import { type DynamicModule, Global, Module } from '@nestjs/common';
import { Authentication } from '../graphql/index.js';
import { Authenticator } from './authenticator.js';
import { MemberDirectory } from './directory.js';
import { HUB_IDENTITY, type HubIdentity } from './hub-identity.js';
import { MembershipResolver } from './membership.resolver.js';
import { MembershipService } from './membership.service.js';
import { Seats } from './seats.js';
import { StatementIntake } from './statement-intake.js';
import { TokenService } from './token-service.js';

/** Global, because every capability acts among the members. */
@Global()
@Module({})
export class MembershipModule {
  static as(identity: HubIdentity): DynamicModule {
    return {
      module: MembershipModule,
      providers: [
        { provide: HUB_IDENTITY, useValue: identity },
        { provide: Authentication, useClass: Authenticator },
        ...[MemberDirectory, MembershipResolver, MembershipService, Seats, StatementIntake, TokenService],
      ],
      exports: [HUB_IDENTITY, Authentication, MemberDirectory, MembershipService, TokenService],
    };
  }
}
