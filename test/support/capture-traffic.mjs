import { appendFileSync } from 'node:fs';

/** Loaded into a command-line process before its own code: writes down all that it sends and receives, in a file that the environment names. */
const file = process.env.CAPTURED_TRAFFIC;
const send = globalThis.fetch;

globalThis.fetch = async (input, init) => {
  const request = new Request(input, init);
  const body = await request.clone().text();
  const headers = [...request.headers].map(([name, value]) => `${name}: ${value}`);
  appendFileSync(file, `${request.method} ${request.url}\n${headers.join('\n')}\n\n${body}\n`);
  const response = await send(request);
  appendFileSync(file, `${String(response.status)}\n${await response.clone().text()}\n`);
  return response;
};
