import { open, rm, type FileHandle } from 'node:fs/promises';
import { MemberError } from '../member-error.js';
import { hasCode } from './secret-file.js';

const NO_PLACE = ['ENOENT', 'ENOTDIR', 'EISDIR', 'EACCES', 'EROFS'];

/** A file that was not there before, for its owner alone: nothing that a member has is written over. */
export class NewFile {
  private constructor(
    readonly path: string,
    private readonly file: FileHandle,
  ) {}

  /** `option` is the one that named the file. Throws `MemberError` BAD_INPUT when there is such a file, or no place for it. */
  static async create(path: string, option: string): Promise<NewFile> {
    try {
      return new NewFile(path, await open(path, 'wx', 0o600));
    } catch (error) {
      const isThere = hasCode(error, 'EEXIST');
      if (!isThere && !NO_PLACE.some((code) => hasCode(error, code))) throw error;
      throw new MemberError(
        'BAD_INPUT',
        isThere ? 'There is a file of that name already.' : 'No file can be written there.',
        `Name a new one with ${option}${isThere ? '' : ', in a folder that there is'}.`,
        [option],
      );
    }
  }

  async append(text: string): Promise<void> {
    await this.file.appendFile(text);
  }

  /** Has it on the disk. */
  async finish(): Promise<void> {
    await this.file.sync();
    await this.file.close();
  }

  /** Takes back what is half written. */
  async discard(): Promise<void> {
    await this.file.close();
    await rm(this.path, { force: true });
  }
}
