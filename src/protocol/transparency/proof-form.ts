import { encodeBase64url } from '../base64url.js';
import { Fields, readBytes } from '../fields.js';
import type { Json } from '../statement/index.js';
import { HASH_BYTES, type Hash } from './merkle-hash.js';
import type { ConsistencyProof, InclusionProof } from './proof-hashes.js';
import { MAX_TREE_SIZE } from './tree-shape.js';
import { MAX_PATH } from './verify-proof.js';

/** An inclusion proof as it is sent (T8). */
export interface InclusionProofForm {
  readonly index: number;
  readonly size: number;
  readonly path: readonly string[];
}

/** A consistency proof as it is sent (T9). */
export interface ConsistencyProofForm {
  readonly from: number;
  readonly to: number;
  readonly path: readonly string[];
}

export function writeInclusionProof({ index, size, path }: InclusionProof): InclusionProofForm {
  return { index, size, path: path.map(encodeBase64url) };
}

export function writeConsistencyProof({ from, to, path }: ConsistencyProof): ConsistencyProofForm {
  return { from, to, path: path.map(encodeBase64url) };
}

/** Reads an inclusion proof; says nothing about what it proves. Throws `Refusal` SCHEMA_INVALID. */
export function readInclusionProof(value: Json | undefined, path: readonly string[] = []): InclusionProof {
  const fields = Fields.of(value, ['index', 'size', 'path'], path);
  const size = fields.number('size', 1, MAX_TREE_SIZE);
  return { index: fields.number('index', 0, size - 1), size, path: readPath(fields) };
}

/** Reads a consistency proof; says nothing about what it proves. Throws `Refusal` SCHEMA_INVALID. */
export function readConsistencyProof(value: Json | undefined, path: readonly string[] = []): ConsistencyProof {
  const fields = Fields.of(value, ['from', 'to', 'path'], path);
  const to = fields.number('to', 0, MAX_TREE_SIZE);
  return { from: fields.number('from', 0, to), to, path: readPath(fields) };
}

function readPath(fields: Fields): readonly Hash[] {
  return fields.list('path', MAX_PATH, (hash, at) => readBytes(hash, HASH_BYTES, at));
}
