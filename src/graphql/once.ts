/** Makes the value at the first call and gives the same one ever after: what several fields of an answer need, and perhaps none asks for. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
