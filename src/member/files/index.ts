/** What of a member's side works with a folder of this computer: keys, files that are read and written. */
export { checkContent } from './content-check.js';
export { readGivenIdentity, readIdentityFile, type GivenIdentity, type WrittenDate } from './identity-file.js';
export { defaultHome, KeyStore, type SaveOptions } from './key-store.js';
export { profileNamed } from './linkage-profile.js';
export { nativeScrypt } from './native-scrypt.js';
