import { jest } from '@jest/globals';

/** All that this process writes meanwhile, also past the log: to the standard output, the standard error and the console. */
export async function loggedDuring(work: () => Promise<unknown>): Promise<string> {
  const lines: string[] = [];
  const streams = [process.stdout, process.stderr].map((stream) =>
    jest.spyOn(stream, 'write').mockImplementation((line) => {
      lines.push(String(line));
      return true;
    }),
  );
  const console_ = (['log', 'info', 'warn', 'error', 'debug'] as const).map((method) =>
    jest
      .spyOn(console, method)
      .mockImplementation((...values: unknown[]) => void lines.push(values.map(String).join(' '))),
  );
  try {
    await work();
  } finally {
    for (const spied of [...streams, ...console_]) spied.mockRestore();
  }
  return lines.join('');
}
