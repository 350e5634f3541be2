import { isMap, isSeq, LineCounter, parseDocument } from 'yaml';

/** What is wrong in a file, and where. */
export interface FileFault {
  /** From 1. */
  readonly line: number;
  readonly reason: string;
}

/** A file of the ontology that cannot be used; names every fault with its line. */
export class OntologyFileError extends Error {
  override readonly name = 'OntologyFileError';

  constructor(
    readonly file: string,
    readonly faults: readonly FileFault[],
  ) {
    super(faults.map(({ line, reason }) => `${file}:${line}: ${reason}`).join('\n'));
  }
}

type Path = readonly (string | number)[];

/** Reads values out of a YAML file, gathers every fault with its line, and goes on with a harmless stand-in. */
export class YamlReader {
  private readonly faults: FileFault[] = [];
  private readonly lines = new LineCounter();
  private readonly document;

  constructor(
    text: string,
    private readonly file: string,
  ) {
    this.document = parseDocument(text, { lineCounter: this.lines, uniqueKeys: true });
    for (const { pos, message } of this.document.errors) {
      this.faults.push({ line: this.lines.linePos(pos[0]).line, reason: message.split('\n', 1)[0] ?? 'not YAML' });
    }
    this.done();
  }

  /** Throws `OntologyFileError` when any fault was found. */
  done(): void {
    if (this.faults.length > 0) throw new OntologyFileError(this.file, this.faults);
  }

  fault(path: Path, reason: string): void {
    this.faults.push({ line: this.lineOf(path), reason });
  }

  /** Names keys that have no place in the map at `path`. */
  onlyKeys(path: Path, allowed: readonly string[]): void {
    const node = this.node(path);
    if (!isMap(node)) return this.fault(path, `${nameOf(path)} is not a map`);
    for (const { key } of node.items) {
      const name = String(key);
      if (!allowed.includes(name)) this.fault([...path, name], `${name} has no place here`);
    }
  }

  /** How many items the list at `path` has. */
  count(path: Path): number {
    const node = this.node(path);
    if (isSeq(node)) return node.items.length;
    this.fault(path, `${nameOf(path)} is not a list`);
    return 0;
  }

  has(path: Path): boolean {
    return this.value(path) !== undefined;
  }

  text(path: Path, pattern?: RegExp): string {
    const value = this.value(path);
    if (typeof value === 'string' && value.trim() !== '' && (pattern?.test(value) ?? true)) return value;
    this.fault(path, `${nameOf(path)} is missing or not ${pattern ? `of the form ${pattern.source}` : 'a text'}`);
    return '';
  }

  /** A text that may be absent or null. Numbers such as a bare year count as text. */
  textOrNull(path: Path): string | null {
    const value = this.value(path);
    if (value === null || value === undefined) return null;
    if (typeof value === 'number') return String(value);
    return this.text(path);
  }

  day(path: Path): string | null {
    const value = this.textOrNull(path);
    if (
      value === null ||
      (/^\d{4}-\d\d-\d\d$/.test(value) && new Date(`${value}T00:00:00Z`).toISOString().startsWith(value))
    )
      return value;
    this.fault(path, `${nameOf(path)} is not a day such as 2026-11-23`);
    return null;
  }

  texts(path: Path): string[] {
    if (!this.has(path)) return [];
    return Array.from({ length: this.count(path) }, (_, index) => this.text([...path, index]));
  }

  bool(path: Path, fallback: boolean): boolean {
    const value = this.value(path);
    if (value === undefined) return fallback;
    if (typeof value !== 'boolean') this.fault(path, `${nameOf(path)} is neither true nor false`);
    return value === true;
  }

  boolOrNull(path: Path): boolean | null {
    const value = this.value(path);
    return value === null || value === undefined ? null : this.bool(path, false);
  }

  whole(path: Path): number {
    const value = this.value(path);
    if (typeof value === 'number' && Number.isInteger(value) && value > 0) return value;
    this.fault(path, `${nameOf(path)} is not a whole number above 0`);
    return 1;
  }

  oneOf<T extends string>(path: Path, allowed: readonly T[], fallback: T): T {
    const value = this.value(path);
    const found = allowed.find((one) => one === value);
    if (found === undefined) this.fault(path, `${nameOf(path)} is none of ${allowed.join(', ')}`);
    return found ?? fallback;
  }

  /** A map of texts by language. */
  labels(path: Path, required: readonly string[]): Record<string, string> {
    const node = this.node(path);
    if (!isMap(node)) {
      this.fault(path, `${nameOf(path)} is not a map of texts by language`);
      return {};
    }
    const labels = Object.fromEntries(node.items.map(({ key }) => [String(key), this.text([...path, String(key)])]));
    for (const language of required)
      if (!(language in labels)) this.fault(path, `${nameOf(path)} lacks the language ${language}`);
    return labels;
  }

  private value(path: Path): unknown {
    return this.document.getIn(path);
  }

  private node(path: Path): unknown {
    return path.length === 0 ? this.document.contents : this.document.getIn(path, true);
  }

  /** The line of the deepest part of the path that exists. */
  private lineOf(path: Path): number {
    for (let depth = path.length; depth >= 0; depth--) {
      const parent = this.node(path.slice(0, depth - 1));
      const key = path[depth - 1];
      const pair = isMap(parent) ? parent.items.find((item) => String(item.key) === key) : undefined;
      const node: unknown = pair?.key ?? this.node(path.slice(0, depth));
      if (typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range)) {
        return this.lines.linePos(Number(node.range[0])).line;
      }
    }
    return 1;
  }
}

function nameOf(path: Path): string {
  return path.map(String).join('.') || 'the file';
}
