import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { GqlExecutionContext } from '@nestjs/graphql';
import { ACCESS, type Access } from './access.js';
import type { GraphqlContext } from './context.js';
import { AccessError } from './errors.js';
import type { Principal } from './principal.js';

/** Denies by default: an operation that does not say who may use it, nobody may. Only GraphQL operations pass here; HTTP routes state theirs. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const access = this.reflector.get<Access | undefined>(ACCESS, context.getHandler());
    if (access?.for === 'anybody') return true;
    if (context.getType<'graphql' | 'http'>() !== 'graphql' || !access) throw new AccessError('FORBIDDEN');
    const { principal } = GqlExecutionContext.create(context).getContext<GraphqlContext>();
    if (!principal) throw new AccessError('UNAUTHENTICATED');
    if (!admits(access, principal)) throw new AccessError('FORBIDDEN');
    return true;
  }
}

function admits(access: Extract<Access, { for: 'officers' }>, { role, purpose }: Principal): boolean {
  return (access.roles?.includes(role) ?? true) && (access.purposes?.includes(purpose) ?? true);
}
