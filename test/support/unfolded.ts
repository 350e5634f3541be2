const ENCODED = /[A-Za-z0-9_+/-]{12,}/g;
const HEX = /\\x([0-9a-f]{8,})/g;
const DEEPEST = 3;

/** A text with all that may be folded into it: base64, base64url and hexadecimal parts decoded, again and again. */
export function unfolded(text: string, depth = 0): string {
  if (depth === DEEPEST) return text;
  const parts = [
    ...[...text.matchAll(ENCODED)].map(([part]) => Buffer.from(part, 'base64url').toString('utf8')),
    ...[...text.matchAll(HEX)].map(([, part = '']) => Buffer.from(part, 'hex').toString('utf8')),
  ].filter(isReadable);
  return [text, ...parts.map((part) => unfolded(part, depth + 1))].join('\n');
}

/** Mostly text: ciphertext and keys decode to noise. */
function isReadable(text: string): boolean {
  const noise = text.match(/[\u0000-\u0008\u000e-\u001f\ufffd]/g)?.length ?? 0;
  return noise * 20 < text.length;
}
