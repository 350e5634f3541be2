import pg from 'pg';

/** Every row of every table as text, past row-level security: what a thief of the database has. */
export async function wholeDatabase(url: string): Promise<string> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
    );
    const dumped: string[] = [];
    for (const { name } of tables) {
      const { rows } = await client.query<{ row: string }>(`SELECT t::text AS row FROM ${name} t`);
      dumped.push(`-- ${name}`, ...rows.map(({ row }) => row));
    }
    return dumped.join('\n');
  } finally {
    await client.end();
  }
}
