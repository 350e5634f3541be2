import { describe, expect, it } from '@jest/globals';
import { limitedText } from '../../src/member/limited-body.js';

/** An answer that never ends, and counts what is read of it. */
function endless(): { response: Response; read: () => number } {
  let read = 0;
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      read += 1024;
      controller.enqueue(new Uint8Array(1024));
    },
  });
  return { response: new Response(body), read: () => read };
}

describe('an answer that is read up to so many bytes', () => {
  it('is the text when it is as long as it may be, characters of several bytes included', async () => {
    expect(await limitedText(new Response('é'.repeat(50)), 100)).toBe('é'.repeat(50));
    expect(await limitedText(new Response(null), 100)).toBe('');
  });

  it('is nothing when it is longer, and is not read on', async () => {
    expect(await limitedText(new Response('x'.repeat(101)), 100)).toBeNull();
    const { response, read } = endless();
    expect(await limitedText(response, 10_000)).toBeNull();
    expect(read()).toBeLessThan(20_000);
  });
});
