import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  exportReport,
  exportRoll,
  getReport,
  getReportForm,
  getRollForm,
  listReports,
  signReport,
} from '#contract/statistics-reports.ts';
import { saveRollSummary } from '#contract/statistics-roll.ts';
import { cellsOf } from '#server/areas/population/testing.ts';
import { openCaseWorld, phoneId, pupilOf, type CaseWorld } from '#server/areas/dropout/testing.ts';
import { moveChild } from '#server/areas/enrolment/actions.ts';
import { chinaDay } from '#server/clock.ts';
import { rows } from '#server/testing/reach.ts';
import { wordsOfPdf } from '#server/testing/pdf.ts';
import type { Person } from '#server/testing/world.ts';

let opened: CaseWorld;
let schoolId: string;
let teacher: Person;
let otherPrincipal: Person;

const week = { period: 'week', day: '2026-11-27' } as const;
const cell = (sheet: { columns: { label: string }[]; rows: unknown[][] } | undefined, row: string, label: string) =>
  sheet?.rows.find((one) => one[0] === row)?.[sheet.columns.findIndex((column) => column.label === label)];

beforeAll(async () => {
  opened = await openCaseWorld();
  const pupil = pupilOf(opened, 0);
  schoolId = pupil.school_id;
  teacher = await opened.world.person('classTeacher', pupil.class_id, '方老师');
  otherPrincipal = await opened.world.person('principal', opened.otherSchool, '孙校长');
  await opened.move('2026-11-27T02:00:00Z');
  await opened.world.platform.database.loaderPool.query(
    `INSERT INTO roll_call (district_code, id, school_id, class_id, day, part, weight, on_roll, present, source, marked_by, marked_name, marked_at, known, reach)
     VALUES ($1, gen_random_uuid(), $2, $3, '2026-11-24', 'morning', 0.5, 40, 37, 'call', 'test', '测试', '2026-11-24T00:00:00Z', tstzrange('2026-11-24T00:00:00Z', NULL), '{}')`,
    [opened.world.district, schoolId, pupil.class_id],
  );
  await opened.world.platform.database.loaderPool.query(
    `INSERT INTO absence (district_code, id, child_id, school_id, class_id, day, part, weight, kind, marked_by, marked_name, marked_at, known, reach)
     VALUES ($1, gen_random_uuid(), $4, $2, $3, '2026-11-24', 'morning', 0.5, 'unexcused', 'test', '测试', '2026-11-24T00:00:00Z', tstzrange('2026-11-24T00:00:00Z', NULL), '{}')`,
    [opened.world.district, schoolId, pupil.class_id, pupil.id],
  );
});
afterAll(() => opened.world.stop());

it('STA-24 the form has the grades of the school and its total, attendance in pupil-days', async () => {
  const { version, sheets } = await opened.principal.call(getReportForm, { schoolId, ...week });
  const draft = await opened.principal.call(getReport, { schoolId, ...week });
  expect([version, sheets.map((sheet) => sheet.title)]).toEqual([0, ['控辍保学周统计表', '比率计算表']]);
  expect(cell(sheets[0], '合计', '期末在校')).toBe(draft.counts.S1);
  // one class was called once; of every other half-day of a school day nothing is known
  const of = (label: string) => Number(cell(sheets[0], '合计', label));
  expect([of('应到') - of('未知'), of('实到'), of('旷课'), cell(sheets[0], '合计', '出勤率')]).toEqual([
    20,
    19.5,
    0.5,
    '97.50%',
  ]);
  expect(of('未知')).toBeGreaterThan(20);
  const grades = sheets[0]?.rows.slice(0, -1) ?? [];
  const column = sheets[0]?.columns.findIndex((one) => one.label === '期末在校') ?? -1;
  expect(grades.reduce((sum, one) => sum + Number(one[column]), 0)).toBe(draft.counts.S1);
  const month = await opened.principal.call(getReportForm, { schoolId, period: 'month', day: '2026-11-27' });
  expect(month.sheets[0]?.title).toBe('控辍保学月报表');
  expect(Number(cell(month.sheets[0], '合计', '期末人数'))).toBeGreaterThan(0);
});

it('STA-26 who may not read a report may not see its form or download it', async () => {
  for (const person of [teacher, otherPrincipal])
    for (const endpoint of [getReport, getReportForm])
      expect((await person.ask(endpoint, { schoolId, ...week })).status).toBe(404);
  for (const person of [teacher, otherPrincipal])
    expect((await person.ask(exportReport, { schoolId, ...week, format: 'xlsx' })).status).toBe(404);
  expect((await teacher.call(listReports, week)).rows).toEqual([]);
});

it('STA-25 STA-27 what was signed keeps its form, file and summary whatever is entered later', async () => {
  const draft = await opened.principal.call(getReport, { schoolId, ...week });
  expect(draft.draft).toContain(`期末在校 ${String(draft.counts.S1)} 人`);
  expect(draft.draft).toMatch(
    /应到 \d+(?:\.\d)? 人日（其中未点名或待核 \d+(?:\.\d)? 人日，按未知），实到 19.5 人日，出勤率 97.50%/u,
  );
  const summary = `${draft.draft}\n六、其他。本周召开控辍保学例会一次。`;
  const signed = await opened.principal.call(signReport, { schoolId, ...week, reason: '其他班级停电未点名', summary });
  const before = await opened.principal.call(getReportForm, { schoolId, ...week });
  expect(before.version).toBe(1);
  await opened.move('2026-11-30T02:00:00Z');
  const late = { childId: pupilOf(opened, 1).id, day: '2026-11-25', state: 'dropout', cause: 'dropout' } as const;
  await opened.whole((context) => moveChild(context, late));
  await rows(
    opened.world,
    `UPDATE roll_call SET known = tstzrange(lower(known), '2026-11-29T00:00:00Z') WHERE district_code = $1`,
  );
  const after = await opened.principal.call(getReport, { schoolId, ...week });
  expect(after.counts.Drop).toBe(1);
  expect(after.frozen?.summary).toBe(summary);
  expect(after.draft).toContain('期内没有点名记录');
  expect(await opened.principal.call(getReportForm, { schoolId, ...week })).toEqual(before);
  const sealed = await rows<{ sealed: Buffer }>(
    opened.world,
    'SELECT sealed FROM period_report_version WHERE district_code = $1 AND report_id = $2',
    [signed.id],
  );
  expect(sealed[0]?.sealed.includes(Buffer.from('控辍保学例会'))).toBe(false);
});

