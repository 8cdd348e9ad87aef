import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';

const committed = path.resolve(import.meta.dirname, '../../data/fonts');
const unpack = promisify(brotliDecompress);

/** The faces that print every character, with size in bytes and SHA-256 of the unpacked file (docs/decisions/0008-documents-typst-and-committed-fonts.md). */
const faces = [
  {
    file: 'NotoSerifSC_400Regular.ttf',
    bytes: 14_807_636,
    sha256: 'c358a69de3df5f423a8946a7b03e3126fb6ba116f1130a463455b4e39e1f0742',
  },
  {
    file: 'NotoSerifSC_700Bold.ttf',
    bytes: 14_806_580,
    sha256: '9c6a2ba736e4b499c84f65ce366bd3625c0401885fd3e585ace50fb738b96ff6',
  },
  {
    file: 'NotoSansHans-Medium.otf',
    bytes: 8_389_940,
    sha256: '25033438cfa41f1873d4902b8555956557b765117756bcef96406e023e49578c',
  },
] as const;

async function isWhole(file: string, bytes: number): Promise<boolean> {
  return stat(file).then(
    (found) => found.size === bytes,
    () => false,
  );
}

/**
 * Unpacks the committed fonts into the `fonts` folder of the data directory, once: written aside, checked, renamed. Answers the folder.
 * Throws when a committed file is damaged.
 */
export async function unpackFonts(dataDirectory: string): Promise<string> {
  const folder = path.join(dataDirectory, 'fonts');
  await mkdir(folder, { recursive: true });
  await Promise.all(
    faces.map(async ({ file, bytes, sha256 }) => {
      const final = path.join(folder, file);
      if (await isWhole(final, bytes)) return;
      const content = await unpack(await readFile(path.join(committed, `${file}.br`)));
      if (createHash('sha256').update(content).digest('hex') !== sha256)
        throw new Error(`字体文件 ${file}.br 已损坏，请重新取得完整的程序包。`);
      const aside = `${final}.${String(process.pid)}.part`;
      try {
        await writeFile(aside, content);
        await rename(aside, final);
      } finally {
        await rm(aside, { force: true });
      }
    }),
  );
  return folder;
}
