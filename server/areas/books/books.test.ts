import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { downloadFile, exportSheet, listBooks, listFiles, orderFile, previewSheet } from '#contract/books.ts';
import { reportDropout } from '#contract/dropout.ts';
import { getFigures } from '#contract/statistics-figures.ts';
import { decideApproval, requestApproval } from '#contract/security.ts';
import { openCaseWorld, phoneId, pupilOf, reportOf, type CaseWorld } from '#server/areas/dropout/testing.ts';
import { appointBeside } from '#server/testing/cast.ts';
import { cellsOf } from '#server/areas/population/testing.ts';
import { wordsOfPdf } from '#server/testing/pdf.ts';
import { rows } from '#server/testing/reach.ts';
import { makeFiles } from './testing.ts';

let all: CaseWorld;
let school: string;

beforeAll(async () => {
  all = await openCaseWorld();
  school = pupilOf(all, 0).school_id;
  await all.teacher.call(reportDropout, reportOf(pupilOf(all, 0).id));
});
afterAll(() => all.world.stop());

const linesOf = (cells: readonly string[][]) => cells.filter((line) => /^\d+$/.test(line[0] ?? ''));

describe('sheets', () => {
  it('BOK-01 are offered by posts, hold what is within reach, and leave only with the right to export', async () => {
    const { teacher, principal, officer, world, otherSchool } = all;
    const offered = await teacher.call(listBooks, {});
    expect([offered.books, offered.mayExport, offered.mayDesign]).toEqual([[], false, false]);
    expect((await principal.call(listBooks, {})).books.map((one) => one.id)).toEqual(['schoolBook']);
    expect((await officer.call(listBooks, {})).books.map((one) => one.id)).toEqual(['schoolBook', 'districtBook']);
    const count = async (where: string, value: string) =>
      (
        await rows<{ n: number }>(
          world,
          `SELECT count(*)::int AS n FROM enrolment WHERE district_code = $1 AND upper_inf(known) AND to_date IS NULL AND grade BETWEEN 1 AND 9 AND ${where} = $2`,
          [value],
        )
      )[0]?.n;
    const mine = await teacher.call(previewSheet, { sheet: 'roster' });
    expect(mine.total).toBe(await count('class_id', pupilOf(all, 0).class_id));
    expect((await principal.call(previewSheet, { sheet: 'roster' })).total).toBe(await count('school_id', school));
    for (const ask of [
      teacher.ask(previewSheet, { sheet: 'roster', schoolId: otherSchool }),
      principal.ask(previewSheet, { sheet: 'table1', schoolId: otherSchool }),
    ])
      expect((await ask).status).toBe(404);
    expect((await teacher.ask(exportSheet, { sheet: 'roster', format: 'xlsx' })).status).toBe(403);
    expect((await principal.ask(orderFile, { id: phoneId(), what: 'districtBook' })).status).toBe(403);
    const street = await world.person('subdistrictOfficer', pupilOf(all, 0).subdistrict);
    expect((await street.ask(previewSheet, { sheet: 'roster' })).status).toBe(403);
  });

  it('BOK-02 BOK-12 same day and same moment, same bytes and one fingerprint, whatever is entered later', async () => {
    const { principal, teacher, world } = all;
    const seen = await principal.call(previewSheet, { sheet: 'suspected' });
    expect(seen.total).toBe(1);
    const asked = { sheet: 'suspected' as const, day: seen.day, knownAt: seen.knownAt };
    const files = async (format: 'xlsx' | 'pdf') =>
      (await principal.ask(exportSheet, { ...asked, format })).body as Buffer; // as: a download
    const [xlsx, pdf] = [await files('xlsx'), await files('pdf')];
    await teacher.call(reportDropout, reportOf(pupilOf(all, 1).id));
    expect((await principal.call(previewSheet, { sheet: 'suspected' })).total).toBe(2);
    expect((await files('xlsx')).equals(xlsx)).toBe(true);
    expect((await files('pdf')).equals(pdf)).toBe(true);
    expect(await principal.call(previewSheet, asked)).toEqual(seen);
    expect(cellsOf(xlsx).flat().join('\n')).toContain(seen.fingerprint);
    expect(wordsOfPdf(pdf).replaceAll(/\s/g, '')).toContain(seen.fingerprint);
    const trail = await rows<{ detail: { fingerprint: string; format: string } }>(
      world,
      `SELECT detail FROM audit_entry WHERE district_code = $1 AND verb = 'books.exportSheet' AND outcome = 'done' ORDER BY sequence`,
    );
    expect(trail.map(({ detail }) => [detail.format, detail.fingerprint])).toEqual(
      ['xlsx', 'pdf', 'xlsx', 'pdf'].map((format) => [format, seen.fingerprint]),
    );
  });

  it('BOK-03 BOK-04 stand as offices print them: title, unit, day, heads of two rows, signature line, watermark, masked numbers', async () => {
    const { principal } = all;
    const seen = await principal.call(previewSheet, { sheet: 'roster' });
    const asked = { sheet: 'roster' as const, day: seen.day, knownAt: seen.knownAt };
    const cells = cellsOf((await principal.ask(exportSheet, { ...asked, format: 'xlsx' })).body);
    expect(cells[0]?.[0]).toBe('在校学生花名册');
    expect(cells[1]?.filter((cell) => cell !== '')).toEqual([
      `填报单位：${seen.unit}`,
      '单位：人',
      '截至 2026年11月20日',
    ]);
    expect(cells[2]).toContain('监护人');
    expect(cells[3]?.filter((cell) => cell !== '')).toEqual(['姓名', '电话']);
    const text = cells.flat().join('\n');
    for (const words of ['填表人：', '审核人：', `${principal.name} 导出`, `共 ${String(seen.total)} 行，导出完整`])
      expect(text).toContain(words);
    expect(text).not.toMatch(/\d{17}[\dX]/);
    expect(linesOf(cells)).toHaveLength(seen.total);
    const pages = wordsOfPdf((await principal.ask(exportSheet, { ...asked, format: 'pdf' })).body).split('\f');
    const printed = pages.filter((page) => page.trim() !== '');
    expect(printed.length).toBeGreaterThan(1);
    for (const [index, page] of printed.entries()) {
      expect(page).toContain('证件号码');
      expect(page.replaceAll(/\s/g, '')).toContain(`第${String(index + 1)}页共${String(printed.length)}页`);
    }
    expect(printed.at(-1)).toContain('填表人');
  });

  it('BOK-12 full numbers leave with another person’s approval alone, once', async () => {
    const { officer, second, world } = all;
    const asked = { sheet: 'suspected' as const, format: 'xlsx' as const, identities: 'full' as const };
    expect((await officer.ask(exportSheet, asked)).body).toMatchObject({ code: 'approval-needed' });
    const { id } = await officer.call(requestApproval, { kind: 'exportIdentities', purpose: '上报市局', exportOf: 'books' }); // prettier-ignore
    await second.call(decideApproval, { id, approve: true });
    const text = cellsOf((await officer.ask(exportSheet, { ...asked, approvalId: id })).body)
      .flat()
      .join('\n');
    expect(text).toMatch(/\d{17}[\dX]/);
    expect(text).toContain(`批准人 ${second.name}`);
    expect((await officer.ask(exportSheet, { ...asked, approvalId: id })).status).toBe(403);
    expect((await officer.ask(exportSheet, { ...asked, sheet: 'table1', approvalId: id })).status).toBe(422);
    expect(world.district).toBe('420102');
  });

  it('BOK-01 who may export at two schools and only look at a third exports nothing of the third', async () => {
    const { world, officer, otherSchool } = all;
    const [third] = await rows<{ id: string }>(
      world,
      `SELECT e.school_id AS id FROM enrolment e WHERE e.district_code = $1 AND upper_inf(e.known) AND e.grade BETWEEN 1 AND 9 AND e.school_id <> ALL($2::uuid[]) ORDER BY 1 LIMIT 1`,
      [[school, otherSchool]],
    );
    const person = await world.person('registrar', school, '三岗');
    await appointBeside(world, officer, person, 'registrar', otherSchool);
    await appointBeside(world, officer, person, 'inspector', third?.id ?? '');
    const schoolsIn = (cells: readonly string[][]) => new Set(linesOf(cells).map((line) => line[1])).size;
    const asked = { sheet: 'roster' as const, format: 'xlsx' as const };
    expect((await person.call(previewSheet, { sheet: 'roster' })).total).toBeGreaterThan(0);
    expect(schoolsIn(cellsOf((await person.ask(exportSheet, asked)).body))).toBe(2);
    expect((await person.ask(exportSheet, { ...asked, schoolId: third?.id })).status).toBe(404);
    const ordered = { id: phoneId(), what: 'roster' as const };
    expect((await person.ask(orderFile, ordered)).body).toMatchObject({ detail: { issues: [{ path: 'schoolId' }] } });
    expect((await person.ask(orderFile, { ...ordered, schoolId: third?.id })).status).toBe(404);
  });

  it('BOK-08 tables 1–3 agree with statistics and the ledger', async () => {
    const { officer, principal } = all;
    const one = await principal.call(previewSheet, { sheet: 'table1' });
    const asked = { day: one.day, knownAt: one.knownAt };
    const figures = await principal.call(getFigures, { ...asked, scopeKind: 'school', scopeKey: school });
    const total = one.rows.at(-1) ?? [];
    const at = (id: string) => total[one.columns.findIndex((column) => column.id === id)];
    for (const part of ['S0', 'New', 'In', 'Out', 'Drop', 'S1'] as const) expect(at(part)).toBe(figures.counts[part]);
    expect(figures.counts.S1).toBeGreaterThan(100);
    const three = await officer.call(previewSheet, { sheet: 'table3' });
    const ledger = await officer.call(previewSheet, { sheet: 'dropout' });
    const sum = three.rows.at(-1) ?? [];
    expect(sum[three.columns.findIndex((column) => column.id === 'ledger')]).toBe(ledger.total);
    const places = three.columns.flatMap((column, index) =>
      column.id.startsWith('where:') ? [Number(sum[index])] : [],
    );
    expect(places.reduce((all, count) => all + count, 0)).toBe(ledger.total);
    const junior = await officer.call(previewSheet, { sheet: 'table2', level: 'junior' });
    expect(junior.rows.map((row) => row[0])).toEqual(['七年级', '八年级', '九年级', '合计']);
  });
});

