import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import ExcelJS from 'exceljs';
import { exportRoster, listRoster } from '#contract/enrolment.ts';
import { getSchool } from '#contract/organisations.ts';
import { maskDocument, maskRegistryNo } from '#domain/basics/masking.ts';
import { openJson } from '#server/crypto/seal.ts';
import { binjiangTruth } from '#server/testing/binjiang.ts';
import { openWorld, type Person, type World } from '#server/testing/world.ts';

interface Pupil {
  entry_id: string;
  child_id: string;
  school_id: string;
  class_id: string;
  grade: number;
  name: string;
  pinyin: string;
  initials: string;
  sealed: Buffer;
}

const primary = '2142010201';
const fullNumber = /\d{17}[\dX]/;
let world: World;
let officer: Person;
let principal: Person;
let pupils: Pupil[];
let schoolId: string;

beforeAll(async () => {
  world = await openWorld({ lists: 'binjiang' });
  officer = await world.person('bureauOfficer', world.district);
  principal = await world.person('principal', primary, '周校长');
  const { loaderPool } = world.platform.database;
  pupils = (
    await loaderPool.query<Pupil>(
      `SELECT e.id AS entry_id, e.child_id, e.school_id, e.class_id, e.grade, c.name, c.pinyin, c.initials, e.sealed FROM enrolment e
       JOIN child c ON c.district_code = $1 AND c.id = e.child_id WHERE e.district_code = $1 AND upper_inf(e.known) AND e.to_date IS NULL`,
      [world.district],
    )
  ).rows;
  schoolId =
    (
      await loaderPool.query<{ id: string }>('SELECT id FROM school WHERE district_code = $1 AND code = $2', [
        world.district,
        primary,
      ])
    ).rows[0]?.id ?? '';
});
afterAll(() => world.stop());

async function walk(
  person: Person,
  input: Omit<Parameters<typeof person.call<typeof listRoster>>[1], 'page' | 'size'>,
) {
  const rows = [];
  for (let page = 1; ; page += 1) {
    const answer = await person.call(listRoster, { ...input, page, size: 200 });
    rows.push(...answer.rows);
    if (rows.length >= answer.total) return rows;
  }
}
const idsOf = (rows: readonly ({ childId: string } | { child_id: string })[]) =>
  rows.map((row) => ('childId' in row ? row.childId : row.child_id)).sort();

describe('the roster', () => {
  it('SEC-02 has every pupil of the district for the bureau, the own school for its head, the own class for its teacher', async () => {
    expect(idsOf(await walk(officer, {}))).toEqual(idsOf(pupils));
    const own = pupils.filter((pupil) => pupil.school_id === schoolId);
    expect(own.length).toBeGreaterThan(100);
    expect(idsOf(await walk(principal, {}))).toEqual(idsOf(own));
    const classId = own[0]?.class_id ?? '';
    const teacher = await world.person('classTeacher', classId);
    expect(idsOf(await walk(teacher, {}))).toEqual(idsOf(own.filter((pupil) => pupil.class_id === classId)));
    const other = pupils.find((pupil) => pupil.school_id !== schoolId);
    expect(await walk(principal, { schoolId: other?.school_id })).toEqual([]);
    const worker = await world.person('communityWorker', '420102012010');
    expect((await worker.ask(listRoster, {})).status).toBe(403);
  });

  it('parts into the classes that the school shows, each with its pupils', async () => {
    const school = await principal.call(getSchool, { id: schoolId });
    expect(school.classList.length).toBeGreaterThan(5);
    let sum = 0;
    for (const room of school.classList) {
      const rows = await walk(principal, { classId: room.id });
      expect(idsOf(rows)).toEqual(idsOf(pupils.filter((pupil) => pupil.class_id === room.id)));
      expect(rows.every((row) => row.className === room.name && row.grade === room.grade)).toBe(true);
      sum += rows.length;
    }
    expect(sum).toBe(pupils.filter((pupil) => pupil.school_id === schoolId).length);
    for (const grade of [1, 6])
      expect(idsOf(await walk(principal, { grade }))).toEqual(
        idsOf(pupils.filter((pupil) => pupil.school_id === schoolId && pupil.grade === grade)),
      );
  });

  it('finds a pupil by name, pinyin and initials', async () => {
    const pupil = pupils[10];
    if (!pupil) throw new Error('no pupil');
    for (const q of [pupil.name, pupil.name.slice(1), pupil.pinyin, pupil.initials, pupil.initials.toUpperCase()])
      expect(idsOf(await walk(officer, { q }))).toContain(pupil.child_id);
    expect(await walk(officer, { q: '查无此人' })).toEqual([]);
  });

  it('masks both numbers, and tells who was not at school as the truth does', async () => {
    const rows = await walk(officer, {});
    const shown = new Map(rows.map((row) => [row.childId, row]));
    for (const pupil of pupils) {
      const place = { table: 'enrolment', column: 'sealed', district: world.district, id: pupil.entry_id };
      // as: sealed by the import with these fields
      const sealed = openJson(world.platform.keys, place, pupil.sealed) as {
        documentNumber: string;
        registryNo: string;
      };
      expect(shown.get(pupil.child_id)).toMatchObject({
        documentMask: sealed.documentNumber === '' ? '' : maskDocument(sealed.documentNumber, { besideBirth: true }),
        registryMask: sealed.registryNo === '' ? null : maskRegistryNo(sealed.registryNo, { besideBirth: true }),
      });
    }
    expect(JSON.stringify(rows)).not.toMatch(fullNumber);
    const absent = rows.filter((row) => row.presence === 'absent').map((row) => row.name);
    const truth = (await binjiangTruth()).findings['onRollAbsent'] ?? [];
    expect(truth.length).toBe(6);
    for (const entry of truth) expect(absent).toContain(entry['name']);
    expect(rows.filter((row) => row.presence === 'present').length).toBeGreaterThan(500);
  });

  it('exports as listed: masked, complete, watermarked', async () => {
    const answer = await principal.ask(exportRoster, {});
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(answer.body as Parameters<typeof book.xlsx.load>[0]); // as: a download is a Buffer
    const rows: string[][] = [];
    book.worksheets[0]?.eachRow((row) => {
      rows.push((row.values as unknown[]).slice(1).map(String)); // as: cells from 1 on
    });
    const listed = await walk(principal, {});
    const printed = rows.filter((row) => /^\d+$/.test(row[0] ?? ''));
    expect(printed.map((row) => [row[3], row[6]])).toEqual(listed.map((row) => [row.name, row.documentMask]));
    const text = rows.flat().join('\n');
    expect(text).toContain(`共 ${String(listed.length)} 行，导出完整`);
    expect(text).toContain('周校长 2026-11-20 导出');
    expect(text).not.toMatch(fullNumber);
  });
});
