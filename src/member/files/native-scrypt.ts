import { scrypt } from 'node:crypto';
import type { Scrypt } from '../../protocol/oprf/index.js';

/** scrypt by OpenSSL on other threads: half the time that it takes in a browser. */
export const nativeScrypt: Scrypt = (password, salt, { N, r, p, dkLen }) =>
  new Promise((resolve, reject) => {
    scrypt(password, salt, dkLen, { N, r, p, maxmem: 256 * N * r }, (error, key) => {
      if (error) reject(error);
      else resolve(new Uint8Array(key));
    });
  });
