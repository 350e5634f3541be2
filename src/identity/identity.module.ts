import { type DynamicModule, Global, Module } from '@nestjs/common';
import { HUB_IDENTITY, type HubIdentity } from './hub-identity.js';

/** Global, because everything that the hub answers for is signed as it. */
@Global()
@Module({})
export class IdentityModule {
  static as(identity: HubIdentity): DynamicModule {
    return {
      module: IdentityModule,
      providers: [{ provide: HUB_IDENTITY, useValue: identity }],
      exports: [HUB_IDENTITY],
    };
  }
}