it('STA-26 the workbook has merged heads and the signed figures; the PDF is one', async () => {
  const cells = cellsOf((await opened.officer.ask(exportReport, { schoolId, ...week, format: 'xlsx' })).body);
  expect(cells[0]?.[0]).toBe('控辍保学周统计表');
  expect(cells[1]?.[0]).toContain('填报单位：');
  expect(cells[2]).toEqual(expect.arrayContaining(['年级', '增加', '减少', '考勤（人日）']));
  expect(cells.find((row) => row[0] === '合计')).toEqual(expect.arrayContaining(['19.5', '97.50%']));
  expect(cells.flat().join('')).toContain('填表人：郑校长');
  const pdf = await opened.principal.ask(exportReport, { schoolId, ...week, format: 'pdf' });
  expect([pdf.status, String(pdf.body).slice(0, 5)]).toEqual([200, '%PDF-']);
  const trail = await rows<{ verb: string }>(
    opened.world,
    `SELECT verb FROM audit_entry WHERE district_code = $1 AND verb = 'statistics.exportReport' AND outcome = 'done'`,
  );
  expect(trail).toHaveLength(2);
});

it('STA-23 STA-24 the district sums what was signed, names who is missing, and rechecks a quarter', async () => {
  const { draft, sheets } = await opened.officer.call(getRollForm, week);
  const line = (await opened.officer.call(listReports, week)).rows.find((one) => one.schoolId === schoolId);
  expect(sheets[0]?.rows.map((row) => row[0])).toEqual([line?.name, '合计']);
  expect(cell(sheets[0], '合计', '期末在校')).toBe(line?.counts.S1);
  expect(draft).toContain('已报 1 所');
  const quarter = await opened.officer.call(getRollForm, { period: 'quarter', day: '2026-11-27' });
  expect(quarter.sheets[0]?.title).toBe('控辍保学区级季度核查表');
  expect(quarter.sheets[0]?.rows.every((row) => row.at(-1) === '未报')).toBe(true);
  const pdf = await opened.officer.ask(exportRoll, { ...week, format: 'pdf' });
  expect([pdf.status, String(pdf.body).slice(0, 5)]).toEqual([200, '%PDF-']);
});

it('STA-29 the bureau edits the summary of the roll-up; it is kept with who and when, printed, marked where the figures moved, put back', async () => {
  const { officer, second, principal, leader } = opened;
  const before = await officer.call(getRollForm, week);
  expect([before.summary.kept, before.summary.mayEdit]).toEqual([null, true]);
  const keep = (text: string | null, seen: number, by = officer) =>
    by.ask(saveRollSummary, { id: phoneId(), ...week, text, seen });
  expect((await keep('本周各校工作平稳，重点跟进一所学校。', 0)).status).toBe(200);
  expect((await keep('另一份小结', 0, second)).body).toMatchObject({ code: 'changed-meanwhile' });
  expect((await keep('学校', 1)).status).toBe(422);
  expect((await keep('由校长改写小结', 1, principal)).status).toBe(403);
  expect((await keep('由局长改写小结', 1, leader)).status).toBe(403);
  const after = await leader.call(getRollForm, week);
  expect(after.summary).toMatchObject({ stale: false, mayEdit: false, kept: { version: 1, byName: officer.name, text: '本周各校工作平稳，重点跟进一所学校。' } }); // prettier-ignore
  expect((await principal.call(getRollForm, week)).summary).toMatchObject({ kept: null, history: [], mayEdit: false });
  const words = async () => wordsOfPdf((await officer.ask(exportRoll, { ...week, format: 'pdf' })).body).replaceAll(/\s/g, ''); // prettier-ignore
  expect(await words()).toContain('重点跟进一所学校');
  const kept = chinaDay(new Date(after.summary.kept?.at ?? ''));
  expect(await words()).toContain(`文字小结由${officer.name}于${kept}修改（第1次）`);
  const [row] = await rows<{ sealed: Buffer }>(
    opened.world,
    `SELECT sealed FROM roll_summary WHERE district_code = $1`,
  );
  expect(row?.sealed.includes(Buffer.from('平稳'))).toBe(false);
  await otherPrincipal.call(signReport, { schoolId: opened.otherSchool, ...week, reason: '本周班级点名由校长补说明' });
  expect((await officer.call(getRollForm, week)).summary.stale).toBe(true);
  expect(await words()).toContain('此后汇总数据有变化');
  expect((await keep(null, 1)).status).toBe(200);
  const last = await officer.call(getRollForm, week);
  expect([last.summary.kept, last.summary.history.map((one) => one.version)]).toEqual([null, [2, 1]]);
  expect(await words()).toContain('文字小结由系统按数据起草');
});
