import { MemberError } from './member-error.js';

/** One event of an event stream. */
export interface StreamedEvent {
  /** `message` when it has no name. */
  readonly event: string;
  readonly data: string;
}

/** The longest event that is read, characters: a hub that sends more is broken. */
const LONGEST_EVENT = 16 * 1024 * 1024;

/**
 * The events of a body of server-sent events (HTML living standard, §9.2.6), as they come; nothing is read ahead of whoever takes them. Comments are passed
 * over, and `onSign` is called for whatever comes. Throws `MemberError` HUB_FAILED when an event is too long.
 */
export async function* readEvents(
  body: AsyncIterable<Uint8Array>,
  onSign: () => void,
): AsyncGenerator<StreamedEvent, void, undefined> {
  const decoder = new TextDecoder();
  let rest = '';
  let read: string[] = [];
  for await (const chunk of body) {
    onSign();
    rest += decoder.decode(chunk, { stream: true });
    const lines = rest.split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line !== '') {
        read.push(line);
        continue;
      }
      const event = eventOf(read);
      read = [];
      if (event) yield event;
    }
    if (rest.length + read.reduce((sum, line) => sum + line.length, 0) > LONGEST_EVENT)
      throw new MemberError('HUB_FAILED', 'The hub sends what is too long.', 'Try again later.');
  }
}

/** An event of its lines; null when they hold no data. */
function eventOf(lines: readonly string[]): StreamedEvent | null {
  let event = 'message';
  const data: string[] = [];
  for (const line of lines) {
    const [, name, value = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
    if (name === 'event') event = value;
    if (name === 'data') data.push(value);
  }
  return data.length === 0 ? null : { event, data: data.join('\n') };
}
