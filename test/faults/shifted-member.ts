/** What a member does whose clock is wrong: connects and raises an alert. Arguments: seconds that its clock is ahead, hub, folder of keys. Prints what came of it. */
const [ahead = '0', hub = '', keys = ''] = process.argv.slice(2);
const RightDate = Date;
const now = (): number => RightDate.now() + Number(ahead) * 1000;

class WrongDate extends RightDate {
  constructor(...given: readonly unknown[]) {
    if (given.length === 0) super(now());
    else super(...(given as [number]));
  }

  static override now(): number {
    return now();
  }
}
globalThis.Date = WrongDate as DateConstructor;

const { MemberClient } = await import('../../src/member/index.js');
const { checkContent, KeyStore } = await import('../../src/member/files/index.js');
const { caseContent } = await import('../support/organisation.js');

async function raise(): Promise<string> {
  const seat = await KeyStore.open(keys).loadOfficer('ro-punte', 'desk-1');
  const client = await MemberClient.connect({ check: checkContent, hub, audience: hub, seat, purpose: 'protection' });
  const { __typename } = await client.raise(caseContent());
  return __typename;
}

try {
  process.stdout.write(JSON.stringify({ came: await raise() }));
} catch (error) {
  const { code, remedy } = error as { code?: string; remedy?: string };
  process.stdout.write(JSON.stringify({ code: code ?? 'UNCODED', remedy: remedy ?? '' }));
}
