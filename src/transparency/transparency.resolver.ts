import { Args, Query, Resolver } from '@nestjs/graphql';
import { Anybody } from '../graphql/index.js';
import {
  type ConsistencyProof,
  type InclusionProof,
  writeConsistencyProof,
  writeInclusionProof,
} from '../protocol/transparency/index.js';
import { encodeBase64url } from '../protocol/index.js';
import { LogProofs, type UnderHead } from './proofs.js';
import type { KeptHead } from './tree-store.js';

/** The log as anybody may see it. */
@Resolver()
export class TransparencyResolver {
  constructor(private readonly proofs: LogProofs) {}

  @Query('treeHead')
  @Anybody()
  async treeHead() {
    return headView(await this.proofs.latest());
  }

  @Query('inclusionProof')
  @Anybody()
  async inclusionProof(@Args('index') index: number, @Args('size') size?: number | null) {
    return inclusionView(await this.proofs.inclusion(index, size ?? null));
  }

  @Query('consistencyProof')
  @Anybody()
  async consistencyProof(@Args('from') from: number, @Args('to') to?: number | null) {
    return consistencyView(await this.proofs.consistency(from, to ?? null));
  }
}

function headView({ size, root, issuedAt, statement }: KeptHead) {
  return { size, root: encodeBase64url(root), issuedAt, statement };
}

function inclusionView(proof: UnderHead<InclusionProof>) {
  return { ...writeInclusionProof(proof), head: headView(proof.head) };
}

function consistencyView(proof: UnderHead<ConsistencyProof>) {
  return { ...writeConsistencyProof(proof), head: headView(proof.head) };
}
