import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { asOwner } from '../support/database.js';
import { testHub, type TestHub } from '../support/hub.js';
import { caseContent, certify, connect, foundAccord } from '../support/organisation.js';
import { type Ask, withToken } from '../support/raw-seat.js';

const PAGE = '{ alerts(first: 5) { edges { node { id statement } } } }';

let hub: TestHub;
let ask: Ask;

beforeAll(async () => {
  hub = await testHub();
  const { ro, al } = await foundAccord(hub);
  await (await connect(hub, await certify(hub, ro, 'desk', 'liaison'), 'protection')).raise(caseContent());
  ask = await withToken(hub, await certify(hub, al, 'desk', 'case-worker'), 'protection');
});
afterAll(() => hub.stop());

describe('a page whose access record is written while the page is made', () => {
  it('leaves with its record there', async () => {
    const { text } = await ask(PAGE);
    expect(text).toContain('"statement":"');
    expect(await asOwner(hub.database.url, 'SELECT owner FROM access_record')).toEqual([{ owner: 'ro-liaison' }]);
  });

  it('does not leave when the record does not come to be, and says nothing of what it held', async () => {
    // A constraint that is looked at when the transaction ends: the rows have been given by then.
    await asOwner(
      hub.database.url,
      `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'the disk is full'; END $$;
       CREATE CONSTRAINT TRIGGER refuse AFTER INSERT ON access_record DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse()`,
    );
    const logged = jest.spyOn(console, 'error').mockImplementation(() => undefined);
    const written = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    const { status, text } = await ask(PAGE);
    const log = JSON.stringify([logged.mock.calls.map(String), written.mock.calls.map(String)]);
    logged.mockRestore();
    written.mockRestore();
    await asOwner(hub.database.url, 'DROP TRIGGER refuse ON access_record');
    expect(text).not.toContain('alert:');
    expect(text + log).not.toContain('disk');
    expect(JSON.parse(text)).toMatchObject({ errors: [{ extensions: { code: 'INTERNAL' } }] });
    expect(status).toBe(500);
    expect(await asOwner(hub.database.url, 'SELECT owner FROM access_record')).toHaveLength(1);
  });

  it('is given again afterwards', async () => {
    expect((await ask(PAGE)).text).toContain('"statement":"');
  });
});
