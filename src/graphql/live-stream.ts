import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { GqlExecutionContext } from '@nestjs/graphql';
import { Refusal } from '../protocol/index.js';
import type { GraphqlContext } from './context.js';
import type { PlaceLimits } from './places.js';
import type { Principal } from './principal.js';

/** How long streams may be and how many there may be on one node. */
export interface StreamLimits extends PlaceLimits {
  /** A stream that has nothing to say says so after so many milliseconds; no later than that it ends for an asker who may not read any longer. */
  readonly heartbeat: number;
  /** A reader who takes nothing for so long is cut off, milliseconds: its cursor is worth as much as its connection, and costs nothing. */
  readonly stalled: number;
}

/** What a subscription knows of the connection that it runs over. */
export class LiveStream {
  private readonly cutting = new AbortController();
  private readonly leaving = new AbortController();

  /** `standing` finds out how the asker stands now. */
  constructor(
    readonly asker: Principal,
    readonly limits: StreamLimits,
    private readonly standing: (asker: Principal) => Promise<Principal>,
  ) {}

  /** Aborted when nobody listens any longer. */
  get gone(): AbortSignal {
    return this.cutting.signal;
  }

  /** Aborted when this node is going away. */
  get ending(): AbortSignal {
    return this.leaving.signal;
  }

  /** Milliseconds until the token runs out; not positive when it has. */
  get left(): number {
    return this.asker.expiresAt.getTime() - Date.now();
  }

  /** Nobody listens any longer. */
  cut(): void {
    this.cutting.abort();
  }

  /** This node is going away. */
  end(): void {
    this.leaving.abort();
  }

  /** The asker as it stands now. Throws `Refusal` when it may not act, or has another role than the one with which it was let in. */
  async reader(): Promise<Principal> {
    const reader = await this.standing(this.asker);
    if (reader.role === this.asker.role) return reader;
    throw new Refusal('ROLE_NOT_ALLOWED', 'The officer’s role has changed.', 'Subscribe anew.', ['header', 'kid']);
  }
}

/** The connection of a subscription. */
export const Live = createParamDecorator((_: unknown, context: ExecutionContext): LiveStream => {
  const { stream } = GqlExecutionContext.create(context).getContext<GraphqlContext>();
  if (!stream) throw new Error('a subscription runs over a stream');
  return stream;
});
