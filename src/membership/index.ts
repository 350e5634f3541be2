export { BodySchema } from './body-schema.js';
export { MemberDirectory, type MemberView } from './directory.js';
export { fromEnum, toEnum } from './graphql-names.js';
export { MembershipModule } from './membership.module.js';
export { MembershipService, type MembershipOutcome } from './membership.service.js';
export { assertActing, assertOwnStatement, principalOf, Seats, type VerifiedOfficerStatement } from './seats.js';
export { TokenService } from './token-service.js';
