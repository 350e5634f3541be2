import { isMap, isSeq, LineCounter, parseDocument } from 'yaml';

import { type FileFault, OntologyFileError } from './ontology-file-error.js';

const LANGUAGE = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;

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
      this.faults.push({
        file,
        line: this.lines.linePos(pos[0]).line,
        reason: message.split('\n', 1)[0] ?? 'not YAML',
      });
    }
    this.done();
  }

  /** Throws `OntologyFileError` when any fault was found. */
  done(): void {
    if (this.faults.length > 0) throw new OntologyFileError([...this.faults].sort((a, b) => a.line - b.line));
  }

  fault(path: Path, reason: string): void {
    this.faults.push({ file: this.file, line: this.lineOf(path), reason });
  }

  /** Names keys that have no place in the map at `path`. */
  onlyKeys(path: Path, allowed: readonly string[]): void {
    const node = this.node(path);
    if (!isMap(node)) {
      this.fault(path, `${nameOf(path)} is not a map`);
      return;
    }
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
    if (value === null || isDay(value)) return value;
    this.fault(path, `${nameOf(path)} is not a day such as 2026-11-23`);
    return null;
  }

  /** A year, a month or a day. */
  partialDay(path: Path): string | null {
    const value = this.textOrNull(path);
    if (value === null || isDay(value) || /^\d{4}(-(0[1-9]|1[0-2]))?$/.test(value)) return value;
    this.fault(path, `${nameOf(path)} is not a year, month or day such as 2026, 2026-11 or 2026-11-23`);
    return null;
  }

  texts(path: Path): string[] {
    if (!this.has(path)) return [];
    return Array.from({ length: this.count(path) }, (_, index) => this.text([...path, index]));
  }

  bool(path: Path): boolean {
    const value = this.value(path);
    if (typeof value !== 'boolean') this.fault(path, `${nameOf(path)} is neither true nor false`);
    return value === true;
  }

  boolOrNull(path: Path): boolean | null {
    const value = this.value(path);
    return value === null || value === undefined ? null : this.bool(path);
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
    for (const language of Object.keys(labels))
      if (!LANGUAGE.test(language)) this.fault([...path, language], `${language} is not a language (BCP 47)`);
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

  /** The line, from 1, of the deepest part of the path that exists. */
  lineOf(path: Path): number {
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

function isDay(text: string): boolean {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text)?.map(Number) ?? [];
  if (year === undefined || month === undefined || day === undefined) return false;
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
