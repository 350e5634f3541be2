import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, ConfigError } from './config.js';
import { generateSigningKey, readPublicKey, type SigningKey } from './protocol/index.js';

/** The hub's own keys. */
export interface HubSecrets {
  /** Signs receipts and access tokens. */
  readonly signingKey: SigningKey;
  /** Keys the cursors. */
  readonly cursorSecret: Uint8Array;
  /** Whether they were made for the sandbox. */
  readonly sandbox: boolean;
}

/** Reads the hub's keys; in the sandbox makes them at the first start. Production refuses missing and sandbox keys. Throws `ConfigError`. */
export async function readHubSecrets(config: Config): Promise<HubSecrets> {
  const file = config.secretFile ?? join(config.dataFolder, 'hub-secrets.json');
  if (!existsSync(file)) {
    if (config.production)
      throw new ConfigError(`${file} does not exist: make the hub’s keys with “npm run hub -- keys FILE”.`);
    writeFileSync(file, await newHubSecrets(true), { mode: 0o600 });
  }
  const secrets = await parse(readFileSync(file, 'utf8'), file);
  if (config.production && secrets.sandbox)
    throw new ConfigError(`${file} holds sandbox keys: production needs keys of its own (“npm run hub -- keys FILE”).`);
  return secrets;
}

/** New keys as the text of a secrets file. */
export async function newHubSecrets(sandbox: boolean): Promise<string> {
  const { privateJwk } = await generateSigningKey('EdDSA');
  return `${JSON.stringify({ sandbox, signingKey: privateJwk, cursorSecret: randomBytes(32).toString('base64url') }, null, 2)}\n`;
}

async function parse(text: string, file: string): Promise<HubSecrets> {
  try {
    const { sandbox, signingKey, cursorSecret } = JSON.parse(text) as Record<string, unknown>; // parsing: each is checked below
    if (
      typeof sandbox !== 'boolean' ||
      typeof signingKey !== 'object' ||
      signingKey === null ||
      typeof cursorSecret !== 'string'
    )
      throw new TypeError('shape');
    const { d, ...publicJwk } = { d: undefined, ...signingKey };
    const secret = Buffer.from(cursorSecret, 'base64url');
    if (typeof d !== 'string' || secret.length < 32) throw new TypeError('shape');
    return {
      sandbox,
      cursorSecret: secret,
      signingKey: { ...(await readPublicKey(publicJwk)), privateJwk: signingKey },
    };
  } catch (cause) {
    throw new ConfigError(`${file} does not hold the hub’s keys: make them with “npm run hub -- keys FILE”.`, {
      cause,
    });
  }
}
