import type { PictureCountAnswer } from '../../protocol/picture/index.js';
import { REFUSED_FIELDS, type RefusedAnswer } from './alert-submission.js';

/** `Publication` as it comes over the wire. */
export interface PublicationAnswer {
  readonly hash: string;
  readonly title: string;
  readonly publisher: string;
  readonly publishedAt: string;
  readonly asOf: string | null;
  readonly method: string;
  /** What it costs of the privacy budget, in millionths of rho; null without noise. */
  readonly rhoMicro: number | null;
  readonly tables: number;
  readonly replaces: string | null;
  readonly replacedBy: string | null;
  readonly url: string;
}

export interface PublicationsPage {
  readonly publications: {
    readonly edges: readonly { readonly node: PublicationAnswer }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

export interface PublicationAcceptedAnswer {
  readonly __typename: 'PublicationAccepted';
  readonly jti: string;
  readonly payloadHash: string;
  readonly receivedAt: string;
  readonly repeated: boolean;
  readonly receipt: string;
  readonly publication: PublicationAnswer;
  readonly leftOut: PictureCountAnswer;
}

export type PublicationOutcome = PublicationAcceptedAnswer | RefusedAnswer;

const FIELDS = 'hash title publisher publishedAt asOf method rhoMicro tables replaces replacedBy url';

export const PUBLICATIONS = `query Publications($publisher: String, $first: Int!, $after: String) {
    publications(publisher: $publisher, first: $first, after: $after) {
      edges { node { ${FIELDS} } }
      pageInfo { hasNextPage endCursor }
    }
  }`;

export const PUBLISH_PICTURE = `mutation PublishPicture($statement: SignedStatement!) {
    result: publishPicture(statement: $statement) {
      __typename
      ... on PublicationAccepted { jti payloadHash receivedAt repeated receipt publication { ${FIELDS} } leftOut { count fewerThan } }
      ${REFUSED_FIELDS}
    }
  }`;

/** How wide the noise of a publication would be, and what may be spent on it. */
export interface NoisePreviewAnswer {
  readonly previewNoise: {
    readonly epsilon: number;
    readonly delta: number;
    readonly tables: readonly {
      readonly cells: number;
      readonly cellsPerPerson: number;
      readonly halfWidth95: number;
    }[];
  };
  readonly privacyBudget: { readonly rhoMicro: number; readonly spent: number; readonly left: number };
}

export const PREVIEW_NOISE = `query PreviewNoise($tables: [NoisyTable!]!, $rhoMicro: Int!, $combinations: Int!, $codes: [DeclaredCodes!]!) {
    previewNoise(tables: $tables, rhoMicro: $rhoMicro, combinations: $combinations, codes: $codes) {
      epsilon delta tables { cells cellsPerPerson halfWidth95 }
    }
    privacyBudget { rhoMicro spent left }
  }`;
