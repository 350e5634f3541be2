import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { inspectFile, readRows, type SourceFile, type SourceRow } from '../../../src/member/import/csv-rows.js';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'symbolon-csv-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function inspect(bytes: string | Buffer): Promise<SourceFile> {
  const path = join(folder, 'file.csv');
  await writeFile(path, bytes);
  return inspectFile(path);
}

async function rowsOf(bytes: string | Buffer): Promise<SourceRow[]> {
  const rows: SourceRow[] = [];
  for await (const row of readRows(await inspect(bytes))) rows.push(row);
  return rows;
}

describe('a CSV file', () => {
  it('is read with a byte order mark, CRLF, blank lines and quoted line breaks, each row with the line on which it begins', async () => {
    const text = '\uFEFFa,b\r\n1,2\r\n\r\n"x\r\ny",3\r\n4,5';
    expect((await inspect(text)).header).toEqual(['a', 'b']);
    expect(await rowsOf(text)).toEqual([
      { line: 2, cells: ['1', '2'] },
      { line: 4, cells: ['x\r\ny', '3'] },
      { line: 6, cells: ['4', '5'] },
    ]);
  });

  it('keeps rows that are too short or too long, for their refusal to name the line', async () => {
    expect(await rowsOf('a,b\n1\n1,2,3\n')).toEqual([
      { line: 2, cells: ['1'] },
      { line: 3, cells: ['1', '2', '3'] },
    ]);
  });

  it('has the same hash for the same bytes only', async () => {
    const one = await inspect('a,b\n1,2\n');
    expect(await inspect('a,b\n1,2\n')).toMatchObject({ hash: one.hash, rows: 1 });
    expect((await inspect('a,b\n1,3\n')).hash).not.toBe(one.hash);
  });

  it('may be separated by semicolons or tabs, as spreadsheets of many countries write it', async () => {
    expect(await rowsOf('a;b\n1;2\n')).toEqual([{ line: 2, cells: ['1', '2'] }]);
    expect(await rowsOf('a\tb\n1\t2\n')).toEqual([{ line: 2, cells: ['1', '2'] }]);
  });

  it('may hold no row', async () => {
    expect(await inspect('a,b\n')).toMatchObject({ rows: 0, header: ['a', 'b'] });
  });

  it('keeps a stray quote as part of its cell', async () => {
    expect(await rowsOf('a,b\n1,x"y\n3,4\n')).toHaveLength(2);
  });

  it.each([
    ['is empty', '', /empty/],
    ['has two columns of one name', 'a,b,a\n1,2,3\n', /same name/],
    ['has a column without a name', 'a,,c\n1,2,3\n', /no name/],
    ['opens a quote and never closes it', 'a,b\n1,2\n3,"4\n5,6\n', /line 3/],
    ['has a cell of more than a mebibyte', `a,b\n1,2\n${'z'.repeat(1_100_000)},4\n5,6\n`, /line 3/],
    ['is UTF-16', Buffer.from('\uFEFFa,b\n1,2\n', 'utf16le'), /UTF-8/],
  ])('is refused whole when it %s', async (_what, bytes, message) => {
    await expect(inspect(bytes)).rejects.toMatchObject({ code: 'BAD_INPUT', message: expect.stringMatching(message) });
  });

  it('is refused when there is none', async () => {
    await expect(inspectFile(join(folder, 'none.csv'))).rejects.toMatchObject({ code: 'BAD_INPUT' });
  });
});
