import type { Adapter, AdapterPayload } from 'oidc-provider';
import { errors } from 'oidc-provider';
import type { Database } from '../database/index.js';
import type { Seats } from './seats.js';

const UPSERT = `
  INSERT INTO oauth_record (model, id, payload, expires_at) VALUES ($1, $2, $3, now() + make_interval(secs => $4))
  ON CONFLICT (model, id) DO UPDATE SET payload = excluded.payload, expires_at = excluded.expires_at`;
const INSERT_ONCE = `
  INSERT INTO oauth_record (model, id, payload, expires_at) VALUES ($1, $2, $3, now() + make_interval(secs => $4))
  ON CONFLICT DO NOTHING RETURNING id`;
const FIND =
  'SELECT payload FROM oauth_record WHERE model = $1 AND id = $2 AND (expires_at IS NULL OR expires_at > now())';

/** What the token service keeps, in the database, so that every node sees it. Clients are officers: their keys come from the member list. */
export class TokenStore implements Adapter {
  constructor(
    private readonly model: string,
    private readonly database: Database,
    private readonly seats: Seats,
  ) {}

  async upsert(id: string, payload: AdapterPayload, expiresIn: number): Promise<void> {
    const values = [this.model, id, JSON.stringify(payload), expiresIn];
    if (this.model !== 'ReplayDetection') {
      await this.database.query(UPSERT, values);
      return;
    }
    // The service looks before it writes; between the two another node may have seen the same assertion.
    const [first] = await this.database.query(INSERT_ONCE, values);
    if (!first) throw new errors.InvalidClientAuth('the assertion or proof was used before');
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    if (this.model === 'Client') return this.findClient(id);
    const [row] = await this.database.query<{ payload: AdapterPayload }>(FIND, [this.model, id]);
    return row?.payload;
  }

  async destroy(id: string): Promise<void> {
    await this.database.query('DELETE FROM oauth_record WHERE model = $1 AND id = $2', [this.model, id]);
  }

  async consume(id: string): Promise<void> {
    await this.destroy(id);
  }

  findByUid(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  findByUserCode(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  revokeByGrantId(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  /** Whether the officer may act is decided after it has proven who it is, so that a stranger learns nothing of members. */
  private async findClient(id: string): Promise<AdapterPayload | undefined> {
    const [member = '', officer = '', ...rest] = id.split('/');
    const seat = rest.length === 0 ? await this.seats.byCode(member, officer) : null;
    if (!seat) return undefined;
    const { jwk, kid, algorithm } = seat.officer;
    return {
      client_id: id,
      grant_types: ['client_credentials'],
      response_types: [],
      redirect_uris: [],
      token_endpoint_auth_method: 'private_key_jwt',
      token_endpoint_auth_signing_alg: algorithm,
      id_token_signed_response_alg: 'EdDSA',
      dpop_bound_access_tokens: true,
      jwks: { keys: [{ ...jwk, kid, alg: algorithm, use: 'sig' }] },
    };
  }
}
