/** `TreeHead` as it comes over the wire: the statement is what counts. */
export interface TreeHeadAnswer {
  readonly statement: string;
}

export const TREE_HEAD = `query TreeHead { treeHead { statement } }`;

/** `InclusionProof` as it comes over the wire. */
export interface InclusionProofAnswer {
  readonly index: number;
  readonly size: number;
  readonly path: readonly string[];
  readonly head: TreeHeadAnswer;
}

export const INCLUSION_PROOF = `query InclusionProof($index: Int!, $size: Int) {
    inclusionProof(index: $index, size: $size) { index size path head { statement } }
  }`;

/** `ConsistencyProof` as it comes over the wire. */
export interface ConsistencyProofAnswer {
  readonly from: number;
  readonly to: number;
  readonly path: readonly string[];
  readonly head: TreeHeadAnswer;
}

export const CONSISTENCY_PROOF = `query ConsistencyProof($from: Int!, $to: Int) {
    consistencyProof(from: $from, to: $to) { from to path head { statement } }
  }`;

/** A statement as a reader of the alert has it, and the hub's receipt for it. */
export interface ReceiptOfAlertAnswer {
  readonly alert: {
    readonly statement: string;
    readonly history: readonly string[];
    readonly receipt: string | null;
  } | null;
}

export const RECEIPT_OF_ALERT = `query ReceiptOfAlert($id: ID!) { alert(id: $id) { statement history receipt } }`;
