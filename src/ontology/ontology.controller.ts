import { Controller, Get, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Anybody } from '../graphql/index.js';
import { Publication } from './publication.js';

/** Publishes the ontology to anybody as linked data. Every concept's IRI leads to the one document that describes them all. */
@Controller('ontology')
export class OntologyController {
  constructor(private readonly publication: Publication) {}

  @Get(['', ':scheme', ':scheme/:term'])
  @Anybody()
  async read(@Req() request: Request, @Res() response: Response): Promise<void> {
    const type = request.accepts(['text/turtle', 'application/ld+json', 'application/json']);
    response.vary('Accept');
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
    response.setHeader('Cache-Control', 'public, max-age=3600');
    if (type === 'text/turtle') response.type('text/turtle; charset=utf-8').send(await this.publication.turtle());
    else if (type) response.type('application/ld+json; charset=utf-8').send(await this.publication.jsonLd());
    else
      response
        .status(406)
        .json({ code: 'NOT_ACCEPTABLE', message: 'The ontology is published as text/turtle and application/ld+json.' });
  }
}
