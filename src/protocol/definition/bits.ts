/** A set of concepts as bits, 32 to a word. All sets of one engine have the same length. */
export type Bits = Uint32Array;

export function addBit(bits: Bits, index: number): void {
  bits[index >>> 5] = (bits[index >>> 5] ?? 0) | (1 << (index & 31));
}

export function hasBit(bits: Bits, index: number): boolean {
  return ((bits[index >>> 5] ?? 0) & (1 << (index & 31))) !== 0;
}

/** Adds `more` to `bits`. */
export function unite(bits: Bits, more: Bits): void {
  for (let i = 0; i < bits.length; i++) bits[i] = (bits[i] ?? 0) | (more[i] ?? 0);
}

export function intersects(a: Bits, b: Bits): boolean {
  for (let i = 0; i < a.length; i++) if (((a[i] ?? 0) & (b[i] ?? 0)) !== 0) return true;
  return false;
}

/** Whether every member of `part` is in `whole`. */
export function isWithin(part: Bits, whole: Bits): boolean {
  for (let i = 0; i < part.length; i++) if (((part[i] ?? 0) & ~(whole[i] ?? 0)) !== 0) return false;
  return true;
}

export function isEmpty(bits: Bits): boolean {
  for (let i = 0; i < bits.length; i++) if (bits[i] !== 0) return false;
  return true;
}

/** What is in `whole` and not in `part`. */
export function without(whole: Bits, part: Bits): Bits {
  const rest = whole.slice();
  for (let i = 0; i < rest.length; i++) rest[i] = (rest[i] ?? 0) & ~(part[i] ?? 0);
  return rest;
}

/** What is in both. */
export function common(a: Bits, b: Bits): Bits {
  const both = a.slice();
  for (let i = 0; i < both.length; i++) both[i] = (both[i] ?? 0) & (b[i] ?? 0);
  return both;
}

export function sizeOf(bits: Bits): number {
  let size = 0;
  for (const word of bits) for (let rest = word; rest !== 0; rest &= rest - 1) size++;
  return size;
}

export function membersOf(bits: Bits): number[] {
  const members: number[] = [];
  for (let word = 0; word < bits.length; word++) {
    for (let rest = bits[word] ?? 0; rest !== 0; rest &= rest - 1)
      members.push((word << 5) + (31 - Math.clz32(rest & -rest)));
  }
  return members;
}
