import { createHash, type Hash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { writeEntry, type ArchiveEntry } from './archive.ts';
import { filePartName, partBytes, partOfFile } from './backup-format.ts';

/** What is known of a stored file in a backup; the content is the sealed one of the store, the digest is over it. */
export type FileSum = { name: string; bytes: number; sha256: string };

/** Names that the store gives: what else lies in the folder (a file half written, for one) is no file of the store. */
export const storedName = /^[0-9A-Za-z-]{1,64}$/;

/**
 * The entries of every file of the store, in the order of their names, with their sums. Called after the snapshot of the tables was
 * begun: a file stands before the row that names it, so none that the snapshot names is missing. One removed meanwhile is left out.
 */
export async function* fileEntries(folder: string, sums: FileSum[]): AsyncGenerator<Buffer> {
  const names = existsSync(folder) ? (await readdir(folder)).filter((name) => storedName.test(name)).sort() : [];
  for (const name of names) {
    const file = await open(path.join(folder, name)).catch((error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
      throw error;
    });
    if (!file) continue;
    try {
      const hash = createHash('sha256');
      let bytes = 0;
      for (let part = 0; ; part += 1) {
        const { bytesRead, buffer } = await file.read(Buffer.alloc(partBytes), 0, partBytes, bytes);
        if (bytesRead === 0) break;
        const content = buffer.subarray(0, bytesRead);
        hash.update(content);
        bytes += bytesRead;
        yield writeEntry({ name: filePartName(name, part), content });
      }
      sums.push({ name, bytes, sha256: hash.digest('hex') });
    } finally {
      await file.close();
    }
  }
}

/** Files taken out of a backup, not yet in the store. */
export interface TakenFiles {
  sums: FileSum[];
  /** The first entry that was none of a file. */
  next: IteratorResult<ArchiveEntry>;
  /** Puts them into the store. Answers what takes them out again; what was there before with the same content stays. */
  settle(): Promise<() => Promise<void>>;
  /** Removes what was taken and not put in. */
  drop(): Promise<void>;
}

/** A file that is being taken. */
interface TakenFile {
  name: string;
  parts: number;
  bytes: number;
  hash: Hash;
  handle: FileHandle | null;
}

async function begin(name: string, aside: string | null): Promise<TakenFile> {
  const handle = aside === null ? null : await open(path.join(aside, name), 'wx', 0o600);
  return { name, parts: 0, bytes: 0, hash: createHash('sha256'), handle };
}

/** Takes the files of a backup, from `first` on, into a folder beside the store (or only reads them where there is none); throws `archive` when an entry is out of order. */
export async function takeFiles(
  first: IteratorResult<ArchiveEntry>,
  entries: AsyncGenerator<ArchiveEntry>,
  folder: string | null,
): Promise<TakenFiles> {
  const aside = folder === null ? null : `${folder}.restoring-${String(process.pid)}`;
  const sums: FileSum[] = [];
  const drop = async () => {
    if (aside !== null) await rm(aside, { recursive: true, force: true });
  };
  let entry = first;
  const at: { file: TakenFile | null } = { file: null };
  const close = async () => {
    const done = at.file;
    at.file = null;
    if (done === null) return;
    await done.handle?.sync();
    await done.handle?.close();
    sums.push({ name: done.name, bytes: done.bytes, sha256: done.hash.digest('hex') });
  };
  try {
    await drop();
    if (aside !== null) await mkdir(aside, { recursive: true, mode: 0o700 });
    for (let part; !entry.done && (part = partOfFile(entry.value.name)); entry = await entries.next()) {
      if (!storedName.test(part.file)) throw new Error('archive');
      if (at.file?.name !== part.file) {
        await close();
        at.file = await begin(part.file, aside);
      }
      if (part.part !== at.file.parts) throw new Error('archive');
      at.file.parts += 1;
      at.file.bytes += entry.value.content.length;
      at.file.hash.update(entry.value.content);
      await at.file.handle?.writeFile(entry.value.content);
    }
    await close();
  } catch (error) {
    await at.file?.handle?.close();
    await drop();
    throw error;
  }
  return {
    sums,
    next: entry,
    drop,
    settle: () =>
      folder === null || aside === null ? Promise.resolve(() => Promise.resolve()) : settle(folder, aside, sums),
  };
}

async function settle(folder: string, aside: string, sums: readonly FileSum[]): Promise<() => Promise<void>> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const placed: string[] = [];
  const takeBack = async () => {
    for (const file of placed) await rm(file, { force: true });
  };
  try {
    for (const { name, sha256 } of sums) {
      const target = path.join(folder, name);
      if (existsSync(target)) {
        // Left by a restore that was cut off, or somebody else's: the content tells.
        if (
          createHash('sha256')
            .update(await readFile(target))
            .digest('hex') === sha256
        )
          continue;
        throw new Error(`文件库里已有另一份同名文件，恢复不会覆盖：${target}`);
      }
      await rename(path.join(aside, name), target);
      placed.push(target);
    }
    const opened = await open(folder);
    await opened.sync();
    await opened.close();
    return takeBack;
  } catch (error) {
    await takeBack();
    throw error;
  }
}
