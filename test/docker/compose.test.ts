import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';

interface Composition {
  readonly services: Readonly<Record<string, { readonly networks: readonly string[]; readonly ports?: unknown }>>;
  readonly networks: Readonly<
    Record<string, { readonly internal?: boolean; readonly driver_opts?: Readonly<Record<string, string>> } | null>
  >;
}

const { services, networks } = parse(readFileSync('docker/compose.yaml', 'utf8'), { merge: true }) as Composition; // parsing

const isInternal = (network: string) => networks[network]?.internal === true;
const servicesOn = (network: string) =>
  Object.keys(services).filter((name) => services[name]?.networks.includes(network));

describe('the composition', () => {
  it.each(['hub-1', 'hub-2'])('lets %s out, to push to members, by a network on which there are hubs alone', (hub) => {
    const out = (services[hub]?.networks ?? []).filter((network) => !isInternal(network));
    expect(out).toEqual(['egress']);
    expect(servicesOn('egress')).toEqual(['hub-1', 'hub-2']);
    expect(networks['egress']?.driver_opts).toMatchObject({ 'com.docker.network.bridge.enable_icc': 'false' });
  });

  it('lets nobody in but by the proxy, and the database neither in nor out', () => {
    expect(Object.keys(services).filter((name) => services[name]?.ports !== undefined)).toEqual(['proxy']);
    expect(services['database']?.networks.every(isInternal)).toBe(true);
  });
});
