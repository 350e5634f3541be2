#!/usr/bin/env node
import { run } from './run.js';

// Whoever reads the output may have seen enough, as `head` has.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

process.exitCode = await run(process.argv.slice(2), {
  output: {
    out: (text) => void process.stdout.write(text),
    flush: () =>
      new Promise((resolve, reject) => {
        process.stdout.write('', (error) => {
          if (error) reject(error);
          else resolve();
        });
      }),
    err: (text) => void process.stderr.write(text),
    terminal: process.stderr.isTTY,
  },
  environment: process.env,
  input: process.stdin,
  interactive: process.stdin.isTTY && process.stderr.isTTY,
});
