import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import * as rules from './support/house-rules.js';
import { parseSource, readSources } from './support/source-tree.js';

const house = readSources(resolve('src'));

interface Rule {
  readonly says: string;
  readonly rule: rules.HouseRule;
  /** Trees that keep it. */
  readonly kept: Readonly<Record<string, string>>;
  /** Trees of which every first file breaks it. */
  readonly broken: readonly Readonly<Record<string, string>>[];
}

const RULES: readonly Rule[] = [
  {
    says: 'a folder imports only what lies below it',
    rule: rules.importsOnlyDownwards,
    kept: {
      'main.ts': "import { AppModule } from './app.module.js'; import { X } from './alerts/index.js';",
      'sandbox/a.ts': "import { X } from '../alerts/index.js'; import { Y } from '../member/index.js';",
      'operating/a.ts': "import { X } from '../statistics/index.js'; import { Y } from '../database/index.js';",
      'alerts/a.ts': "import { X } from '../membership/index.js'; import { Y } from './b.js'; import 'pg';",
      'statistics/a.ts': "import { X } from '../linkage/index.js'; import { Y } from '../graphql/index.js';",
      'epochs/a.ts': "import { X } from '../membership/index.js'; import { Y } from '../protocol/custodian/index.js';",
      'alerts/c.ts': "import { X } from '../epochs/index.js';",
      'obligations/a.ts': "import { X } from '../links/index.js'; import { Y } from '../alerts/index.js';",
      'transparency/a.ts': "import { X } from '../database/index.js'; import { Y } from '../identity/index.js';",
      'member/cli/a.ts': "import { X } from '../../protocol/index.js'; import { Y } from '../b.js';",
      'member/cli/b.ts': "import { X } from '../../custodian/index.js';",
      'custodian/a.ts': "import { X } from '../protocol/oprf/index.js'; import 'node:http';",
      'console/deep/a.ts': "import x from '../../../schema/linkage/profile.json?raw';",
    },
    broken: [
      { 'protocol/a.ts': "import { X } from '../database/index.js';" },
      { 'protocol/deep/a.ts': "import { X } from '../../member/index.js';" },
      { 'member/a.ts': "import { X } from '../alerts/index.js';" },
      { 'member/cli/a.ts': "export * from '../../config.js';" },
      { 'console/a.tsx': "import type { X } from '../alerts/index.js';" },
      { 'member/c.ts': "import type { X } from '../console/index.js';" },
      { 'database/a.ts': "import { X } from '../membership/index.js';" },
      { 'membership/a.ts': "import { X } from '../ontology/index.js';" },
      { 'membership/b.ts': "import { X } from '../epochs/index.js';" },
      { 'epochs/a.ts': "import { X } from '../ontology/index.js';" },
      { 'ontology/a.ts': "const x = await import('../alerts/index.js');" },
      { 'alerts/a.ts': "import type { X } from '../statistics/index.js';" },
      { 'alerts/b.ts': "let x: import('../linkage/index.js').X;" },
      { 'links/a.ts': "import { X } from '../obligations/index.js';" },
      { 'obligations/b.ts': "import { X } from '../statistics/index.js';" },
      { 'linkage/a.ts': "import x = require('../delivery/index.js');" },
      { 'delivery/a.ts': "export { X } from '../referrals/index.js';" },
      { 'statistics/a.ts': "import '../delivery/index.js';" },
      { 'transparency/a.ts': "import { X } from '../membership/index.js';" },
      { 'identity/a.ts': "import { X } from '../transparency/index.js';" },
      { 'graphql/a.ts': "import { X } from '../membership/index.js';" },
      { 'graphql/b.ts': "import { X } from '../database/index.js';" },
      { 'alerts/c.ts': "import { X } from '../sandbox/index.js';" },
      { 'sandbox/a.ts': "import { X } from '../config.js';" },
      { 'operating/a.ts': "import { X } from '../config.js';" },
      { 'transparency/b.ts': "import { X } from '../operating/index.js';" },
      { 'graphql/c.ts': "import type { X } from '../operating/index.js';" },
      { 'delivery/b.ts': "import { X } from '../operating/index.js';" },
      { 'alerts/d.ts': "import { X } from '../../test/support/hub.js';" },
      { 'alerts/f.ts': "import x from '../../schema/linkage/profile.json?raw';" },
      { 'console/deep/b.ts': "import x from '../../../test/x.json?raw';" },
      { 'services/a.ts': '' },
      { 'member/b.ts': "import { X } from '../custodian/index.js';" },
      { 'custodian/a.ts': "import { X } from '../member/index.js';" },
      { 'custodian/b.ts': "import { X } from '../membership/index.js';" },
      { 'alerts/e.ts': "import { X } from '../custodian/index.js';" },
      { 'protocol/b.ts': "import type { X } from '../custodian/index.js';" },
    ],
  },
  {
    says: 'a capability is imported through its index.ts',
    rule: rules.importsThroughIndex,
    kept: {
      'alerts/a.ts': "import { X } from '../ontology/index.js'; import { Y } from './deep/b.js'; import 'pg/lib/x.js';",
      'ontology/a.ts': "import { X } from '../protocol/definition/index.js';",
      'hub.ts': "import { X } from './config.js'; import { Y } from './alerts/index.js';",
    },
    broken: [
      { 'alerts/a.ts': "import { X } from '../ontology/ontology.service.js';" },
      { 'alerts/b.ts': "import type { X } from '../protocol/refusal.js';" },
      { 'membership/a.ts': "import { X } from '../database/migrations/index.js';" },
      { 'hub.ts': "import { X } from './alerts/alert.service.js';" },
      { 'member/cli/a.ts': "import { X } from '../../protocol/statement/sign.js';" },
    ],
  },
  {
    says: 'protocol, console and what a member does without files run in a browser',
    rule: rules.keepsBrowserSafe,
    kept: {
      'protocol/a.ts': "import { sha256 } from '@noble/hashes/sha2.js'; const b = { process: 1 }; b.process;",
      'member/files/a.ts': "import { readFile } from 'node:fs/promises'; Buffer.from('x');",
      'member/a.ts': "import { X } from './documents/x.js';",
      'console/a.tsx': "import { X } from '../member/index.js';",
    },
    broken: [
      { 'protocol/a.ts': "import { createHash } from 'node:crypto';" },
      { 'protocol/b.ts': "import type { Readable } from 'node:stream';" },
      { 'protocol/c.ts': "import { readFileSync } from 'fs';" },
      { 'protocol/d.ts': "import { readFile } from 'fs/promises';" },
      { 'protocol/deep/a.ts': "export const x = Buffer.from('x');" },
      { 'protocol/e.ts': "export const x = process.env['X'];" },
      { 'protocol/f.ts': 'export const x = globalThis.process.version;' },
      { 'protocol/g.ts': 'export const x = __dirname;' },
      { 'member/b.ts': "import { readFile } from 'node:fs/promises';" },
      { 'member/c.ts': "import { KeyStore } from './files/key-store.js';", 'member/files/key-store.ts': '' },
      { 'console/a.ts': "import { KeyStore } from '../member/files/index.js';", 'member/files/index.ts': '' },
      { 'member/documents/a.ts': "export const x = Buffer.from('x');" },
    ],
  },
  {
    says: 'the packages of the hub stay in the hub',
    rule: rules.keepsHubPackagesInTheHub,
    kept: {
      'alerts/a.ts': "import 'pg'; import '@nestjs/common';",
      'member/a.ts': "import 'jose'; import 'pg-format';",
    },
    broken: [
      { 'member/a.ts': "import { Injectable } from '@nestjs/common';" },
      { 'protocol/a.ts': "import pg from 'pg';" },
      { 'console/a.ts': "import type { Entity } from 'typeorm';" },
      { 'custodian/a.ts': "import express from 'express';" },
    ],
  },
  {
    says: 'each program reads its environment in one place',
    rule: rules.readsEnvironmentInOnePlace,
    kept: {
      'config.ts': 'process.env.X;',
      'member/cli/main.ts': 'run(process.env);',
      'main.ts': 'process.exit(1); environment.env; const run = { process: 1 };',
    },
    broken: [
      { 'main.ts': 'process.env.X;' },
      { 'alerts/a.ts': "process.env['X'];" },
      { 'member/a.ts': "import { env } from 'node:process';" },
      { 'alerts/b.ts': 'const { env } = process;' },
      { 'alerts/c.ts': "process['env'];" },
      { 'alerts/d.ts': 'globalThis.process.env.X;' },
    ],
  },
  {
    says: 'folders do not import each other in a circle',
    rule: rules.hasNoFolderCycles,
    kept: {
      'member/index.ts': "export * from './cli/a.js'; export * from './import/a.js';",
      'member/cli/a.ts': "import '../index.js'; import '../import/a.js';",
      'member/import/a.ts': "import '../../protocol/index.js';",
    },
    broken: [
      { 'a/x.ts': "import '../b/x.js';", 'b/y.ts': "import '../a/y.js';" },
      { 'a/x.ts': "import '../b/x.js';", 'b/x.ts': "import '../c/x.js';", 'c/deep/x.ts': "import '../../a/x.js';" },
      { 'm/cli/a.ts': "import '../import/a.js';", 'm/import/b.ts': "import type { X } from '../cli/b.js';" },
    ],
  },
  {
    says: 'a file is named for what it is',
    rule: rules.namesFilesForWhatTheyAre,
    kept: {
      'alerts/alert.service.ts': '',
      'alerts/content-rules.ts': '',
      'database/migrations/1795460000000-create-roles.ts': '',
      'database/migrations/index.ts': '',
    },
    broken: [
      ...['alerts/utils.ts', 'helpers.ts', 'protocol/common.ts', 'alerts/types.ts', 'alerts/alert.types.ts'],
      ...['common/alert.ts', 'alerts/AlertService.ts', 'alerts/alert_row.ts'],
      ...['database/migrations/create-roles.ts', 'database/migrations/1795460000000-roles.ts'],
      ...['database/migrations/1795460000000-create.ts', 'database/migrations/17954600-create-roles.ts'],
    ].map((path) => ({ [path]: '' })),
  },
  {
    says: 'every migration is in the list that runs',
    rule: rules.listsEveryMigration,
    kept: {
      'database/migrations/index.ts': "import { A } from './1795460000000-create-a.js';",
      'database/migrations/1795460000000-create-a.ts': '',
    },
    broken: [
      { 'database/migrations/1795460000000-create-a.ts': '' },
      { 'database/migrations/1795460000001-create-b.ts': '', 'database/migrations/index.ts': "import './a.js';" },
    ],
  },
  {
    says: 'what is exported has a name',
    rule: rules.exportsByName,
    kept: {
      'alerts/a.ts': 'export const a = 1; export class B {}',
      'console/vite.config.ts': 'export default {};',
    },
    broken: [
      { 'alerts/a.ts': 'export default 1;' },
      { 'alerts/b.ts': 'export default class B {}' },
      { 'alerts/c.ts': 'export default function c() {}' },
      { 'alerts/d.ts': 'const d = 1; export { d as default };' },
    ],
  },
  {
    says: 'no provider waits for another in a circle',
    rule: rules.doesWithoutForwardRef,
    kept: { 'alerts/a.ts': '// forwardRef is not used' },
    broken: [{ 'alerts/a.ts': "import { forwardRef } from '@nestjs/common';" }],
  },
];

const treeOf = (files: Readonly<Record<string, string>>) =>
  Object.entries(files).map(([path, text]) => parseSource(path, text));

describe('the house', () => {
  it('is read whole, imports included', () => {
    expect(house.map(({ path }) => path)).toEqual(expect.arrayContaining(['main.ts', 'protocol/index.ts']));
    expect(house.find(({ path }) => path === 'main.ts')?.imports).toContainEqual({ file: 'config.ts' });
  });

  it.each(RULES)('keeps the rule that $says', ({ rule }) => {
    expect(rule(house)).toEqual([]);
  });
});

describe.each(RULES)('the rule that $says', ({ rule, kept, broken }) => {
  it('leaves a tree that keeps it alone', () => {
    expect(rule(treeOf(kept))).toEqual([]);
  });

  it.each(broken)('catches %j', (files) => {
    const found = rule(treeOf(files));
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(Object.keys(files)[0]?.replace(/\/[^/]*$/, ''));
  });
});
