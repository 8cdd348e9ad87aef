import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { getImport, listHeld } from '#contract/imports.ts';
import { residentCheckCharacter } from '#domain/basics/document-number.ts';
import { upload } from '#server/testing/hand-in.ts';
import { openWorld, type Person, type World } from '#server/testing/world.ts';
import { startJobs } from '#server/jobs.ts';
import { workerCommand } from './jobs.ts';

const many = 9000;
let world: World;
let officer: Person;
const alive = new Set<ChildProcess>();

beforeAll(async () => {
  // the workers are processes of their own, on this installation's database and key file
  world = await openWorld({ own: true });
  officer = await world.person('bureauOfficer', world.district);
});
afterAll(async () => {
  for (const child of alive) child.kill('SIGKILL');
  await world.stop();
});

/** A register of many children, the last of whom has a day nobody can read. */
function bigList(): Buffer {
  const lines = ['姓名,性别,出生日期,证件类型,证件号码,监护人姓名,现住址'];
  for (let at = 0; at < many; at += 1) {
    const day = new Date(Date.UTC(2012, 0, 1) + (at % 2500) * 86_400_000).toISOString().slice(0, 10);
    const order = 2 * Math.floor(at / 2500) + 101;
    const first17 = `420102${day.replaceAll('-', '')}${String(order)}`;
    const number = first17 + residentCheckCharacter(first17);
    lines.push(`测试${String(at)}甲,男,${day},居民身份证,${number},王某,江岸区丹水池街道汉黄社区9栋`);
  }
  lines.push('测试末,女,末日,无证件,,王某,江岸区丹水池街道汉黄社区9栋');
  return Buffer.from(lines.join('\r\n'));
}

/** Starts the worker on an import as the server does; answers its process. */
function startWorker(id: string): ChildProcess {
  const { command, args, env } = workerCommand(world.platform, world.district, id);
  const child = spawn(command, args, { env, stdio: ['ignore', 'inherit', 'inherit'] });
  alive.add(child);
  child.on('exit', () => alive.delete(child));
  return child;
}
const row = async <Row extends object>(text: string, ...values: unknown[]): Promise<Row> => {
  const found = await world.platform.database.loaderPool.query<Row>(text, [world.district, ...values]);
  if (!found.rows[0]) throw new Error('no row');
  return found.rows[0];
};
const stateOf = (id: string) =>
  row<{ state: string; rows_read: number }>(
    'SELECT state, rows_read FROM import_file WHERE district_code = $1 AND id = $2',
    id,
  );
const counts = () =>
  row<Record<string, number>>(
    `SELECT (SELECT count(*)::int FROM child WHERE district_code = $1) AS children, (SELECT count(*)::int FROM register_entry WHERE district_code = $1) AS entries,
       (SELECT count(*)::int FROM held_row WHERE district_code = $1) AS held, (SELECT count(*)::int FROM import_row WHERE district_code = $1) AS staged,
       (SELECT count(*)::int FROM audit_entry WHERE district_code = $1 AND verb = 'imports.published') AS published`,
  );

/** Kills a worker, by its process id and beyond recall, as soon as the import is where `there` says. */
async function killWhen(
  id: string,
  child: ChildProcess,
  there: (file: { state: string; rows_read: number }) => boolean,
): Promise<void> {
  const { pid } = child;
  if (pid === undefined) throw new Error('no worker');
  const ended = once(child, 'exit');
  for (let tries = 0; tries < 3000; tries += 1) {
    if (there(await stateOf(id))) {
      process.kill(pid, 'SIGKILL');
      expect(await ended).toEqual([null, 'SIGKILL']);
      return;
    }
    expect(child.exitCode).toBeNull();
    await pause(10);
  }
  throw new Error('the worker never came there');
}

it('IMP-07 a worker killed while it reads and another while it publishes leave nothing half-applied; the next start completes the import once', async () => {
  const id = await upload(world, officer, { kind: 'register', fileName: '大名单.csv', content: bigList() });
  const nothing = { children: 0, entries: 0, held: 0, staged: 0, published: 0 };

  await killWhen(id, startWorker(id), (file) => file.state === 'reading' && file.rows_read >= 2000);
  expect(await counts()).toEqual(nothing);
  expect((await officer.call(getImport, { id })).state).toBe('reading');

  await killWhen(id, startWorker(id), (file) => file.state === 'publishing');
  expect(await counts()).toMatchObject({ ...nothing, staged: many + 1 });

  const jobs = await startJobs(world.platform);
  try {
    for (let tries = 0; tries < 600 && (await stateOf(id)).state !== 'done'; tries += 1) await pause(200);
  } finally {
    await jobs.stop();
  }
  expect(await officer.call(getImport, { id })).toMatchObject({
    state: 'done',
    rows: many + 1,
    accepted: many,
    held: 1,
    stillHeld: 1,
  });
  expect(await counts()).toEqual({ children: many, entries: many, held: 1, staged: 0, published: 1 });
  expect((await officer.call(listHeld, {})).rows.map((held) => held.name)).toEqual(['测试末']);
}, 180_000);
