export { CustodianPortsError } from './custodian-keys.js';
export { SandboxCustodians, type SandboxCustodiansOptions } from './custodians.js';
export { greeting } from './greeting.js';
export { ORGANISATIONS, type SandboxOrganisation } from './organisations.js';
export { prepareSandbox } from './prepare.js';
export { Dice } from './random.js';
export { seatsOnOffer } from './seats-on-offer.js';
export { sampleContent } from './sample-alerts.js';
