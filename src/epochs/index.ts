/**
 * By what members make tokens: the profile of keys, the custodians, and the epochs that custodians signed.
 *
 * 2026-11-24. Who the custodians are the operator says, because custodians are not members; but what an epoch is they say themselves, all of them with one
 * voice, and members pin their keys. So an operator who names others is found out by every member that was there before.
 */
export { CustodianRegister } from './custodian-register.js';
export { type PublishedEpoch, EpochPublisher } from './epoch-publisher.js';
export { readEpochs } from './custodian-epochs.js';
export { EpochRegister, type OpenEpoch } from './epoch-register.js';
export { EpochsModule } from './epochs.module.js';
export { type NamedCustodian, readNamedCustodians } from './named-custodian.js';
