import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { asOwner } from '../support/database.js';
import { testHub, type TestHub } from '../support/hub.js';
import { loggedDuring } from '../support/logged-during.js';
import { certify, foundAccord } from '../support/organisation.js';
import { asStranger, withToken } from '../support/raw-seat.js';

let hub: TestHub;

beforeAll(async () => {
  hub = await testHub();
});
afterAll(() => hub.stop());

describe('the log', () => {
  it('says nothing of an operation that was refused for want of permission', async () => {
    expect(await loggedDuring(() => asStranger(hub)('{ whoami { purpose } }'))).toBe('');
  });

  it('says where an operation failed, and nothing of what the database said', async () => {
    const { ro } = await foundAccord(hub);
    const ask = await withToken(hub, await certify(hub, ro, 'desk', 'liaison'), 'protection');
    await asOwner(hub.database.url, 'ALTER TABLE access_record RENAME TO hidden_name_of_a_table');
    const log = await loggedDuring(async () => {
      const { text } = await ask('{ accessRecords(first: 1) { edges { cursor } } }');
      expect(text).toContain('INTERNAL');
      expect(text).not.toContain('access_record');
    });
    expect(log).toContain('correlationId');
    expect(log).not.toContain('access_record');
  });
});
