import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cancelImport, correctHeld, discardHeld, exportHeld, listHeld } from '#contract/imports.ts';
import { writeXlsx } from '#server/spreadsheets/write.ts';
import { binjiangFolder, loadBinjiang } from '#server/testing/binjiang.ts';
import { openWorld, type Person, type World } from '#server/testing/world.ts';
import type { Performed } from './perform.ts';

let world: World;
let officer: Person;
let first: Record<string, Performed>;
const register = '适龄儿童少年信息档案.xlsx';

beforeAll(async () => {
  world = await openWorld();
  first = await loadBinjiang(world);
  officer = await world.person('bureauOfficer', world.district);
});
afterAll(() => world.stop());

const counts = async () => {
  const found = await world.platform.database.loaderPool.query(
    `SELECT (SELECT count(*)::int FROM child) AS children, (SELECT count(*)::int FROM register_entry) AS register, (SELECT count(*)::int FROM enrolment) AS enrolment,
       (SELECT count(*)::int FROM enrolment_claim) AS claims, (SELECT count(*)::int FROM presence) AS presence, (SELECT count(*)::int FROM held_row) AS held, (SELECT count(*)::int FROM import_row) AS staged`,
  );
  return found.rows[0] as Record<string, number>;
};

describe('imports', () => {
  it('IMP-01 IMP-02 the Binjiang lists give the rows, held rows and repeats of their truth', () => {
    expect(first[register]).toMatchObject({ rows: 872, accepted: 863, repeated: 4, unchanged: 0 });
    expect(first[register]?.held.map((row) => row.code).sort()).toEqual([
      'birth-id-mismatch',
      'birth-unreadable',
      'id-check-digit',
      'name-missing',
      'sex-id-mismatch',
    ]);
    const rosters = Object.entries(first).filter(([name]) => name.startsWith('学籍_'));
    expect(rosters.reduce((sum, [, done]) => sum + done.rows, 0)).toBe(845);
    expect(rosters.flatMap(([, done]) => done.held)).toEqual([]);
  });

  it('IMP-03 a second import of every file changes nothing', async () => {
    const before = await counts();
    const again = await loadBinjiang(world);
    expect(await counts()).toEqual(before);
    for (const done of Object.values(again)) expect(done.accepted).toBe(0);
    expect(before['staged']).toBe(0);
  });

  it('IMP-06 a dry run tells what would happen and leaves nothing', async () => {
    const before = await counts();
    const list =
      '姓名,性别,出生日期,证件类型,证件号码,监护人姓名,现住址\n测试新,女,2018-05-22,无证件,,王某,江岸区丹水池街道汉黄社区1栋\n';
    const done = await world.importFile(
      { kind: 'register', fileName: 'a.csv', asOf: '2026-11-20', dryRun: true },
      Buffer.from(list),
    );
    expect(done).toMatchObject({ state: 'checked', rows: 1, accepted: 1 });
    expect(await counts()).toEqual(before);
  });

  it('IMP-04 a held row is corrected and accepted, another discarded with a reason', async () => {
    const held = await officer.call(listHeld, {});
    expect(held.total).toBe(5);
    const sex = held.rows.find((row) => row.code === 'sex-id-mismatch');
    if (!sex) throw new Error('no row');
    const still = await officer.call(correctHeld, { id: sex.id, changes: { sex: '女' }, reason: '核对户口簿' });
    expect(still.accepted).toBe(false);
    const accepted = await officer.call(correctHeld, { id: sex.id, changes: { sex: '男' }, reason: '核对户口簿' });
    expect(accepted).toEqual({ accepted: true, code: null, reason: null });
    const nameless = held.rows.find((row) => row.code === 'name-missing');
    if (!nameless) throw new Error('no row');
    await officer.call(discardHeld, { id: nameless.id, reason: '查无此人' });
    expect((await officer.call(listHeld, {})).total).toBe(3);
    expect((await officer.ask(correctHeld, { id: sex.id, changes: {}, reason: '再来一次' })).body).toMatchObject({
      code: 'wrong-step',
    });
  });

  it('IMP-05 the held rows come out as a sheet that can be corrected and imported', async () => {
    const id = first[register]?.id ?? '';
    const sheet = await officer.ask(exportHeld, { id });
    expect(sheet.status).toBe(200);
    const bytes = sheet.body as Buffer;
    const done = await world.importFile(
      { kind: 'register', fileName: '待更正.xlsx', asOf: '2026-11-20', dryRun: true },
      bytes,
    );
    expect(done.rows).toBe(3);
    expect(done.held.length).toBe(3);
  });

  it('IMP-07 a cancelled import leaves nothing half-applied', async () => {
    const before = await counts();
    const list = '姓名,性别,出生日期,证件类型,证件号码,监护人姓名,现住址\n测试停,女,2018-05-22,无证件,,王某,江岸区\n';
    const done = await world.importFile(
      { kind: 'register', fileName: 'b.csv', asOf: '2026-11-20', dryRun: true },
      Buffer.from(list),
    );
    await officer.call(cancelImport, { id: done.id });
    expect(await counts()).toEqual(before);
  });

  it.each([
    ['a PDF', Buffer.from('%PDF-1.7\n%âãÏÓ\n1 0 obj\n<<>>\nendobj\n'), 'file-wrong-kind'],
    ['an empty file', Buffer.alloc(0), 'file-empty'],
    ['a sheet without the columns', Buffer.from('甲,乙\n1,2\n'), 'file-columns-missing'],
  ])('IMP-08 %s is refused with a sentence that says what to do', async (_what, content, code) => {
    const refused = await world
      .importFile({ kind: 'register', fileName: 'x.xlsx', asOf: '2026-11-20', dryRun: false }, content)
      .catch((error: unknown) => error);
    expect(refused).toMatchObject({ code });
  });

  it('IMP-09 an export neutralises formulas and says whether it is complete', async () => {
    const file = path.join(world.platform.config.dataDirectory, 'out.xlsx');
    const done = await writeXlsx(file, {
      columns: [{ label: '姓名' }],
      rows: [['=cmd()'], ['王']],
      complete: { total: 2 },
    });
    expect(done).toMatchObject({ rows: 2, complete: true });
    const raw = await readFile(file);
    expect(raw.length).toBeGreaterThan(500);
    const short = await writeXlsx(file, { columns: [{ label: '姓名' }], rows: [['王']], complete: { total: 2 } });
    expect(short.complete).toBe(false);
  });

  it('IMP-01 the fixtures are the files the truth was made for', async () => {
    expect((await readFile(path.join(binjiangFolder, 'expected.json'), 'utf8')).length).toBeGreaterThan(1000);
  });
});
