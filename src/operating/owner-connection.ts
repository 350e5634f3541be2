import pg from 'pg';

/** Runs `work` on one connection to the database as its owner. */
export async function asOwner<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'symbolon owner', keepAlive: true });
  client.on('error', () => undefined); // what is under way fails by itself
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
