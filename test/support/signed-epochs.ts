import { eachClass, readEpoch, signEpoch, type ByClass, type SignedEpoch } from '../../src/protocol/custodian/index.js';
import { generateSigningKey, sha256Base64url, type SigningKey } from '../../src/protocol/index.js';
import { loadSodiumRistretto, splitKey, type Scalar } from '../../src/protocol/oprf/index.js';

const DAY = 86_400;

/** When an epoch is open, days from now. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

interface Signer {
  readonly code: string;
  readonly key: SigningKey;
  readonly sealingKey: SigningKey;
}

/** Custodians that sign epochs, whose keys a dealer made (C29): a ceremony takes seconds, and nobody evaluates here. */
export class SigningCustodians {
  private readonly keys = new Map<string, ByClass<Scalar>>();

  private constructor(private readonly signers: readonly Signer[]) {}

  static async make(...codes: readonly string[]): Promise<SigningCustodians> {
    const signers = codes.map(async (code) => ({
      ...{ code, key: await generateSigningKey() },
      sealingKey: await generateSigningKey('ES256'),
    }));
    return new SigningCustodians(await Promise.all(signers));
  }

  /** As the operator of a hub names them. */
  get named(): readonly { readonly code: string; readonly url: string; readonly thumbprint: string }[] {
    return this.signers.map(({ code, key }) => ({ code, url: urlOf(code), thumbprint: key.kid }));
  }

  /** An epoch in one generation; the same name has the same public keys. */
  async epoch(
    name: string,
    audience: string,
    {
      from = -1,
      until = 100,
      generation = 0,
      threshold = 2,
    }: Partial<Span> & { readonly generation?: number; readonly threshold?: number } = {},
  ): Promise<SignedEpoch> {
    const group = await loadSodiumRistretto();
    const secrets = this.keys.get(name) ?? eachClass(() => group.randomScalar());
    this.keys.set(name, secrets);
    const indexes = this.signers.map((_, at) => at + 1);
    const today = Math.floor(Date.now() / 1000 / DAY) * DAY;
    const description = {
      ...{ epoch: name, generation, audience, threshold, scryptN: 16 },
      ...{ validFrom: today + from * DAY, validUntil: today + until * DAY },
      custodians: this.signers.map(({ code, key, sealingKey }, at) => ({
        ...{ index: at + 1, code, url: urlOf(code), key, sealingKey: sealingKey.jwk },
      })),
      keys: eachClass((keyClass) => ({
        publicKey: group.multiplyGenerator(secrets[keyClass]),
        commitments: splitKey(group, secrets[keyClass], threshold, indexes).map(({ secret }) =>
          group.multiplyGenerator(secret),
        ),
      })),
      transcript: sha256Base64url(`${name} ${generation}`),
    };
    const statements = await Promise.all(this.signers.map(({ key }) => signEpoch(description, key)));
    return readEpoch(group, statements, new Map(this.signers.map(({ code, key }) => [code, key.kid])));
  }
}

function urlOf(code: string): string {
  return `https://${code}.example`;
}
