import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, relative, sep } from 'node:path';
import ts from 'typescript';

/** A source file as far as the rules of the house look at it. */
export interface Source {
  /** From the root of the sources, with slashes: `alerts/matching.ts`. */
  readonly path: string;
  readonly imports: readonly Import[];
  readonly hasDefaultExport: boolean;
  /** Global names that only Node has, and names that the house does without, where they are used. */
  readonly uses: ReadonlySet<Watched>;
}

/** What a file imports, types too: a file of our own by its path, or a package or built-in module by its name. */
export type Import = { readonly file: string } | { readonly module: string };

const WATCHED = ['Buffer', 'process', '__dirname', '__filename', 'require', 'setImmediate', 'forwardRef'] as const;

/** A name that a rule asks about; `process.env` stands for any way to the environment. */
export type Watched = (typeof WATCHED)[number] | 'process.env';

/** Reads every TypeScript file under a folder. */
export function readSources(root: string): Source[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !entry.parentPath.includes('node_modules'))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => parseSource(relative(root, file).replaceAll(sep, '/'), readFileSync(file, 'utf8')))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Parses one file. */
export function parseSource(path: string, text: string): Source {
  const imports: Import[] = [];
  const uses = new Set<Watched>();
  let hasDefaultExport = false;
  const visit = (node: ts.Node): void => {
    const specifier = importedBy(node);
    if (specifier !== null) imports.push(importOf(path, specifier));
    hasDefaultExport ||= exportsDefault(node);
    for (const used of watchedIn(node)) uses.add(used);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true));
  return { path, imports, hasDefaultExport, uses };
}

function importedBy(node: ts.Node): string | null {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return textOf(node.moduleSpecifier);
  if (ts.isExternalModuleReference(node)) return textOf(node.expression);
  if (ts.isImportTypeNode(node)) return ts.isLiteralTypeNode(node.argument) ? textOf(node.argument.literal) : null;
  const asks =
    ts.isCallExpression(node) &&
    (node.expression.kind === ts.SyntaxKind.ImportKeyword || node.expression.getText() === 'require');
  return asks ? textOf(node.arguments[0]) : null;
}

function textOf(node: ts.Node | undefined): string | null {
  return node && ts.isStringLiteralLike(node) ? node.text : null;
}

function importOf(from: string, specifier: string): Import {
  if (!specifier.startsWith('.')) return { module: specifier };
  const target = posix.normalize(posix.join(posix.dirname(from), specifier));
  return { file: target.replace(/\.js(x?)$/, '.ts$1') };
}

function exportsDefault(node: ts.Node): boolean {
  if (ts.isExportAssignment(node)) return true;
  if (ts.isExportSpecifier(node)) return node.name.text === 'default';
  return (
    ts.canHaveModifiers(node) && (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword)
  );
}

function watchedIn(node: ts.Node): Watched[] {
  const name = ts.isIdentifier(node) ? WATCHED.find((one) => one === node.text) : undefined;
  if (!name || !ts.isIdentifier(node) || isMerelyAMember(node)) return [];
  return name === 'process' && mayReadEnvironment(node) ? [name, 'process.env'] : [name];
}

function isMerelyAMember(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent))
    return parent.name === node && parent.expression.getText() !== 'globalThis';
  const isMember = ts.isPropertyAssignment(parent) || ts.isPropertySignature(parent) || ts.isMethodDeclaration(parent);
  return isMember && parent.name === node;
}

/** Whatever is done with `process` other than naming another member of it. */
function mayReadEnvironment(node: ts.Identifier): boolean {
  const { parent } = node;
  return !(ts.isPropertyAccessExpression(parent) && parent.expression === node && parent.name.text !== 'env');
}
