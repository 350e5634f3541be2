import type { Request } from 'express';

/** A request that is none for a stream. */
export class RequestFault extends Error {
  override readonly name = 'RequestFault';

  constructor(
    /** Of HTTP. */
    readonly status: number,
  ) {
    super('The request is not one for a stream.');
  }
}

/**
 * That a request has the form of one for a stream. Only such are let through as a page of another origin cannot have a browser send, and nothing is said in
 * the address, which others write down. Throws `RequestFault`.
 */
export function assertStreamRequest({
  method,
  originalUrl,
  headers,
}: Pick<Request, 'method' | 'originalUrl' | 'headers'>): void {
  if (method !== 'POST') throw new RequestFault(405);
  if (originalUrl.includes('?')) throw new RequestFault(400);
  if (!/^application\/json *(;|$)/i.test(headers['content-type'] ?? '')) throw new RequestFault(415);
  if (headers.accept !== 'text/event-stream') throw new RequestFault(406);
}
