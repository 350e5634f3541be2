import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Anybody } from '../../graphql/index.js';
import { sha256Base64url } from '../../protocol/index.js';
import { limitReading } from './limit-reading.js';
import { PublishedFiles } from './published-files.js';
import { NoTurnLeft } from './reading-turns.js';

/** What is published never changes, but that something took its place is to be heard of within the hour. */
const FOR_AN_HOUR = 'public, max-age=3600';
const FOR_A_MINUTE = 'public, max-age=60';

const NOT_YET = { code: 'NOT_YET_INTEGRATED', message: 'No signed head of the log covers the publication yet.' };
const TOO_MANY = { code: 'TOO_MANY_READERS', message: 'As many read publications as may at once: ask again.' };

/** Gives publications to anybody, without a token and from any page. */
@Controller('publications')
export class PublicationController {
  constructor(private readonly files: PublishedFiles) {}

  @Get()
  @Anybody()
  async list(@Req() request: Request, @Res() response: Response, @Query('before') before: unknown): Promise<void> {
    await unlessTooMany(response, async () => {
      const page = await this.files.list(typeof before === 'string' ? before : null);
      if (page === null) {
        notFound(response);
        return;
      }
      const text = JSON.stringify(page);
      await send(request, response, {
        tag: sha256Base64url(text),
        caching: FOR_A_MINUTE,
        text: () => Promise.resolve(Buffer.from(text)),
      });
    });
  }

  @Get(':hash')
  @Anybody()
  async read(@Req() request: Request, @Res() response: Response, @Param('hash') hash: string): Promise<void> {
    await unlessTooMany(response, async () => {
      const found = await this.files.find(hash);
      if (found === null) notFound(response);
      else if (found === 'not-yet') later(response, NOT_YET);
      else {
        if (found.replacedBy !== null) response.setHeader('Link', `<${found.replacedBy}>; rel="successor-version"`);
        await send(request, response, { tag: found.tag, caching: FOR_AN_HOUR, text: found.text });
      }
    });
  }
}

interface Sent {
  readonly tag: string;
  readonly caching: string;
  /** Made when it is wanted, and not at the reader already. */
  readonly text: () => Promise<Buffer>;
}

async function send(request: Request, response: Response, { tag, caching, text }: Sent): Promise<void> {
  open(response);
  response.setHeader('Cache-Control', caching);
  response.setHeader('ETag', `"${tag}"`);
  if (request.fresh) response.status(304).end();
  else {
    response.type('application/json; charset=utf-8');
    if (request.method === 'HEAD') {
      response.end();
      return;
    }
    limitReading(response);
    response.send(await text());
  }
}

function later(response: Response, problem: typeof TOO_MANY): void {
  open(response);
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('Retry-After', '1');
  response.status(503).json(problem);
}

async function unlessTooMany(response: Response, answer: () => Promise<void>): Promise<void> {
  try {
    await answer();
  } catch (error) {
    for (const name of ['ETag', 'Link', 'Cache-Control']) response.removeHeader(name); // of what is not sent now
    if (!(error instanceof NoTurnLeft)) throw error;
    later(response, TOO_MANY);
  }
}

function notFound(response: Response): void {
  open(response);
  response.status(404).json({ code: 'NOT_FOUND', message: 'There is no such publication.' });
}

function open(response: Response): void {
  response.setHeader('Access-Control-Allow-Origin', '*');
  response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
}
