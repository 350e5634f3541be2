export { EpochRegister, type OpenEpoch } from './epoch-register.js';
export { EpochsModule } from './epochs.module.js';
