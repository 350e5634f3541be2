import { Query, Resolver } from '@nestjs/graphql';
import { Anybody } from '../graphql/index.js';
import { CustodianRegister } from './custodian-register.js';
import { EpochRegister } from './epoch-register.js';

@Resolver()
export class EpochsResolver {
  constructor(
    private readonly epochs: EpochRegister,
    private readonly custodians: CustodianRegister,
  ) {}

  @Query('linkage')
  @Anybody()
  linkage() {
    const { epochs, custodians } = this;
    // Read when they are asked for.
    return { profile: epochs.profile, custodians: () => custodians.all(), epochs: () => epochs.open() };
  }
}
