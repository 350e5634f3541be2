export { HUB_IDENTITY, type HubIdentity, linkageKeyFor } from './hub-identity.js';
export { IdentityModule } from './identity.module.js';
export { holds, signNatively, verifyNatively } from './native-signature.js';
