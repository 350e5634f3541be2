import { isBuiltin } from 'node:module';
import { resolve } from 'node:path';
import { expect, it } from '@jest/globals';
import { readSources } from '../../support/source-tree.js';

const NODE_NAMES = ['Buffer', 'process', '__dirname', '__filename', 'require', 'setImmediate'] as const;

it('what writes tables of the picture runs in a browser, with all that it imports', () => {
  const sources = new Map(readSources(resolve('src')).map((source) => [source.path, source]));
  const reached = new Set([...sources.keys()].filter((path) => path.startsWith('member/picture/')));
  expect(reached.size).toBeGreaterThan(0);
  // A set grows while it is gone through.
  for (const path of reached)
    for (const one of sources.get(path)?.imports ?? []) if ('file' in one) reached.add(one.file);
  const needsNode = [...reached].filter((path) => {
    const { imports = [], uses = new Set() } = sources.get(path) ?? {};
    return imports.some((one) => 'module' in one && isBuiltin(one.module)) || NODE_NAMES.some((name) => uses.has(name));
  });
  expect(needsNode).toEqual([]);
});
