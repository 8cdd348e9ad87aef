import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { listRuns } from '#contract/comparison.ts';
import { listSheets } from '#contract/enrolment-sheets.ts';
import { getImport, listImports } from '#contract/imports.ts';
import { getChild } from '#contract/population.ts';
import { listRegistryChecks } from '#contract/registry-check.ts';
import { rows } from '#server/testing/reach.ts';
import { openWorld, type Person, type World } from '#server/testing/world.ts';
import { sealOpenNames } from './seal-names.ts';

let world: World;
let officer: Person;
beforeAll(async () => {
  world = await openWorld({ lists: 'binjiang' });
  officer = await world.person('bureauOfficer', world.district);
});
afterAll(() => world.stop());

const places = ['import_file', 'change_sheet', 'registry_check', 'comparison_run'];
const telling = async (words: string) => {
  const found = await rows<{ place: string }>(
    world,
    places.map((place) => `SELECT DISTINCT '${place}' AS place FROM ${place} x WHERE x.district_code = $1 AND position($2 IN x::text) > 0`).join(' UNION ALL '), // prettier-ignore
    [words],
  );
  return found.map(({ place }) => place).sort();
};

it('IMP-16 the names of lists lie sealed in the database and stand open where the lists are shown', async () => {
  const { rows: files } = await officer.call(listImports, { size: 200 });
  expect(files.length).toBeGreaterThan(5);
  expect(files.filter(({ fileName }) => !/\.(xlsx|xls|csv)$/u.test(fileName))).toEqual([]);
  expect(files.map(({ fileName }) => fileName).some((name) => name.startsWith('学籍_'))).toBe(true);
  expect(await telling('学籍_')).toEqual([]);
  expect(await telling('.xls')).toEqual([]);
});

it('IMP-16 names that earlier versions kept open are sealed at the start after the upgrade, once; everything shows them as before', async () => {
  const [file] = await rows<{ id: string; child: string; print: string }>(
    world,
    `SELECT f.id, e.child_id AS child, encode(f.fingerprint, 'hex') AS print FROM import_file f JOIN enrolment e ON e.district_code = $1 AND e.import_id = f.id WHERE f.district_code = $1 AND f.kind = 'roster' LIMIT 1`,
  );
  if (!file) throw new Error('no roster');
  const name = '张密名转学.xlsx';
  await rows(world, `UPDATE import_file SET file_name = $3, sealed_name = NULL WHERE district_code = $1 AND id = $2`, [file.id, name]); // prettier-ignore
  await rows(
    world,
    `INSERT INTO change_sheet (district_code, id, file_name, at, by_id, by_name, reach) VALUES ($1, $2, $3, '2026-11-20T01:00:00Z', 'x', '某某', '{}')`,
    [randomUUID(), name],
  );
  await rows(
    world,
    `INSERT INTO registry_check (district_code, id, import_id, file_name, as_of, made_at, made_name, file_rows, matched, differing, schools) VALUES ($1, $2, $3, $4, '2026-11-20', '2026-11-20T01:00:00Z', '某某', 1, 1, 0, '{}')`,
    [randomUUID(), file.id, name],
  );
  const input = { kind: 'roster', fileName: name, fingerprint: file.print, rows: 1, asOf: '2026-11-20' };
  await rows(
    world,
    `INSERT INTO comparison_run (district_code, id, as_of, known_at, formula, inputs, result, sealed_lists, started_by, started_name) VALUES ($1, $2, '2026-11-20', '2026-11-20T01:30:00Z', 'x', $3::jsonb, '{"counts":{}}', '\\x00', 'x', '某某')`,
    [randomUUID(), JSON.stringify([input])],
  );
  expect(await telling('密名')).toEqual([...places].sort());
  const { database, keys } = world.platform;
  expect(await sealOpenNames(database, keys)).toBe(4);
  expect(await telling('密名')).toEqual([]);
  expect(await sealOpenNames(database, keys)).toBe(0);

  expect((await officer.call(getImport, { id: file.id })).fileName).toBe(name);
  expect((await officer.call(listSheets, {})).rows.map(({ fileName }) => fileName)).toEqual([name]);
  expect((await officer.call(listRegistryChecks, {})).rows.map(({ fileName }) => fileName)).toEqual([name]);
  const [run] = (await officer.call(listRuns, {})).rows.filter(({ startedName }) => startedName === '某某');
  expect(run?.inputs).toEqual([input]);
  const { history } = await officer.call(getChild, { id: file.child });
  expect(history.map(({ words }) => words).some((words) => words.startsWith(`学籍名册：${name} 第 `))).toBe(true);
});
