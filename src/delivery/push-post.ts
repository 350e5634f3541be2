import { type ClientRequest, type IncomingMessage, request as requestPlain } from 'node:http';
import { request as requestSecure } from 'node:https';
import { isIP } from 'node:net';
import type { CheckedEndpoint } from './endpoint-check.js';
import { failed, outcomeOf, type PushOutcome } from './push-outcome.js';

/** How much of an answer's body is read. */
const MOST_BODY = 4_096;
/** Codes of errors with which Node says that a certificate does not hold. */
const OF_CERTIFICATES = /^(ERR_TLS_CERT|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/;

/** What is sent to an endpoint. */
export interface Posted {
  readonly set: string;
  /** The header that the endpoint wants; null for none. */
  readonly authorization: string | null;
}

/**
 * Posts a SET (RFC 8935 §2.1) over a connection of its own to the address that was checked. Redirects are not followed; certificates are verified against the
 * name. Of the answer its status and, of the beginning of its body, the error code are used, and nothing is kept. Connecting may take up to `patience`, and then the answer, milliseconds.
 */
export function postSet(
  { url, address }: CheckedEndpoint,
  { set, authorization }: Posted,
  signal: AbortSignal,
  patience: number,
): Promise<PushOutcome> {
  return new Promise((resolve) => {
    const body = Buffer.from(set);
    const request = (url.protocol === 'https:' ? requestSecure : requestPlain)(url, {
      method: 'POST',
      agent: false,
      rejectUnauthorized: true, // whatever the environment says
      signal,
      lookup: (_name, options, done) => {
        const family = isIP(address);
        if (options.all) done(null, [{ address, family }]);
        else done(null, address, family);
      },
      headers: {
        'content-type': 'application/secevent+jwt',
        accept: 'application/json',
        'content-length': body.length,
        ...(authorization === null ? {} : { authorization }),
      },
    });
    let timer = setTimeout(end, patience, failed('unreachable'));
    function end(outcome: PushOutcome): void {
      clearTimeout(timer);
      resolve(outcome);
      request.destroy();
    }
    onConnected(request, url, () => {
      clearTimeout(timer);
      timer = setTimeout(end, patience, failed('timed-out'));
    });
    request.on('error', (error: NodeJS.ErrnoException) => {
      end(failed(OF_CERTIFICATES.test(error.code ?? '') ? 'certificate-refused' : 'unreachable'));
    });
    request.on('response', (response) => {
      if (response.statusCode !== 400) end(outcomeOf(response.statusCode ?? 0, ''));
      else
        readBody(response, (text) => {
          end(outcomeOf(400, text));
        });
    });
    request.end(body);
  });
}

function onConnected(request: ClientRequest, { protocol }: URL, then: () => void): void {
  request.once('socket', (socket) => socket.once(protocol === 'https:' ? 'secureConnect' : 'connect', then));
}

/** Reads so much of a body, or until it breaks off. */
function readBody(response: IncomingMessage, then: (text: string) => void): void {
  const parts: Buffer[] = [];
  let length = 0;
  const finish = (): void => {
    then(Buffer.concat(parts).subarray(0, MOST_BODY).toString('utf8'));
  };
  response.on('data', (part: Buffer) => {
    parts.push(part);
    length += part.length;
    if (length >= MOST_BODY) finish();
  });
  response.on('end', finish);
  response.on('error', finish);
}
