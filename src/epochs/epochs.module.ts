import { Module } from '@nestjs/common';
import { EpochRegister } from './epoch-register.js';

/** By what members make tokens. */
@Module({ providers: [EpochRegister], exports: [EpochRegister] })
export class EpochsModule {}
