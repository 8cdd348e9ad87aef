import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { downloadDocument, issueDocument } from '#contract/notices.ts';
import { openPaper } from '#contract/papers.ts';
import { openCaseWorld, pupilOf, type CaseWorld } from '#server/areas/dropout/testing.ts';
import { noticeFor, printOf } from '#server/areas/notices/testing.ts';
import { png, upload } from '#server/areas/papers/testing.ts';
import { fileColumns } from '#server/database/named-files.ts';
import { eachMinute } from '#server/minute.ts';
import { fileFolder, storeFile } from './store.ts';
import { tidyFiles } from './tidy.ts';

let on: CaseWorld;
let folder: string;
beforeAll(async () => {
  on = await openCaseWorld();
  folder = fileFolder(on.world.platform.config.dataDirectory);
  await mkdir(folder, { recursive: true });
});
afterAll(() => on.world.stop());
beforeEach(() => rm(path.join(on.world.platform.config.dataDirectory, 'files-tidied'), { force: true }));

/** Leaves a sealed file as a process does that is killed before its row stands. */
async function leave(hours: number, name: string = randomUUID()): Promise<string> {
  const { keys, config } = on.world.platform;
  await storeFile(keys, config.dataDirectory, name, Readable.from(['内容']));
  await age(name, hours);
  return name;
}
async function age(name: string, hours: number): Promise<void> {
  const then = new Date(Date.now() - hours * 3_600_000);
  await utimes(path.join(folder, name), then, then);
}
const tidy = (day: string) => tidyFiles(on.world.platform.database, on.world.platform.config.dataDirectory, day);

it('PLT-17 the list of columns that name files is the one of the schema', async () => {
  const found = await on.world.platform.database.loaderPool.query<{ table: string; column: string }>(
    `SELECT table_name AS "table", column_name AS "column" FROM information_schema.columns
     WHERE table_schema = 'public' AND (column_name LIKE '%stored%' OR column_name ~ '_file$' AND data_type = 'text')`,
  );
  const sorted = (all: readonly { table: string; column: string }[]) => all.map((one) => `${one.table}.${one.column}`).sort(); // prettier-ignore
  expect(sorted(fileColumns)).toEqual(sorted(found.rows));
});

it('PLT-17 what no row names goes after a day, what a row names stays however old, what is new stays', async () => {
  const issued = await on.teacher.call(issueDocument, noticeFor(on.world, pupilOf(on, 0).id));
  const paper = randomUUID();
  const sent = await upload(on.world, on.teacher, { id: paper, kind: 'photo', fileName: 'a.png' }, png('a'));
  expect(sent.status).toBe(200);
  const named = await readdir(folder);
  expect(named.length).toBeGreaterThanOrEqual(2);
  for (const name of named) await age(name, 24 * 400);
  const [old, fresh] = [await leave(25), await leave(23)];
  const piece = `${randomUUID()}.part`;
  await writeFile(path.join(folder, piece), 'half');
  await age(piece, 25);
  await writeFile(path.join(folder, 'notes of an administrator.txt'), 'stay');
  await age('notes of an administrator.txt', 9999);

  expect(await tidy('2026-11-20')).toEqual({ removed: 2, refused: false });
  const left = (await readdir(folder)).sort();
  expect(left).toEqual([...named, fresh, 'notes of an administrator.txt'].sort());
  expect(left).not.toContain(old);
  expect(printOf((await on.teacher.ask(downloadDocument, { id: issued.id })).body)).toBe(issued.fingerprint);
  expect((await on.teacher.ask(openPaper, { id: paper })).status).toBe(200);
});

it('PLT-17 a closed health paper, which the application itself does not see, is named too', async () => {
  const name = await leave(48);
  const { ownerPool, loaderPool } = on.world.platform.database;
  await ownerPool.query('ALTER TABLE paper NO FORCE ROW LEVEL SECURITY');
  await ownerPool.query('UPDATE paper SET closed = true, stored_name = $2 WHERE district_code = $1', [
    on.world.district,
    name,
  ]);
  await ownerPool.query('ALTER TABLE paper FORCE ROW LEVEL SECURITY');
  const seen = await loaderPool.query('SELECT 1 FROM paper WHERE district_code = $1 AND closed', [on.world.district]);
  expect(seen.rowCount).toBe(1);
  await tidy('2026-11-20');
  expect(await readdir(folder)).toContain(name);
});

it('PLT-17 it is done once a day, by the job of each minute', async () => {
  const first = await leave(30);
  await eachMinute(on.world.platform);
  expect(await readdir(folder)).not.toContain(first);
  const second = await leave(30);
  await eachMinute(on.world.platform);
  expect(await readdir(folder)).toContain(second);
  await on.move('2026-11-21T02:00:00Z');
  await eachMinute(on.world.platform);
  expect(await readdir(folder)).not.toContain(second);
});

it('PLT-17 a folder that does not belong to the database is left alone', async () => {
  const many = await Promise.all(Array.from({ length: 101 }, () => leave(30)));
  expect(await tidy('2026-12-01')).toEqual({ removed: 0, refused: true });
  expect(await readdir(folder)).toEqual(expect.arrayContaining(many));
});

it('PLT-17 a few old files of which no row names one are left alone: the database may be another', async () => {
  const data = await mkdtemp(path.join(tmpdir(), 'baoxue-tidy-'));
  const { keys } = on.world.platform;
  const name = randomUUID();
  await storeFile(keys, data, name, Readable.from(['内容']));
  const then = new Date(Date.now() - 48 * 3_600_000);
  await utimes(path.join(fileFolder(data), name), then, then);
  expect(await tidyFiles(on.world.platform.database, data, '2026-12-01')).toEqual({ removed: 0, refused: true });
  expect(await readdir(fileFolder(data))).toEqual([name]);
  await rm(data, { recursive: true });
});

it('PLT-17 where nothing was ever stored there is nothing to do', async () => {
  expect(await tidyFiles(on.world.platform.database, path.join(folder, 'nowhere'), '2026-12-01')).toBeNull();
});
