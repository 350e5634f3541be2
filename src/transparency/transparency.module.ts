import { Global, Module } from '@nestjs/common';
import { LogProofs } from './proofs.js';
import { Receipts } from './receipts.js';
import { Sequencer } from './sequencer.js';
import { TransparencyResolver } from './transparency.resolver.js';

/** Global, because every capability answers for what it accepts. */
@Global()
@Module({
  providers: [LogProofs, Receipts, Sequencer, TransparencyResolver],
  exports: [LogProofs, Receipts, Sequencer],
})
export class TransparencyModule {}
