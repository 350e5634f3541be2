import { createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import { GqlExecutionContext } from '@nestjs/graphql';
import type { OfficerRole, Purpose } from '../protocol/index.js';
import { AccessError } from './errors.js';
import type { GraphqlContext } from './context.js';
import type { Principal } from './principal.js';

/** Who may use an operation: anybody, or officers with one of these roles and a token for one of these purposes. */
export type Access =
  | { readonly for: 'anybody' }
  | { readonly for: 'officers'; readonly roles?: readonly OfficerRole[]; readonly purposes?: readonly Purpose[] };

export const ACCESS = 'symbolon:access';

/** Open to strangers: what an outsider may learn, and statements whose signature is the permission. */
export const Anybody = () => SetMetadata(ACCESS, { for: 'anybody' } satisfies Access);

/** For certified officers of active members. */
export const Officers = (only: { roles?: readonly OfficerRole[]; purposes?: readonly Purpose[] } = {}) =>
  SetMetadata(ACCESS, { for: 'officers', ...only } satisfies Access);

/** The asker. Only on operations for officers. */
export const Asker = createParamDecorator((_: unknown, context: ExecutionContext): Principal => {
  const { principal } = GqlExecutionContext.create(context).getContext<GraphqlContext>();
  if (!principal) throw new AccessError('UNAUTHENTICATED');
  return principal;
});
