import { createCipheriv, createHash } from 'node:crypto';
import type { RandomSource } from '../../../src/statistics/noise/index.js';

const CHUNK = 65_536;

/** Bytes that are the same at every run: AES-256 in counter mode under the hash of the seed. */
export function seededSource(seed: string): RandomSource {
  const cipher = createCipheriv('aes-256-ctr', createHash('sha256').update(seed).digest(), Buffer.alloc(16));
  let chunk = cipher.update(Buffer.alloc(CHUNK));
  let at = 0;
  return {
    bytes(count) {
      if (at + count > CHUNK) {
        chunk = cipher.update(Buffer.alloc(CHUNK));
        at = 0;
      }
      at += count;
      return chunk.subarray(at - count, at);
    },
  };
}
