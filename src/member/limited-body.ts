/** The longest text that is read as evidence, bytes: a bundle of 200 statements and a long receipt is shorter. */
export const MAX_EVIDENCE_BYTES = 32 * 1024 * 1024;

/** The text of an answer; null when it is longer than so many bytes: what is beyond is not read, however much somebody sends. */
export async function limitedText(response: Response, most: number): Promise<string | null> {
  if (!response.body) return '';
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return new TextDecoder().decode(joined(chunks, length));
    length += value.length;
    if (length > most) {
      await reader.cancel();
      return null;
    }
    chunks.push(value);
  }
}

function joined(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
