import { endOf, type SharedParts } from '../alerts/index.js';
import { type HubIdentity, signNatively } from '../identity/index.js';
import {
  type AlertContent,
  alertIdOf,
  daysOf,
  decodeStatement,
  EVENTS,
  sha256Base64url,
  STATEMENT_TYPE,
} from '../protocol/index.js';

/** A flag ready to be written: its columns in the tables `log_entry` and `alert` by name, and the statement. */
export interface HubFlag {
  readonly columns: object;
  readonly statement: string;
}

/** Signs what the hub says itself. Its `jti` follows from the link, so that one link has one flag, whoever confirms last and however often. */
export function signFlag(hub: HubIdentity, link: string, content: AlertContent, parts: SharedParts): HubFlag {
  const iat = Math.floor(Date.now() / 1000);
  const jti = sha256Base64url(`flag:${link}`);
  const payload = { iss: hub.audience, aud: hub.audience, iat, jti, events: { [EVENTS.alertRaised]: content } };
  const statement = signNatively(payload, hub.signingKey, STATEMENT_TYPE);
  const start = content.episode.start === undefined ? null : daysOf(content.episode.start);
  const columns = {
    issuer: hub.audience,
    jti,
    event: EVENTS.alertRaised,
    payload_hash: Buffer.from(decodeStatement(statement).payloadHash, 'base64url').toString('hex'),
    id: alertIdOf(hub.audience, jti).slice('alert:'.length),
    raised_at: new Date(iat * 1000),
    expires_at: endOf(content.expires),
    audience_id: parts.audienceId,
    case_id: parts.caseId,
    route_id: parts.routeId,
    trait_id: parts.traitId,
    age_band: content.person?.ageBand ?? null,
    started_from: start?.first ?? null,
    started_to: start?.last ?? null,
  };
  return { columns, statement };
}
