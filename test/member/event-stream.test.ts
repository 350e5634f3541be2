import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readEvents, type StreamedEvent } from '../../src/member/event-stream.js';

async function* inChunks(text: string, cuts: readonly number[]): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  for (const [at, place] of places.entries()) if (at > 0) yield bytes.subarray(places[at - 1], place);
}

async function read(text: string, cuts: readonly number[] = []): Promise<StreamedEvent[]> {
  const events: StreamedEvent[] = [];
  for await (const event of readEvents(inChunks(text, cuts), () => undefined)) events.push(event);
  return events;
}

describe('reading an event stream', () => {
  it.each([
    ['an event', 'event: next\ndata: {"a":1}\n\n', [{ event: 'next', data: '{"a":1}' }]],
    ['no name', 'data: x\n\n', [{ event: 'message', data: 'x' }]],
    ['no space', 'event:next\ndata:x\n\n', [{ event: 'next', data: 'x' }]],
    ['two lines of data', 'data: a\ndata: b\n\n', [{ event: 'message', data: 'a\nb' }]],
    ['a colon in the data', 'data: a: b\n\n', [{ event: 'message', data: 'a: b' }]],
    ['comments', ':\n\n: ping\n\ndata: x\n\n', [{ event: 'message', data: 'x' }]],
    [
      'other ends of lines',
      'event: a\r\ndata: x\r\n\r\nevent: b\rdata: y\r\rx',
      [
        { event: 'a', data: 'x' },
        { event: 'b', data: 'y' },
      ],
    ],
    ['empty data', 'event: complete\ndata:\n\n', [{ event: 'complete', data: '' }]],
    ['what did not come to its end', 'event: next\ndata: x\n', []],
    ['an event without data', 'event: complete\n\ndata: x\n\n', [{ event: 'message', data: 'x' }]],
  ])('reads %s', async (_, text, events) => {
    expect(await read(text)).toEqual(events);
  });

  it('reads the same however the network cuts it', async () => {
    const text = ':\n\nevent: next\ndata: {"name":"é€😀"}\n\nevent: next\r\ndata: 2\r\n\r\nevent: complete\ndata:\n\n';
    const whole = await read(text);
    expect(whole).toHaveLength(3);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(200), { maxLength: 8 }), async (cuts) => {
        expect(await read(text, cuts)).toEqual(whole);
      }),
    );
  });

  it('gives up on a hub that sends without an end', async () => {
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (;;) yield Buffer.alloc(1024 * 1024, 'x');
    }
    const events = readEvents(endless(), () => undefined);
    await expect(events.next()).rejects.toMatchObject({ code: 'HUB_FAILED' });
  });
});
