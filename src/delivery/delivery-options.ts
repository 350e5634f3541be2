/** The injection token of `DeliveryOptions`. */
export const DELIVERY_OPTIONS = Symbol('DELIVERY_OPTIONS');

/** How the hub delivers. */
export interface DeliveryOptions {
  /** How often one entry is tried before its stream stops. */
  readonly tries: number;
  /** How long after the first failure the second try comes, seconds; it doubles from one to the next. */
  readonly retrySeconds: number;
  /** How long connecting to an endpoint may take, and then its answer, seconds. */
  readonly answerSeconds: number;
  /** Hosts by name, and addresses as CIDR, that the operator allows although they are private. */
  readonly allowed: readonly string[];
  /** Whether endpoints with plain http are taken. For tests. */
  readonly insecure: boolean;
}
