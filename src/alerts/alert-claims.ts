import type { AlertContent } from '../protocol/index.js';

/** The payload of an alert statement after the JSON Schema was checked. */
export interface AlertClaims {
  readonly iss: string;
  readonly aud: string;
  readonly iat: number;
  readonly exp?: number;
  readonly jti: string;
  readonly events: {
    readonly 'https://w3id.org/symbolon/events/alert-raised'?: AlertContent;
    readonly 'https://w3id.org/symbolon/events/alert-updated'?: {
      readonly alert: string;
      readonly content: AlertContent;
    };
    readonly 'https://w3id.org/symbolon/events/alert-withdrawn'?: { readonly alert: string; readonly reason: string };
  };
}
