import { Logger } from '@nestjs/common';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { unwrapResolverError } from '@apollo/server/errors';
import { Refusal } from '../protocol/index.js';
import { correlationIdOfError } from './correlation.js';
import { ACCESS_CODES, AccessError } from './errors.js';
import { countRefusal } from './refusal-tally.js';

const log = new Logger('graphql');

/** What may be wrong with a request itself; each keeps its code, and only messages that quote no value keep their words. */
const REQUEST_FAULTS: Readonly<Record<string, string>> = {
  GRAPHQL_PARSE_FAILED: 'The document is not GraphQL.',
  GRAPHQL_VALIDATION_FAILED: 'The document does not fit the schema.',
  BAD_USER_INPUT: 'An argument or variable does not have the type that the schema declares.',
  BAD_REQUEST: 'The request is not a GraphQL request over HTTP.',
  OPERATION_RESOLUTION_FAILURE: 'The operation to run is missing or ambiguous.',
  UNAUTHENTICATED: 'The access token or its proof does not hold.',
  TOO_COSTLY: 'The document asks for too much at once.',
  TOO_MANY_STREAMS: 'There are as many streams as there may be; end one, or try again later.',
  INTROSPECTION_REFUSED: 'Introspection is for authenticated members; the schema is in schema/graphql of the source.',
};

const QUOTES_NO_VALUE =
  /^(Cannot query field "\w+" on type "\w+"\.|Unknown (argument|type|fragment|directive) "@?\w+"( on (field|directive) "[\w.@]+")?\.|Field "\w+" (argument "\w+" )?of (required )?type "[\w![\]]+" (is required|must have a selection of subfields).*|Variable "\$\w+" (is not defined|is never used|of (required )?type|of non-null type|is undefined).*|(\w+) takes [^"]*\.|Syntax Error: Expected .*|(The|This) [^"]*)$/;

/**
 * The one place where errors become answers. Refusals keep code, path and remedy; faults of the request keep their code and lose every value;
 * all else becomes INTERNAL with the id under which the log has where, never what, went wrong: messages of the database quote values.
 */
export function formatError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const answer = withoutValues(formatted, error);
  const code = answer.extensions?.['code'];
  if (typeof code === 'string') countRefusal(code);
  return answer;
}

/** The codes that an error of an answer may have, besides those of refusals. */
export const FAULT_CODES: readonly string[] = [...Object.keys(REQUEST_FAULTS), ...ACCESS_CODES, 'INTERNAL'];

function withoutValues(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const cause = unwrapResolverError(error);
  const where = {
    ...(formatted.locations ? { locations: formatted.locations } : {}),
    ...(formatted.path ? { path: formatted.path } : {}),
  };
  if (cause instanceof Refusal) {
    return {
      message: cause.message,
      ...where,
      extensions: { code: cause.code, path: cause.path, remedy: cause.remedy },
    };
  }
  if (cause instanceof AccessError) return { message: cause.message, ...where, extensions: { code: cause.code } };
  const given: unknown = ownCode(error) ?? formatted.extensions?.['code'];
  const code = typeof given === 'string' ? given : '';
  const sentence = REQUEST_FAULTS[code];
  if (
    sentence !== undefined &&
    (cause instanceof GraphQLError || !(cause instanceof Error) || code === 'BAD_REQUEST')
  ) {
    return {
      message: QUOTES_NO_VALUE.test(formatted.message) ? formatted.message : sentence,
      ...where,
      extensions: { code },
    };
  }
  const id = correlationIdOfError(error);
  log.error({ correlationId: id, ...whereabouts(cause) });
  return {
    message: 'The hub failed; nothing of this operation was stored unless a receipt says so.',
    ...where,
    extensions: { code: 'INTERNAL', correlationId: id },
  };
}

/** The code that one of our validation rules gave; the server writes its own over it. */
function ownCode(error: unknown): unknown {
  const original = error instanceof GraphQLError ? error.originalError : undefined;
  return original instanceof GraphQLError ? original.extensions['code'] : undefined;
}

/** Where this program's own files lie, as stacks spell it. */
const HERE = new URL('../', import.meta.url).pathname;

/** Class and code of an error, and the places of this program that it came through, without its message. */
export function whereabouts(error: unknown): { error: string; code: string | null; frames: readonly string[] } {
  if (!(error instanceof Error)) return { error: typeof error, code: null, frames: [] };
  const own = (error.stack ?? '').split('\n').flatMap((line) => {
    const at = /^\s+at /.test(line) ? line.indexOf(HERE) : -1;
    return at < 0 ? [] : [line.slice(at + HERE.length).replace(/\)$/, '')];
  });
  return { error: error.name, code: 'code' in error ? String(error.code) : null, frames: own.slice(0, 8) };
}
