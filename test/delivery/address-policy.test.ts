import { describe, expect, it } from '@jest/globals';
import { AddressPolicy } from '../../src/delivery/index.js';

const PRIVATE = [
  ...[
    '0.0.0.0',
    '10.0.0.1',
    '100.64.0.1',
    '127.0.0.1',
    '127.255.255.254',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
  ],
  ...['192.0.0.8', '192.0.2.1', '192.168.1.1', '198.18.0.1', '198.51.100.1', '203.0.113.1', '224.0.0.1', '239.1.1.1'],
  ...[
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:8.8.8.8',
    '::ffff:127.0.0.1',
    '::8.8.8.8',
    '64:ff9b::8.8.8.8',
  ],
  ...[
    '64:ff9b:1::1',
    '100::1',
    '2001::1',
    '2001:db8::1',
    '2002:7f00:1::1',
    '3fff::1',
    '4000::1',
    '5f00::1',
    'fc00::1',
    'fd12::1',
  ],
  ...['fe80::1', 'fe80::1%eth0', 'fec0::1', 'ff02::1', '::ffff:0:8.8.8.8'],
];

describe('addresses', () => {
  it.each(PRIVATE)('%s is nowhere to go', (address) => {
    expect(new AddressPolicy([]).allows(address)).toBe(false);
  });

  it.each(['8.8.8.8', '93.184.216.34', '2606:4700::1111', '2a00:1450:4001::1'])('%s is public', (address) => {
    expect(new AddressPolicy([]).allows(address)).toBe(true);
  });

  it.each(['', 'localhost', '134744072', '0x8080808', '8.8', '8.8.8.8 ', '8.8.8.8.8', 'x::1', '010.8.8.8'])(
    '%j is no address, whatever some make of it',
    (text) => {
      expect(new AddressPolicy(['0.0.0.0/0', '::/0']).allows(text)).toBe(false);
    },
  );

  it('are allowed as the operator names them, and no others', () => {
    const policy = new AddressPolicy(['10.1.0.0/16', '127.0.0.1', 'fd00:1::/32', 'relay.internal']);
    for (const address of ['10.1.2.3', '127.0.0.1', 'fd00:1::7']) expect(policy.allows(address)).toBe(true);
    for (const address of ['10.2.0.1', '127.0.0.2', 'fd00:2::1', '::ffff:10.1.2.3'])
      expect(policy.allows(address)).toBe(false);
    expect([policy.allowsHost('relay.internal'), policy.allowsHost('other.internal')]).toEqual([true, false]);
  });
});
