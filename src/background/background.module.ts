import { Global, Module } from '@nestjs/common';
import { BackgroundWork } from './background-work.js';

/** Global, because many capabilities do something by themselves. */
@Global()
@Module({ providers: [BackgroundWork], exports: [BackgroundWork] })
export class BackgroundModule {}
