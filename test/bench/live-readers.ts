import { type IncomingMessage, request } from 'node:http';

/** What the readers are to do; they run in a process of their own, so that the hub's is measured alone. */
export interface Readers {
  readonly url: string;
  readonly token: string;
  /** One for each reader. */
  readonly proofs: readonly string[];
  readonly query: string;
}

/** How often an entry was read, and when first and last, milliseconds since 1970. */
interface Arrival {
  count: number;
  first: number;
  last: number;
}

/** What the readers answer to whoever asks how they stand. */
export interface Standing {
  readonly open: number;
  readonly caughtUp: number;
  /** How many entries were read in all, and how many different ones. */
  readonly entries: number;
  readonly different: number;
  /** Of the entry that was first read last; null before any. */
  readonly newest: Readonly<Arrival> | null;
}

const OPENED_AT_ONCE = 20;

let caughtUp = 0;
let open = 0;
let entries = 0;
const arrivals = new Map<string, Arrival>();
let newest: Arrival | null = null;

function take(seq: string): void {
  entries++;
  const now = Date.now();
  let one = arrivals.get(seq);
  if (!one) {
    one = newest = { count: 0, first: now, last: now };
    arrivals.set(seq, one);
  }
  one.count++;
  one.last = now;
}

function read(response: IncomingMessage): void {
  let rest = '';
  let isCaughtUp = false;
  response.setEncoding('utf8').on('data', (chunk: string) => {
    const events = (rest + chunk).split('\n\n');
    rest = events.pop() ?? '';
    for (const event of events) {
      const seq = /"seq":(\d+)/.exec(event)?.[1];
      if (event.includes('"InboxHeartbeat"') && !isCaughtUp) {
        isCaughtUp = true;
        caughtUp++;
      } else if (seq !== undefined && event.includes('"InboxEdge"')) take(seq);
    }
  });
  response.once('close', () => open--);
}

async function openOne({ url, token, query }: Readers, dpop: string): Promise<void> {
  const headers = {
    authorization: `DPoP ${token}`,
    dpop,
    'content-type': 'application/json',
    accept: 'text/event-stream',
  };
  await new Promise<void>((resolve, reject) => {
    const outgoing = request(`${url}/graphql/stream`, { method: 'POST', headers, agent: false }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`no stream: ${String(response.statusCode)}`));
      open++;
      read(response);
      resolve();
    });
    outgoing.once('error', reject).end(JSON.stringify({ query }));
  });
}

process.on('message', (message: Readers | 'stand') => {
  if (message === 'stand') {
    process.send?.({ open, caughtUp, entries, different: arrivals.size, newest } satisfies Standing);
    return;
  }
  const proofs = [...message.proofs];
  const lane = async (): Promise<void> => {
    for (let dpop = proofs.pop(); dpop !== undefined; dpop = proofs.pop()) await openOne(message, dpop);
  };
  void Promise.all(Array.from({ length: OPENED_AT_ONCE }, lane)).catch((error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exit(1);
  });
});
