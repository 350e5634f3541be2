import { parse } from 'yaml';

/** What a file of concepts says of its scheme as a whole. */
export interface Scheme {
  /** Prefix of every id in the file, such as `means`. */
  readonly id: string;
  /** Title by language (BCP 47). */
  readonly title: Readonly<Record<string, string>>;
  readonly source: readonly string[];
}

/** Reads the head of `concepts/<scheme>.yaml`. Throws an error that names the file and what is missing. */
export function parseScheme(text: string, fileName: string): Scheme {
  const file: unknown = parse(text);
  if (!isRecord(file)) throw new Error(`${fileName}: not a mapping`);
  const { scheme, title, source } = file;
  if (typeof scheme !== 'string') throw new Error(`${fileName}: scheme is missing`);
  if (!isRecord(title)) throw new Error(`${fileName}: title is missing`);
  if (!Array.isArray(source)) throw new Error(`${fileName}: source is missing`);
  return {
    id: scheme,
    title: Object.fromEntries(Object.entries(title).map(([language, label]) => [language, String(label)])),
    source: source.map(String),
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