describe('books', () => {
  it('BOK-05 BOK-07 一校一册 is made by a job, kept sealed, the same bytes again, its figures those of statistics', async () => {
    const { principal, world, officer } = all;
    const seen = await principal.call(previewSheet, { sheet: 'table1' });
    const asked = { what: 'schoolBook' as const, day: seen.day, knownAt: seen.knownAt };
    const ids = [phoneId(), phoneId()];
    for (const id of ids) await principal.call(orderFile, { id, ...asked });
    expect((await principal.ask(downloadFile, { id: ids[0] ?? '' })).status).toBe(409);
    await makeFiles(world);
    const listed = (await principal.call(listFiles, {})).rows;
    expect(listed.map((row) => [row.state, row.done === row.total, row.problem])).toEqual([
      ['done', true, null],
      ['done', true, null],
    ]);
    expect(new Set(listed.map((row) => row.filePrint)).size).toBe(1);
    const words = wordsOfPdf((await principal.ask(downloadFile, { id: ids[0] ?? '' })).body);
    for (const part of ['一校一册', '目录', '各年级人数与变动', '学籍异动登记表', '在校学生花名册', '数据指纹'])
      expect(words.replaceAll(/[^\S\n]/g, '')).toContain(part);
    expect(words.replaceAll(/\s/g, '')).toContain(listed[0]?.fingerprint);
    const figures = await principal.call(getFigures, { ...asked, scopeKind: 'school', scopeKey: school });
    expect(words.replaceAll(/\s/g, '')).toContain(`期末在校${String(figures.counts.S1)}人`);
    const stranger = await world.person('principal', all.otherSchool);
    expect((await stranger.ask(downloadFile, { id: ids[0] ?? '' })).status).toBe(404);
    expect((await stranger.call(listFiles, {})).rows).toEqual([]);
    expect((await officer.ask(downloadFile, { id: ids[0] ?? '' })).status).toBe(200);
    const [kept] = await rows<{ sealed: Buffer }>(
      world,
      `SELECT sealed FROM book_file WHERE district_code = $1 LIMIT 1`,
    );
    expect(kept?.sealed.includes(Buffer.from('knownAt'))).toBe(false);
  });

  it('BOK-06 the district has its book', async () => {
    const { officer, world } = all;
    const id = phoneId();
    await officer.call(orderFile, { id, what: 'districtBook' });
    await makeFiles(world);
    const [row] = (await officer.call(listFiles, {})).rows;
    expect([row?.state, row?.problem]).toEqual(['done', null]);
    const words = wordsOfPdf((await officer.ask(downloadFile, { id })).body);
    for (const part of ['区控辍保学工作册', '各学段', '各学校', '各街道', '入学率', '表3'])
      expect(words).toContain(part);
  });
});
