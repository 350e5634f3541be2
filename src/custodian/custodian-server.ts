import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { signPayload } from '../protocol/index.js';
import { CustodianRefusal, type CustodianCode } from '../protocol/custodian/index.js';
import { CeremonyBoard } from './ceremony-desk.js';
import type { OpenFolder } from './custodian-folder.js';
import type { EvaluationService } from './evaluation-service.js';
import type { RequestChain } from './request-chain.js';

/** The longest request that is read, bytes: more than any statement has. */
const MAX_REQUEST_BYTES = 72 * 1024;

/** How many lines of the chain one answer holds. */
const LINES_AT_ONCE = 1000;

const CEREMONY_PATH = /^\/board\/([A-Za-z0-9_-]{43})$/;

/** What the server answers with. */
export interface ServerParts {
  readonly folder: OpenFolder;
  readonly service: EvaluationService;
  readonly chain: RequestChain;
  /** Seconds since 1970. */
  readonly now: () => number;
  /** Told of what went wrong inside, never of what was asked. */
  readonly report: (problem: string) => void;
}

interface Answer {
  readonly status: number;
  readonly type: 'application/json' | 'application/jose' | 'application/x-ndjson' | null;
  readonly text: string;
}

/** The HTTP side of a custodian: `POST /evaluate`, `POST /grants`; `GET /epochs`, `/chain`, `/head`, `/board/<ceremony>`, `/health`. */
export function makeServer(parts: ServerParts): Server {
  const server = createServer((request, response) => {
    void answerTo(parts, request).then(
      (answer) => {
        send(response, answer);
      },
      (error: unknown) => {
        send(response, refused(parts, error));
      },
    );
  });
  // A line that dawdles is not waited for.
  server.requestTimeout = 15_000;
  server.headersTimeout = 10_000;
  server.keepAliveTimeout = 5_000;
  return server;
}

async function answerTo(parts: ServerParts, request: IncomingMessage): Promise<Answer> {
  const { service, folder, chain } = parts;
  const url = new URL(request.url ?? '/', 'http://custodian');
  const route = `${request.method ?? ''} ${url.pathname}`;
  // A browser asks before it sends what is none of a form's types.
  if (request.method === 'OPTIONS') return { status: 204, type: null, text: '' };
  await folder.epochs.lookAgain();
  await service.recordEpochs();
  switch (route) {
    case 'POST /evaluate':
      return { status: 200, type: 'application/jose', text: await service.evaluate(await bodyOf(request)) };
    case 'POST /grants':
      return json(await service.grant(await bodyOf(request)));
    case 'GET /epochs':
      return json({
        epochs: folder.epochs.all().map(({ description, statements }) => ({
          ...{ epoch: description.epoch, generation: description.generation, statements },
        })),
      });
    case 'GET /chain':
      return lines(await chain.after(placeIn(url), LINES_AT_ONCE));
    case 'GET /head':
      return { status: 200, type: 'application/jose', text: await signedHead(parts) };
    case 'GET /health':
      return json({ custodian: folder.identity.card.code, status: 'serving', seq: chain.published.seq });
  }
  const ceremony = CEREMONY_PATH.exec(url.pathname)?.[1];
  if (request.method === 'GET' && ceremony !== undefined)
    return json({ messages: await new CeremonyBoard(join(folder.paths.board, ceremony)).read() });
  throw new CustodianRefusal('NOT_FOUND', 'There is nothing here.', 'See schema/CUSTODIANS.md for what there is.');
}

function signedHead({ folder, chain, now }: ServerParts): Promise<string> {
  const { seq, hash } = chain.published;
  const { card, key } = folder.identity;
  return signPayload({ iss: card.code, iat: now(), seq, hash }, key, 'chain-head+jwt');
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request) {
    const bytes = chunk instanceof Uint8Array ? chunk : Buffer.from(String(chunk));
    length += bytes.length;
    if (length > MAX_REQUEST_BYTES)
      throw new CustodianRefusal('OVERSIZED', 'The request is too long.', 'Send one statement.');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('latin1').trim();
}

function placeIn(url: URL): number {
  const text = url.searchParams.get('after') ?? '0';
  if (!/^[0-9]{1,15}$/.test(text))
    throw new CustodianRefusal('ARGUMENT_INVALID', 'That is no place in the chain.', 'Give a whole number.', ['after']);
  return Number(text);
}

function json(value: object): Answer {
  return { status: 200, type: 'application/json', text: JSON.stringify(value) };
}

function lines(values: readonly object[]): Answer {
  return {
    status: 200,
    type: 'application/x-ndjson',
    text: values.map((value) => `${JSON.stringify(value)}\n`).join(''),
  };
}

function refused({ report }: ServerParts, error: unknown): Answer {
  if (error instanceof CustodianRefusal) {
    const { code, message, path, remedy } = error;
    return { ...json({ code, message, path, remedy }), status: statusOf(code) };
  }
  // A message of an unknown error could hold anything; its name says enough for a report.
  report(error instanceof Error ? error.name : typeof error);
  const answer = {
    code: 'INTERNAL',
    message: 'The custodian failed.',
    path: [],
    remedy: 'Ask another; try again later.',
  };
  return { ...json(answer), status: 500 };
}

function statusOf(code: CustodianCode): number {
  switch (code) {
    case 'BUDGET_ALERT':
    case 'BUDGET_OFFICER':
    case 'BUDGET_MEMBER':
    case 'BUDGET_PARTIAL':
    case 'BUDGET_GRANT':
      return 429;
    case 'BREAKER_OPEN':
      return 503;
    case 'ALERT_USED':
    case 'REPLAYED':
    case 'EPOCH_STALE':
    case 'EPOCH_UNKNOWN':
      return 409;
    case 'WRONG_KEY':
    case 'UNSIGNED':
      return 401;
    case 'GRANT_INVALID':
    case 'ISSUER_MISMATCH':
    case 'MEMBER_PENDING':
    case 'MEMBER_SUSPENDED':
    case 'MEMBER_LEFT':
    case 'OFFICER_EXPIRED':
    case 'OFFICER_REVOKED':
    case 'PURPOSE_OUTSIDE_MANDATE':
    case 'ROLE_NOT_ALLOWED':
      return 403;
    case 'NOT_FOUND':
      return 404;
    case 'OVERSIZED':
      return 413;
    default:
      return 400;
  }
}

/**
 * Pages of any origin may ask and read: a request is authorised by its signature, never by who sends it or by a cookie (C33), and the console is served by
 * the hub, which has another origin than any custodian.
 */
const READ_BY_PAGES = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, POST',
  'access-control-allow-headers': 'content-type',
  'access-control-max-age': '600',
  'cross-origin-resource-policy': 'cross-origin',
};

function send(response: ServerResponse, { status, type, text }: Answer): void {
  response.writeHead(status, {
    ...(type === null ? {} : { 'content-type': type }),
    'cache-control': 'no-store',
    ...READ_BY_PAGES,
    'x-content-type-options': 'nosniff',
    ...(status === 413 ? { connection: 'close' } : {}),
  });
  response.end(text);
}
