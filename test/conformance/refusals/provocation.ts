import { EVENTS, type RefusalCode } from '../../../src/protocol/index.js';
import { submit } from '../../authorization/signed-row.js';
import type { Question } from '../../authorization/row.js';
import type { Stage } from './stage.js';

/** How one refusal is brought about through the public interface, and where its answer must say that the fault lies. */
export interface Provocation {
  readonly code: RefusalCode;
  /** What is wrong with the request, as the end of a sentence that begins with "by". */
  readonly by: string;
  readonly path: readonly string[];
  /** Whether only a liaison officer, or only an analyst, may ask. */
  readonly asLiaison?: true;
  readonly asAnalyst?: true;
  readonly ask: (stage: Stage) => Question | Promise<Question>;
}

/** A statement that is refused by the operation that it is sent to; the path begins inside the statement. */
export function refusedStatement(
  code: RefusalCode,
  by: string,
  operation: string,
  path: readonly string[],
  sign: (stage: Stage) => string | Promise<string>,
): Provocation {
  return { code, by, path: ['statement', ...path], ask: async (stage) => submit(operation, await sign(stage)) };
}

/** The path of a property in the body of an event. */
export function inEvent(event: keyof typeof EVENTS, ...path: string[]): string[] {
  return ['events', EVENTS[event], ...path];
}
