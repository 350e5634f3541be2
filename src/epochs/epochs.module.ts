import { Module } from '@nestjs/common';
import { CustodianRegister } from './custodian-register.js';
import { EpochPublisher } from './epoch-publisher.js';
import { EpochRegister } from './epoch-register.js';
import { EpochsResolver } from './epochs.resolver.js';

/** By what members make tokens. */
@Module({
  providers: [CustodianRegister, EpochPublisher, EpochRegister, EpochsResolver],
  exports: [CustodianRegister, EpochPublisher, EpochRegister],
})
export class EpochsModule {}
