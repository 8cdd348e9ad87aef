import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { read, utils } from '@e965/xlsx';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { assignFinding, getFinding, listFindings, runComparison, startVerifying } from '#contract/comparison.ts';
import { getDesk } from '#contract/statistics.ts';
import { rebuildReach } from '#server/areas/imports/actions.ts';
import { inTransaction } from '#server/database/transaction.ts';
import { binjiangFolder } from '#server/testing/binjiang.ts';
import { openWorld, type Person, type World } from '#server/testing/world.ts';

const asOf = '2026-11-20';
const dueDate = '2026-12-01';
let world: World;
let officer: Person;
/** Findings of children not enrolled, of one street, and two streets: theirs and another. */
let found: { id: string; child_id: string; name: string; community_code: string }[];
let here: string;
let there: string;
let hereOfficer: Person;
let thereOfficer: Person;

const rows = async <Row extends object>(text: string, ...values: unknown[]): Promise<Row[]> =>
  (await world.platform.database.loaderPool.query<Row>(text, [world.district, ...values])).rows;

beforeAll(async () => {
  world = await openWorld({ lists: 'binjiang' });
  officer = await world.person('bureauOfficer', world.district);
  await officer.call(runComparison, { asOf });
  const [most] = await rows<{ street: string }>(
    `SELECT subdistrict_code AS street FROM finding WHERE district_code = $1 AND kind = 'notEnrolled' AND community_code IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1`,
  );
  here = most?.street ?? '';
  const [another] = await rows<{ code: string }>(
    `SELECT code FROM place WHERE district_code = $1 AND kind = 'subdistrict' AND code <> $2 ORDER BY code LIMIT 1`,
    here,
  );
  there = another?.code ?? '';
  found = await rows(
    `SELECT f.id, f.child_id, c.name, f.community_code FROM finding f JOIN child c ON c.district_code = $1 AND c.id = f.child_id
     WHERE f.district_code = $1 AND f.kind = 'notEnrolled' AND f.subdistrict_code = $2 AND f.community_code IS NOT NULL ORDER BY c.name`,
    here,
  );
  hereOfficer = await world.person('subdistrictOfficer', here);
  thereOfficer = await world.person('subdistrictOfficer', there);
});
afterAll(() => world.stop());

const one = (at: number) => {
  const finding = found[at];
  if (!finding) throw new Error('no finding');
  return finding;
};
const mine = async (person: Person) =>
  (await person.call(listFindings, { mine: 'yes', size: 200 })).rows.map((row) => row.id);
const give = (by: Person, id: string, ownerKind: 'community' | 'subdistrict' | 'school' | 'district', unit: string) =>
  by.ask(assignFinding, { id, ownerKind, ownerUnit: unit, dueDate, reason: '按居住地办理' });

/** The row of the register of a child, with another note, as a list of its own. */
async function registerAgain(name: string): Promise<Buffer> {
  const book = read(await readFile(path.join(binjiangFolder, '适龄儿童少年信息档案.xlsx')));
  const lines = utils.sheet_to_json<string[]>(book.Sheets[book.SheetNames[0] ?? ''] ?? {}, {
    header: 1,
    raw: false,
    defval: '',
  });
  const top = lines.findIndex((line) => line.includes('姓名') && line.includes('证件号码'));
  const head = lines[top] ?? [];
  const line = lines.find((each) => each[head.indexOf('姓名')] === name) ?? [];
  const changed = line.map((cell, at) => (at === head.indexOf('监护人姓名') ? '某某' : cell));
  expect(changed).not.toEqual(line);
  return Buffer.from([head, changed].map((each) => each.map((cell) => `"${cell}"`).join(',')).join('\r\n'));
}

const reached = [
  'child',
  'register_entry',
  'register_repeat',
  'enrolment',
  'enrolment_claim',
  'presence',
  'finding',
  'finding_event',
];
/** Every stored reach of the district. */
async function stored(): Promise<string[]> {
  const all: string[] = [];
  for (const table of reached) {
    const found = await rows<{ line: string }>(
      `SELECT '${table} ' || id::text || ' ' || array_to_string(ARRAY(SELECT unnest(reach) ORDER BY 1), ',') AS line FROM ${table} WHERE district_code = $1 ORDER BY id`,
    );
    all.push(...found.map(({ line }) => line));
  }
  return all;
}
/** Asks that rebuilding the reach of every child changes nothing. */
async function rebuiltIsStored(): Promise<void> {
  const before = await stored();
  const children = await rows<{ id: string }>('SELECT id FROM child WHERE district_code = $1');
  const scope = { district: world.district, actor: 'test', all: true, tokens: [] };
  await inTransaction(world.platform.database.loaderPool, scope, (client) =>
    rebuildReach(
      client,
      world.district,
      children.map((child) => child.id),
    ),
  );
  expect(await stored()).toEqual(before);
}

