import type { PictureQuestion, PictureTableAnswer } from '../documents/picture.js';
import { MemberError } from '../member-error.js';
import { NewFile } from '../files/new-file.js';
import { filesOf, type TableFormat } from '../picture/table-formats.js';

/** The options of `symbolon picture` that name files. `-` is the standard output. */
export interface FileOptions {
  readonly csv?: string;
  readonly jsonStat?: string;
  readonly sdmx?: string;
}

interface Target {
  readonly format: TableFormat;
  readonly option: string;
  readonly path: string;
}

const STANDARD_OUTPUT = '-';

/** What came of the files. */
interface WrittenPicture<A> {
  readonly answer: A;
  /** What goes to the standard output in the place of the table; null when nothing does. */
  readonly printed: string | null;
  readonly paths: readonly string[];
}

/** The files that are to be written, and the format that goes to the standard output, if any does. */
export class PictureFiles {
  private constructor(
    private readonly paths: readonly Target[],
    private readonly printed: Target | undefined,
  ) {}

  /** Throws `MemberError` BAD_INPUT. */
  static read({ csv, jsonStat, sdmx }: FileOptions, json: boolean): PictureFiles {
    const targets = [
      ...targetOf('csv', '--csv', csv),
      ...targetOf('json-stat', '--json-stat', jsonStat),
      ...targetOf('sdmx', '--sdmx', sdmx),
    ];
    const printed = targets.filter(({ path }) => path === STANDARD_OUTPUT);
    const [first, second] = printed;
    if (first && (second ?? json))
      throw new MemberError(
        'BAD_INPUT',
        'Only one thing can go to the standard output.',
        `Name a file for the others${json ? ', or leave out --json' : ''}.`,
        [second?.option ?? first.option],
      );
    return new PictureFiles(
      targets.filter(({ path }) => path !== STANDARD_OUTPUT),
      first,
    );
  }

  /** Whether anything is to be written or printed as a file. */
  get isAny(): boolean {
    return this.paths.length > 0 || this.printed !== undefined;
  }

  /** Writes the files, all or none, and never over another. `ask` is called when there is place for all. */
  async write<A extends PictureTableAnswer>(
    question: PictureQuestion,
    ask: () => Promise<A>,
  ): Promise<WrittenPicture<A>> {
    const created = new Map<string, NewFile>();
    try {
      for (const { format, option, path } of this.paths)
        for (const name of format === 'csv' ? [path, `${path}-metadata.json`] : [path])
          created.set(name, await NewFile.create(name, option));
      const answer = await ask();
      for (const { format, path } of this.paths)
        for (const { name, text } of filesOf(format, path, question, answer)) await created.get(name)?.append(text);
      const [printed] = this.printed ? filesOf(this.printed.format, 'picture', question, answer) : [];
      for (const file of created.values()) await file.finish();
      return { answer, printed: printed?.text ?? null, paths: [...created.keys()] };
    } catch (error) {
      for (const file of created.values()) await file.discard();
      throw error;
    }
  }
}

function targetOf(format: TableFormat, option: string, path: string | undefined): Target[] {
  return path === undefined ? [] : [{ format, option, path }];
}
