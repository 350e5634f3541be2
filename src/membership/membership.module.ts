import { Global, Module } from '@nestjs/common';
import { Authentication } from '../graphql/index.js';
import { Authenticator } from './authenticator.js';
import { MemberDirectory } from './directory.js';
import { MembershipResolver } from './membership.resolver.js';
import { MembershipService } from './membership.service.js';
import { Seats } from './seats.js';
import { StatementIntake } from './statement-intake.js';
import { TokenService } from './token-service.js';

/** Global, because every capability acts among the members. */
@Global()
@Module({
  providers: [
    { provide: Authentication, useClass: Authenticator },
    ...[MemberDirectory, MembershipResolver, MembershipService, Seats, StatementIntake, TokenService],
  ],
  exports: [Authentication, MemberDirectory, MembershipService, Seats, TokenService],
})
export class MembershipModule {}