it('CMP-17 a finding handed to a street is seen, a duty and in the hands of its officer', async () => {
  const { id } = one(0);
  expect((await thereOfficer.ask(getFinding, { id })).status).toBe(404);
  expect(await mine(hereOfficer)).toContain(id);
  expect((await give(officer, id, 'subdistrict', there)).status).toBe(200);
  const seen = await thereOfficer.call(getFinding, { id });
  const [place] = await rows<{ name: string }>('SELECT name FROM place WHERE district_code = $1 AND code = $2', there);
  expect(seen).toMatchObject({
    ownerWords: place?.name,
    dueDate,
    allowed: { verify: true, explain: true, assign: true },
  });
  expect(await mine(thereOfficer)).toEqual([id]);
  const desk = await thereOfficer.call(getDesk, {});
  expect(desk.sections.flatMap((section) => section.items.map((item) => item.to))).toContain(`/compare/findings/${id}`);
  expect((await thereOfficer.ask(startVerifying, { id })).status).toBe(200);
  // the street where the child lives still sees it, but it is no longer its duty
  expect((await hereOfficer.ask(getFinding, { id })).status).toBe(200);
  expect(await mine(hereOfficer)).not.toContain(id);
  expect((await give(officer, id, 'subdistrict', '999999999')).status).toBe(422);
});

it('CMP-17 a street officer hands on within the street, to the school already asked, or upward, and nowhere else', async () => {
  const { id, community_code: community } = one(1);
  const [foreign] = await rows<{ code: string }>(
    `SELECT code FROM place WHERE district_code = $1 AND kind = 'community' AND parent_code = $2 ORDER BY code LIMIT 1`,
    there,
  );
  const schools = await rows<{ id: string; subdistrict_code: string | null }>(
    'SELECT id, subdistrict_code FROM school WHERE district_code = $1 ORDER BY code',
  );
  const outside = schools.find((school) => school.subdistrict_code !== here);
  expect((await give(hereOfficer, id, 'subdistrict', there)).status).toBe(422);
  expect((await give(hereOfficer, id, 'community', foreign?.code ?? '')).status).toBe(422);
  expect((await give(hereOfficer, id, 'school', outside?.id ?? '')).status).toBe(422);
  expect((await give(hereOfficer, id, 'subdistrict', here)).status).toBe(200);
  expect((await hereOfficer.call(getFinding, { id })).allowed).toMatchObject({ verify: true, assign: true });
  expect((await give(hereOfficer, id, 'district', world.district)).status).toBe(200);
  expect((await give(hereOfficer, id, 'community', community)).status).toBe(200);
  await world.platform.database.loaderPool.query(
    'UPDATE school SET subdistrict_code = $3 WHERE district_code = $1 AND id = $2',
    [world.district, outside?.id, here],
  );
  expect((await give(hereOfficer, id, 'school', outside?.id ?? '')).status).toBe(200);
  expect((await give(officer, id, 'community', community)).status).toBe(200);
  const worker = await world.person('communityWorker', community);
  expect((await give(worker, id, 'community', community)).status).toBe(403);
});

it('CMP-18 a new list leaves whoever a live finding asks in reach; rebuilt reach is stored reach', async () => {
  const { id, name } = one(0);
  await rebuiltIsStored();
  const done = await world.importFile(
    { kind: 'register', fileName: '再报.csv', asOf, dryRun: false },
    await registerAgain(name),
  );
  expect(done).toMatchObject({ rows: 1, accepted: 1 });
  expect((await thereOfficer.ask(getFinding, { id })).status).toBe(200);
  expect(await mine(thereOfficer)).toEqual([id]);
  await rebuiltIsStored();
});

it('CMP-18 who is no longer asked no longer reaches: handed on, or closed because the child is found', async () => {
  const [first, third] = [one(0), one(2)];
  await give(officer, first.id, 'subdistrict', here);
  expect((await thereOfficer.ask(getFinding, { id: first.id })).status).toBe(404);
  await give(officer, third.id, 'subdistrict', there);
  expect((await thereOfficer.ask(getFinding, { id: third.id })).status).toBe(200);
  // the child is found on a roster: the next run settles the finding
  await world.platform.database.loaderPool.query(
    `INSERT INTO enrolment (district_code, id, child_id, school_id, grade, name, during, from_date, known, row_print, tags, sealed, reach)
     SELECT e.district_code, gen_random_uuid(), $2, e.school_id, e.grade, $3, e.during, e.from_date, e.known, e.row_print, e.tags, e.sealed, c.reach
     FROM enrolment e JOIN child c ON c.district_code = $1 AND c.id = $2 WHERE e.district_code = $1 AND upper_inf(e.known) ORDER BY e.id LIMIT 1`,
    [world.district, third.child_id, third.name],
  );
  await officer.call(runComparison, { asOf });
  expect((await officer.call(getFinding, { id: third.id })).state).toBe('settled');
  expect((await thereOfficer.ask(getFinding, { id: third.id })).status).toBe(404);
});
