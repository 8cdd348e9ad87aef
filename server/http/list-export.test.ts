import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listAbsentees, listGaps } from '#contract/attendance-views.ts';
import { runComparison } from '#contract/comparison.ts';
import { reportDropout } from '#contract/dropout.ts';
import { listDuties } from '#contract/duties.ts';
import { listHouseholds } from '#contract/households.ts';
import { listsThatLeave, exportList } from '#contract/lists.ts';
import { listDocuments } from '#contract/notices.ts';
import { listSchools, listStaff } from '#contract/organisations.ts';
import { grants } from '#domain/basics/grants.ts';
import { openCaseWorld, pupilOf, reportOf, type CaseWorld } from '#server/areas/dropout/testing.ts';
import { noticeFor } from '#server/areas/notices/testing.ts';
import { issueDocument } from '#contract/notices.ts';
import { cellsOf } from '#server/areas/population/testing.ts';
import { appointBeside } from '#server/testing/cast.ts';
import { leastInputs } from '#server/testing/contract-inputs.ts';
import { rows } from '#server/testing/reach.ts';
import type { Person } from '#server/testing/world.ts';

let all: CaseWorld;

beforeAll(async () => {
  all = await openCaseWorld();
  await all.officer.call(runComparison, { asOf: '2026-11-20' });
  await all.teacher.call(issueDocument, noticeFor(all.world, pupilOf(all, 0).id));
  for (const index of [0, 1]) await all.teacher.call(reportDropout, reportOf(pupilOf(all, index).id));
});
afterAll(() => all.world.stop());

/** A sheet as another program reads it: its columns by their words, how many rows it has, and all its text. */
function sheetOf(body: unknown) {
  const cells = cellsOf(body);
  const head = cells.find((line) => line[0] === '序号') ?? [];
  const lines = cells.filter((line) => /^\d+$/.test(line[0] ?? ''));
  const text = cells.flat().join('\n');
  return { column: (label: string) => lines.map((line) => line[head.indexOf(label)]), count: lines.length, text };
}

async function exported(person: Person, list: string, filters: Record<string, string> = {}) {
  const answered = await person.ask(exportList, { list, ...filters });
  expect([list, answered.status]).toEqual([list, 200]);
  return sheetOf(answered.body);
}

const trail = (list: string) =>
  rows<{ detail: Record<string, unknown>; outcome: string; actor_name: string }>(
    all.world,
    `SELECT detail, outcome, actor_name FROM audit_entry WHERE district_code = $1 AND verb = 'lists.export' AND subject_id = $2 ORDER BY sequence`,
    [list],
  );

describe('the export of lists', () => {
  it('PLT-19 a list leaves complete for its filters, in its order, watermarked and told to be complete', async () => {
    const { officer } = all;
    const listed = await officer.call(listHouseholds, { size: 200 });
    expect(listed.total).toBeGreaterThan(500); // several pages of the export and of the list
    const sheet = await exported(officer, 'population.listHouseholds');
    expect(sheet.count).toBe(listed.total);
    expect(sheet.column('住址').slice(0, 200)).toEqual(listed.rows.map((row) => row.address));
    expect(new Set(sheet.column('户号')).size).toBe(listed.total);
    expect(sheet.text).toContain(`共 ${String(listed.total)} 行，导出完整`);
    expect(sheet.text).toContain(`${officer.name} 2026-11-20 导出`);
    expect(sheet.text).not.toMatch(/\d{6}20\d{2}(?:0[1-9]|1[0-2])\d{5}[\dX]/);
    const [street] = await rows<{ code: string }>(
      all.world,
      `SELECT subdistrict_code AS code FROM household WHERE district_code = $1 AND subdistrict_code IS NOT NULL LIMIT 1`,
    );
    const filters = { subdistrict: street?.code ?? '' };
    const narrower = await officer.call(listHouseholds, { ...filters, size: 200 });
    expect(narrower.total).toBeLessThan(listed.total);
    expect((await exported(officer, 'population.listHouseholds', filters)).count).toBe(narrower.total);
  });

  it('PLT-19 every list of the registry leaves for who may read it', async () => {
    const { officer, world } = all;
    // Roll calls are handed in by schools alone.
    const registrar = await world.person('registrar', pupilOf(all, 0).school_id);
    const inputs: Record<string, Record<string, string>> = {
      'visits.listPlanItems': { id: pupilOf(all, 0).id },
    };
    for (const list of listsThatLeave) {
      const filters = { ...leastInputs[list], ...inputs[list] };
      const by = list === 'attendance.listRollCallSheets' ? registrar : officer;
      const answered = await by.ask(exportList, { list, ...filters });
      expect([list, answered.status]).toEqual([list, list === 'visits.listPlanItems' ? 404 : 200]);
      if (answered.status === 200) expect(sheetOf(answered.body).text).toMatch(/共 \d+ 行，导出完整/);
    }
  });

  it('PLT-19 a principal takes away the rows of his own school alone, the same that his list shows', async () => {
    const { principal, officer, world } = all;
    const own = await principal.call(listDocuments, { size: 200 });
    expect(own.total).toBe(1);
    const documents = await exported(principal, 'notices.listDocuments');
    expect(documents.column('学生')).toEqual(own.rows.map((row) => row.childName));
    const other = await world.person('principal', all.otherSchool);
    expect((await exported(other, 'notices.listDocuments')).count).toBe(0);
    const span = { from: '2026-11-20', to: '2026-11-20' };
    const gaps = await principal.call(listGaps, { ...span, size: 200 });
    const whole = await officer.call(listGaps, { ...span, size: 200 });
    expect([gaps.total > 0, gaps.total < whole.total]).toEqual([true, true]);
    const sheet = await exported(principal, 'attendance.listGaps', span);
    expect(sheet.column('班级')).toEqual(gaps.rows.map((row) => row.className));
    const duties = await principal.call(listDuties, { scope: 'unit', state: 'all', size: 200 });
    expect(duties.total).toBeGreaterThan(0);
    expect(
      (await exported(principal, 'duties.listDuties', { scope: 'unit', state: 'all' })).column('学生或班级'),
    ).toEqual(duties.rows.map((row) => row.who));
  });

  it('PLT-19 what one post reads is not taken away with the right of another', async () => {
    const { world, officer, second } = all;
    const first = pupilOf(all, 0);
    // Registrar at the other school, who may export; officer of the street here, who reads documents and may not.
    const both = await world.person('registrar', all.otherSchool);
    await appointBeside(world, second, both, 'subdistrictOfficer', first.subdistrict);
    expect((await both.call(listDocuments, {})).total).toBe(1);
    expect((await exported(both, 'notices.listDocuments')).count).toBe(0);
    expect((await exported(officer, 'notices.listDocuments')).count).toBe(1);
  });

  it('PLT-19 the schools of the district stand with their pupils for everybody, before and after a school took them away', async () => {
    const { principal, officer } = all;
    const listed = (await officer.call(listSchools, { size: 200 })).rows;
    expect(listed.filter((row) => row.pupils > 0).length).toBeGreaterThan(2);
    const sheet = await exported(principal, 'organisations.listSchools');
    expect(sheet.column('学生')).toEqual(listed.map((row) => String(row.pupils)));
    expect((await officer.call(listSchools, { size: 200 })).rows).toEqual(listed);
  });
});

