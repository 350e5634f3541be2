import { Injectable } from '@nestjs/common';
import type { Principal } from '../../graphql/index.js';
import { assertOwnStatement, BodySchema, MembershipService } from '../../membership/index.js';
import { OntologyService, today } from '../../ontology/index.js';
import { EVENTS, isCalendarDate, type OfficerRole, Refusal, within } from '../../protocol/index.js';
import type { AskedTable, PublicationAskedBody, PublicationBodies } from '../../protocol/publication/index.js';
import { isPictureDimension, type PictureDimension } from '../picture/dimension.js';
import { assertAnswerable, type PictureRequest } from '../picture/picture-request.js';
import type { TableRequest } from './publication-method.js';

/** Who may have the picture published: whoever may see it. */
export const PUBLISHING_ROLES: readonly OfficerRole[] = ['analyst', 'liaison'];

const SCHEMA = new BodySchema<PublicationBodies>(
  'publication/publication-statement.schema.json',
  'https://w3id.org/symbolon/schema/publication-statement.schema.json',
  () => 'publication-asked',
);

/** A statement that asks for a publication, checked as far as it can be without the data. */
export interface CheckedPublication {
  readonly body: PublicationAskedBody;
  readonly compact: string;
  readonly claims: { readonly jti: string };
  /** 32 bytes, base64url. */
  readonly payloadHash: string;
}

/** The door for statements that ask for publications. */
@Injectable()
export class PublicationIntake {
  constructor(
    private readonly membership: MembershipService,
    private readonly ontology: OntologyService,
  ) {}

  /** Checks envelope, signature, signer, sender and body. Throws `Refusal`. */
  async check(compact: string, sender: Principal): Promise<CheckedPublication> {
    const verified = await this.membership.verifyOfficerStatement(compact, [EVENTS.publicationAsked], sender);
    assertOwnStatement(verified, sender, PUBLISHING_ROLES, 'for a publication');
    const { decoded, claims } = verified;
    return { body: SCHEMA.read('publicationAsked', claims.body), compact, claims, payloadHash: decoded.payloadHash };
  }

  /** What is asked of the picture, table by table. Throws `Refusal` with the path in the statement: ARGUMENT_INVALID, UNKNOWN_CODE, LAW_NOT_IN_FORCE, NOT_COUNTED_TOGETHER. */
  requestsOf({ tables, lawsOn, method }: PublicationAskedBody): TableRequest[] {
    const onDate = lawsOn ?? today();
    const path = ['events', EVENTS.publicationAsked];
    if (!isCalendarDate(onDate))
      throw new Refusal('ARGUMENT_INVALID', 'There is no such day.', 'Correct the date.', [...path, 'lawsOn']);
    return tables.map((asked, at) => {
      const request = requestOf(asked, onDate);
      within([...path, 'tables', String(at)], () => {
        // What is counted person by person is counted in any combination, as one's own alerts are.
        assertAnswerable(method.name === 'pieces' ? request : { ...request, scope: 'OWN' }, this.ontology, today());
      });
      return { asked, request };
    });
  }
}

function requestOf({ by = [], under = [], where = [], from, until }: AskedTable, onDate: string): PictureRequest {
  return {
    ...{ by: by.map(dimensionNamed), under, scope: 'SHARED', about: 'PERSON', fill: true, onDate },
    where: where.map(({ dimension, anyOf }) => ({ dimension: dimensionNamed(dimension), anyOf, unknown: false })),
    ...{ from: from ?? null, until: until ?? null },
  };
}

/** The JSON Schema lets no other through. */
function dimensionNamed(name: string): PictureDimension {
  if (!isPictureDimension(name)) throw new RangeError('no dimension of the picture');
  return name;
}
