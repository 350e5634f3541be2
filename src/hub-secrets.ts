import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, ConfigError } from './config.js';
import type { HubIdentity } from './identity/index.js';
import { generateSigningKey, readPublicKey, type SigningKey } from './protocol/index.js';

/** The hub's own keys. */
export interface HubSecrets {
  /** Signs receipts and access tokens. */
  readonly signingKey: SigningKey;
  /** Keys the cursors. */
  readonly cursorSecret: Uint8Array;
  /** Keys tokens once more, and pseudonyms. Whoever loses it finds nobody of before again. */
  readonly linkageSecret: Uint8Array;
  /** Whether they were made for the sandbox. */
  readonly sandbox: boolean;
}

/** Who the hub is, by its configuration and its keys. Throws `ConfigError`. */
export async function readIdentity(config: Config, missing: 'make' | 'refuse' = 'make'): Promise<HubIdentity> {
  const { signingKey, cursorSecret, linkageSecret } = await readHubSecrets(config, missing);
  return { audience: config.hubUrl, hubUrl: config.hubUrl, signingKey, cursorSecret, linkageSecret };
}

/** Reads the hub's keys; in the sandbox makes them at the first start. Production refuses missing and sandbox keys. Throws `ConfigError`. */
export async function readHubSecrets(config: Config, missing: 'make' | 'refuse' = 'make'): Promise<HubSecrets> {
  const file = config.secretFile ?? join(config.dataFolder, 'hub-secrets.json');
  if (!existsSync(file)) {
    if (config.production || missing === 'refuse')
      throw new ConfigError(
        `${file} does not exist: name the hub’s keys in HUB_SECRET_FILE, or make them with “npm run hub -- keys FILE”.`,
      );
    writeFileSync(file, await newHubSecrets(true), { mode: 0o600 });
  }
  const text = readFileSync(file, 'utf8');
  const whole = withLinkageSecret(text, file);
  const secrets = await parse(whole, file);
  if (whole !== text) writeFileSync(file, whole, { mode: 0o600 });
  if (config.production && secrets.sandbox)
    throw new ConfigError(`${file} holds sandbox keys: production needs keys of its own (“npm run hub -- keys FILE”).`);
  return secrets;
}

/** New keys as the text of a secrets file. */
export async function newHubSecrets(sandbox: boolean): Promise<string> {
  const { privateJwk } = await generateSigningKey('EdDSA');
  return written({ sandbox, signingKey: privateJwk, cursorSecret: newSecret(), linkageSecret: newSecret() });
}

/** Keys of a sandbox from before there was linkage are given what they lack; those of a hub in use have to be given it by its operator. Throws `ConfigError`. */
function withLinkageSecret(text: string, file: string): string {
  const keys = fieldsOf(text);
  if (keys === null || keys['linkageSecret'] !== undefined) return text;
  if (keys['sandbox'] === true) return written({ ...keys, linkageSecret: newSecret() });
  throw new ConfigError(
    `${file} has no linkageSecret: add 32 random bytes as base64url under this name (“openssl rand -base64 32 | tr '+/' '-_' | tr -d '='”), the same on every node, and keep a copy.`,
  );
}

function fieldsOf(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : null;
  } catch {
    return null;
  }
}

function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

function written(keys: object): string {
  return `${JSON.stringify(keys, null, 2)}\n`;
}

async function parse(text: string, file: string): Promise<HubSecrets> {
  try {
    const { sandbox, signingKey, cursorSecret, linkageSecret } = JSON.parse(text) as Record<string, unknown>; // parsing: each is checked below
    if (
      typeof sandbox !== 'boolean' ||
      typeof signingKey !== 'object' ||
      signingKey === null ||
      typeof cursorSecret !== 'string' ||
      typeof linkageSecret !== 'string'
    )
      throw new TypeError('shape');
    const { d, ...publicJwk } = { d: undefined, ...signingKey };
    const [forCursors, forLinkage] = [Buffer.from(cursorSecret, 'base64url'), Buffer.from(linkageSecret, 'base64url')];
    if (typeof d !== 'string' || forCursors.length < 32 || forLinkage.length < 32) throw new TypeError('shape');
    return {
      sandbox,
      cursorSecret: forCursors,
      linkageSecret: forLinkage,
      signingKey: { ...(await readPublicKey(publicJwk)), privateJwk: signingKey },
    };
  } catch (cause) {
    throw new ConfigError(`${file} does not hold the hub’s keys: make them with “npm run hub -- keys FILE”.`, {
      cause,
    });
  }
}