describe('its refusals and its trail', () => {
  it('PLT-20 without the right to export, or to the list, it is refused and the refusal kept; an unknown list is not found', async () => {
    const { teacher, schoolOfficer, principal, officer } = all;
    for (const person of [teacher, schoolOfficer])
      expect((await person.ask(exportList, { list: 'notices.listDocuments' })).status).toBe(403);
    // The principal may export, but imports are the bureau's.
    expect(grants.principal['lists.import']).toBeUndefined();
    expect((await principal.ask(exportList, { list: 'imports.listImports' })).status).toBe(403);
    expect((await trail('imports.listImports')).at(-1)).toMatchObject({
      outcome: 'refused',
      actor_name: principal.name,
      detail: { refused: 'permission' },
    });
    for (const list of ['duties.listMessages', 'security.listAudit', 'population.getChild', 'x'])
      expect([list, (await officer.ask(exportList, { list })).status]).toEqual([list, 404]);
  });

  it('PLT-20 malformed filters are refused as by the list itself', async () => {
    const { officer } = all;
    const asked = { from: '2026-11', to: '2026-11-20', figure: 'nothing' };
    // as: what a form could send, not what the contract takes
    const byList = await officer.ask(listAbsentees, asked as never);
    const byExport = await officer.ask(exportList, { list: 'attendance.listAbsentees', ...asked });
    expect([byList.status, byExport.status]).toEqual([422, 422]);
    expect(byExport.body).toEqual(byList.body);
  });

  it('PLT-20 the trail keeps list, rows and filters, and nothing that was typed', async () => {
    const { officer } = all;
    const found = await officer.call(listStaff, { q: '周老师', role: 'classTeacher' });
    await exported(officer, 'organisations.listStaff', { q: '周老师', role: 'classTeacher' });
    const kept = (await trail('organisations.listStaff')).at(-1);
    expect(kept).toMatchObject({ outcome: 'done', actor_name: officer.name });
    expect(kept?.detail).toEqual({
      list: '人员与岗位',
      rows: found.total,
      complete: true,
      q: '（已填写）',
      role: 'classTeacher',
    });
  });

  it('PLT-20 a cell that begins like a formula is guarded', async () => {
    const { officer, world } = all;
    await world.platform.database.loaderPool.query(
      `UPDATE school SET contact = '=HYPERLINK("x")' WHERE district_code = $1 AND id = $2`,
      [world.district, all.otherSchool],
    );
    expect((await exported(officer, 'organisations.listSchools')).column('联系方式')).toContain(`'=HYPERLINK("x")`);
  });

  it('PLT-20 beyond 20,000 rows it is refused in words that say what to do', async () => {
    const { officer, world } = all;
    await world.platform.database.loaderPool.query(
      `INSERT INTO school (district_code, id, code, name, stage, from_date)
       SELECT $1, uuidv7(), (9000000000 + n)::text, '虚拟学校' || n, '小学', '2026-09-01' FROM generate_series(1, 20001) n`,
      [world.district],
    );
    const answered = await officer.ask(exportList, { list: 'organisations.listSchools' });
    expect(answered.status).toBe(422);
    expect(JSON.stringify(answered.body)).toContain('一次最多导出 20,000 行。请先用筛选条件缩小范围');
    expect((await exported(officer, 'organisations.listSchools', { q: '虚拟学校1999' })).count).toBe(11);
  });
});
