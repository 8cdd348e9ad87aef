import ExcelJS from 'exceljs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as sheets from '#contract/enrolment-sheets.ts';
import * as year from '#contract/enrolment-year.ts';
import { rows } from '#server/testing/reach.ts';
import type { Person } from '#server/testing/world.ts';
import { courseLines, fileCall, openChangeWorld, type ChangeWorld } from './testing.ts';

const head = ['毕业小学', '班级', '姓名', '身份证件号或学籍号', '分配初中', '报到日'];
let on: ChangeWorld;
let bureau: Person;
let junior = '';

beforeAll(async () => {
  on = await openChangeWorld();
  const of = async (code: string) =>
    (await rows<{ id: string; name: string }>(on.world, 'SELECT id, name FROM school WHERE district_code = $1 AND code = $2', [code]))[0]; // prettier-ignore
  const school = (await of('2142010201'))?.id ?? '';
  junior = (await of('3142010801'))?.name ?? '';
  bureau = await on.world.person('bureauOfficer', on.world.district, '区学籍');
  const registrar = await on.world.person('registrar', school);
  await on.move('2027-07-02T02:00:00Z');
  const leaving = { schoolId: school, schoolYear: 2027, what: 'leaving' as const };
  const { rows: all } = await registrar.call(year.previewYear, leaving);
  await registrar.call(year.runYear, { ...leaving, expected: all.length });
});
afterAll(() => on.world.stop());

async function handIn(lines: readonly (readonly string[])[]) {
  const made = new ExcelJS.Workbook();
  const sheet = made.addWorksheet('分配');
  for (const line of [head, ...lines]) sheet.addRow([...line]);
  const body = Buffer.from(await made.xlsx.writeBuffer());
  const url = `/api/leavers/sheets?fileName=${encodeURIComponent('分配.xlsx')}`;
  const answered = await fileCall(on, bureau, { method: 'POST', url, body });
  return JSON.parse(answered.content.toString()) as Record<string, unknown>; // as: JSON of the contract
}

it('ENR-50 ENR-51 the leavers come out as a sheet, go in with their junior school, held rows say why, and twice changes nothing', async () => {
  const answered = await fileCall(on, bureau, { method: 'GET', url: '/api/leavers/sheets/template' });
  const read = new ExcelJS.Workbook();
  await read.xlsx.load(answered.content as unknown as ArrayBuffer); // as: exceljs takes Node's buffer
  const all: string[][] = [];
  read.worksheets[0]?.eachRow((row) => all.push([1, 2, 3, 4, 5, 6].map((at) => row.getCell(at).text)));
  const leavers = all.slice(all.findIndex((cells) => cells[0] === '毕业小学') + 1).filter((cells) => cells[2] !== '');
  expect(leavers.length).toBeGreaterThan(10);
  const names = leavers.map((cells) => cells[2]);
  const alone = leavers.filter((cells) => names.filter((name) => name === cells[2]).length === 1).slice(0, 6);
  const filled = alone.map(([from = '', room = '', name = '']) => [from, room, name, '', junior, '2027-08-30']);
  const bad = (at: number, changes: Readonly<Record<number, string>>) => (filled[at] ?? []).map((cell, column) => changes[column] ?? cell); // prettier-ignore
  const body = await handIn([
    ...filled.slice(0, 3),
    bad(3, { 4: '没有的学校' }),
    bad(4, { 4: filled[4]?.[0] ?? '' }),
    bad(5, { 5: '八月底' }),
    filled[0] ?? [],
    bad(1, { 2: '查无此人' }),
  ]);
  expect(body).toMatchObject({ rows: 8, ready: 3, held: 5 });
  const id = String(body['id']);
  expect((await bureau.call(year.listLeavers, { show: 'placed' })).total).toBe(0);
  const sheet = await bureau.call(sheets.getPlacementSheet, { id });
  const reasons = sheet.lines.filter((one) => one.state === 'held').map((one) => one.reason ?? '');
  expect(reasons[0]).toBe('本区没有名为“没有的学校”的初中，请填写学校全称或标识码。');
  expect(reasons[1]).toBe('请选择有初中年级的学校。');
  expect(reasons[2]).toBe('报到日无法识别，请写成2026-08-30这样的日期。');
  expect(reasons[3]).toBe('这名毕业生在表中写了两次，请删去多余的一行。');
  expect(reasons[4]).toContain('没有待升学的毕业生“查无此人”');
  const wrong = sheet.lines.find((one) => one.reason === reasons[0]);
  const right = await bureau.call(sheets.correctPlacementSheetRow, { id, rowId: wrong?.id ?? '', changes: { toSchool: junior } }); // prettier-ignore
  expect(right.state).toBe('ready');
  expect(await bureau.call(sheets.runPlacementSheet, { id })).toMatchObject({ asked: 4, held: 4 });
  const placed = await bureau.call(year.listLeavers, { show: 'placed' });
  expect([placed.total, placed.rows[0]?.toSchoolName, placed.rows[0]?.reportDay]).toEqual([4, junior, '2027-08-30']);
  const course = (await courseLines(on, placed.rows[0]?.childId ?? '')).length;
  const again = await handIn(filled.slice(0, 4));
  expect(again).toMatchObject({ same: 4, ready: 0, held: 0 });
  await bureau.call(sheets.runPlacementSheet, { id: String(again['id']) });
  expect((await bureau.call(year.listLeavers, { show: 'placed' })).total).toBe(4);
  expect(await courseLines(on, placed.rows[0]?.childId ?? '')).toHaveLength(course);
  const other = await handIn([bad(0, { 5: '2027-08-31' })]);
  const [line] = (await bureau.call(sheets.getPlacementSheet, { id: String(other['id']) })).lines;
  expect(line?.reason).toContain('要改派的，请先撤回');
  expect((await on.registrar.ask(sheets.listPlacementSheets, {})).status).toBe(403);
});
