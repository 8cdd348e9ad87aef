import ExcelJS from 'exceljs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { decideCorrection, getRollCall, listCorrections } from '#contract/attendance.ts';
import * as sheets from '#contract/attendance-sheets.ts';
import { appointBeside } from '#server/testing/cast.ts';
import { rows } from '#server/testing/reach.ts';
import { openWorld, type Person, type World } from '#server/testing/world.ts';
import { mark, moveTo, roomsOf, type Room } from './testing.ts';

const school = '2142010201';
const head = [
  '学校',
  '日期',
  '时段',
  '班级',
  '姓名',
  '身份证件号或学籍号',
  '到校情况',
  '补报原因',
  '更正原因',
  '更正依据',
];
let world: World;
let room: Room;
let other: Room;
let registrar: Person;
let officer: Person;
let teacher: Person;
let principal: Person;
let elsewhere: Person;

beforeAll(async () => {
  world = await openWorld({ lists: 'binjiang' });
  const [first, next] = await roomsOf(world, school);
  if (!first || !next) throw new Error('no classes');
  [room, other] = [first, next];
  registrar = await world.person('registrar', school, '钱学籍');
  officer = await world.person('schoolOfficer', school, '李主任');
  principal = await world.person('principal', school, '周校长');
  teacher = await world.person('classTeacher', room.classId, '王老师');
  const [far] = await rows<{ id: string }>(world, 'SELECT s.id FROM school s WHERE s.district_code = $1 AND s.code <> $2 ORDER BY s.code LIMIT 1', [school]); // prettier-ignore
  elsewhere = await world.person('registrar', far?.id ?? '', '孙学籍');
});
afterAll(() => world.stop());

async function call(person: Person, method: 'GET' | 'POST', url: string, body?: Buffer) {
  const answered = await world.app.inject({
    method,
    url,
    headers: {
      'x-baoxue': '1',
      'x-request-id': world.platform.newId(),
      ...(body ? { 'content-type': 'application/octet-stream' } : {}),
      cookie: `baoxue_session=${person.cookie}`,
    },
    ...(body ? { payload: body } : {}),
  });
  return { status: answered.statusCode, content: answered.rawPayload };
}
async function linesOf(content: Buffer): Promise<string[][]> {
  const read = new ExcelJS.Workbook();
  await read.xlsx.load(content as unknown as ArrayBuffer); // as: exceljs takes Node's buffer
  const all: string[][] = [];
  read.worksheets[0]?.eachRow((row) => {
    const cells: string[] = [];
    for (let at = 1; at <= head.length; at++) cells.push(row.getCell(at).text);
    all.push(cells);
  });
  return all
    .slice(all.findIndex((cells) => cells[0] === '学校') + 1)
    .filter((cells) => cells[0] !== '' && cells[6] !== '' && /^20/.test(cells[1] ?? ''));
}
/** The lines of the template of a day, of one class. */
async function template(person: Person, day: string, classId: string): Promise<string[][]> {
  const answered = await call(person, 'GET', `/api/attendance/roll-sheets/template?day=${day}`);
  if (answered.status !== 200) throw new Error(answered.content.toString());
  const { className } = await officer.call(getRollCall, { classId, day });
  return (await linesOf(answered.content)).filter((cells) => cells[3] === className);
}
async function handIn(person: Person, lines: readonly (readonly string[])[]) {
  const made = new ExcelJS.Workbook();
  const sheet = made.addWorksheet('点名');
  sheet.addRow(head);
  for (const line of lines) sheet.addRow([...line]);
  const url = `/api/attendance/roll-sheets?fileName=${encodeURIComponent('点名表.xlsx')}`;
  const answered = await call(person, 'POST', url, Buffer.from(await made.xlsx.writeBuffer()));
  return { status: answered.status, body: JSON.parse(answered.content.toString()) as Record<string, unknown> }; // as: JSON of the contract
}
/** Lines with some cells of some rows written over. */
const withCells = (lines: readonly string[][], changes: Readonly<Record<number, Readonly<Record<number, string>>>>) =>
  lines.map((line, at) => line.map((cell, column) => changes[at]?.[column] ?? cell));
const versions = async () =>
  (await rows<{ n: number }>(world, 'SELECT (SELECT count(*) FROM absence WHERE district_code = $1)::int + (SELECT count(*) FROM roll_call WHERE district_code = $1)::int + (SELECT count(*) FROM attendance_correction WHERE district_code = $1)::int AS n'))[0]?.n ?? -1; // prettier-ignore

it('ATT-30 ATT-31 a registrar hands in the roll call of a class; a preview leaves nothing, and the same file again changes nothing', async () => {
  const day = '2026-11-20';
  const lines = withCells(await template(registrar, day, room.classId), { 0: { 6: '无故缺勤' }, 1: { 6: '病假' } });
  expect(lines).toHaveLength(room.pupils.length);
  const before = await versions();
  const { status, body } = await handIn(registrar, lines);
  expect([status, body]).toMatchObject([200, { rows: lines.length, ready: lines.length, held: 0, same: 0 }]);
  expect(await versions()).toBe(before);
  const id = String(body['id']);
  expect(await registrar.call(sheets.runRollCallSheet, { id })).toMatchObject({ asked: lines.length, ready: 0 });
  const roll = await officer.call(getRollCall, { classId: room.classId, day });
  expect(roll.rollCall?.markedName).toBe('钱学籍');
  expect(roll.pupils.filter((one) => one.mark === 'unexcused').map((one) => one.name)).toEqual([lines[0]?.[4]]);
  expect(roll.pupils.filter((one) => one.mark === 'illness')).toHaveLength(1);
  const after = await versions();
  expect(await registrar.call(sheets.runRollCallSheet, { id })).toMatchObject({ asked: lines.length });
  const again = await handIn(registrar, lines);
  expect(again.body).toMatchObject({ same: lines.length, ready: 0, held: 0 });
  await registrar.call(sheets.runRollCallSheet, { id: String(again.body['id']) });
  expect(await versions()).toBe(after);
  expect((await elsewhere.ask(sheets.getRollCallSheet, { id })).status).toBe(404);
  // Handing in by sheet gives no mark on the screen.
  expect((await officer.call(getRollCall, { classId: room.classId, day })).allowed.mark).toBe(true);
  expect((await registrar.call(getRollCall, { classId: room.classId, day })).allowed.mark).toBe(false);
  expect((await principal.ask(sheets.listRollCallSheets, {})).status).toBe(403);
});

it('ATT-32 rows of other schools and classes, of days to come or outside the term, and of a class that is not whole are held with what to do', async () => {
  const day = '2026-11-20';
  const lines = await template(officer, day, other.classId);
  const [first = [], second = [], third = [], fourth = [], fifth = []] = lines;
  const swap = (line: readonly string[], changes: Readonly<Record<number, string>>) => line.map((cell, at) => changes[at] ?? cell); // prettier-ignore
  const { body } = await handIn(officer, [
    swap(first, { 0: '别的学校' }),
    swap(second, { 1: '2026-11-30' }),
    swap(third, { 1: '2026-08-10' }),
    swap(fourth, { 6: '不知道' }),
    fifth,
  ]);
  const id = String(body['id']);
  const sheet = await officer.call(sheets.getRollCallSheet, { id });
  const reasons = sheet.lines.map((one) => one.reason ?? '');
  expect(sheet.held).toBe(5);
  expect(reasons[0]).toBe('“别的学校”不在您的办理范围，只能导入本校（本班）的点名。');
  expect(reasons[1]).toBe('还没有到这一天，不能提前点名。');
  expect(reasons[2]).toBe('2026-08-10 不在学期内，不需要点名。');
  expect(reasons[3]).toContain('不认识的到校情况“不知道”');
  expect(reasons[4]).toContain(`表中缺少本班 ${String(lines.length - 1)} 名学生`);
  expect(await officer.call(sheets.runRollCallSheet, { id })).toMatchObject({ asked: 0, held: 5 });
  expect((await officer.call(getRollCall, { classId: other.classId, day })).rollCall).toBeNull();

  const faulty = await handIn(officer, withCells(lines, { 2: { 6: '请假' } }));
  const open = await officer.call(sheets.getRollCallSheet, { id: String(faulty.body['id']) });
  expect(open.held).toBe(lines.length);
  const wrong = open.lines.find((one) => one.reason?.includes('不认识的到校情况'));
  const right = await officer.call(sheets.correctRollCallSheetRow, { id: open.id, rowId: wrong?.id ?? '', changes: { mark: '事假' } }); // prettier-ignore
  expect(right.state).toBe('ready');
  expect(await officer.call(sheets.getRollCallSheet, { id: open.id })).toMatchObject({ ready: lines.length, held: 0 });
});

it('ATT-30 a class teacher hands in the own class and no other', async () => {
  const day = '2026-11-20';
  const answered = await call(teacher, 'GET', `/api/attendance/roll-sheets/template?day=${day}`);
  const { className } = await officer.call(getRollCall, { classId: room.classId, day });
  expect(new Set((await linesOf(answered.content)).map((cells) => cells[3]))).toEqual(new Set([className]));
  const { body } = await handIn(teacher, (await template(officer, day, other.classId)).slice(0, 1));
  const [line] = (await teacher.call(sheets.getRollCallSheet, { id: String(body['id']) })).lines;
  expect(line?.reason).toContain('没有您可以导入点名的班级');
});

it('ATT-33 a sheet enters late only with a reason, and takes no crossing and no overdue contact away without consent', async () => {
  await moveTo(world, '2026-11-25');
  for (const day of ['2026-11-20', '2026-11-24', '2026-11-25'])
    await mark(world, officer, other, day, { 3: 'unexcused' }, { reason: day === '2026-11-25' ? '' : '系统故障' });
  const bare = await template(registrar, '2026-11-23', other.classId);
  const held = await handIn(registrar, bare);
  expect(held.body).toMatchObject({ held: bare.length, ready: 0 });
  const late = await handIn(registrar, withCells(bare, { 0: { 7: '当天没有网络' } }));
  expect(late.body).toMatchObject({ ready: bare.length });
  await registrar.call(sheets.runRollCallSheet, { id: String(late.body['id']) });
  const roll = await officer.call(getRollCall, { classId: other.classId, day: '2026-11-23' });
  expect(roll.rollCall?.lateReason).toBe('当天没有网络');
  // Three days without reason had been reached over the unmarked one: the pupil's presence on it waits for consent.
  const lost = roll.pupils.find((one) => one.childId === other.pupils[3]);
  expect([lost?.mark, lost?.waiting]).toEqual(['unknown', true]);
  expect((await handIn(registrar, withCells(bare, { 0: { 7: '当天没有网络' } }))).body).toMatchObject({
    same: bare.length,
  });

  // A day marked as absent is changed by sheet: it needs the reason, then the evidence, then another person.
  const marked = await template(registrar, '2026-11-20', other.classId);
  const at = marked.findIndex((cells) => cells[6] === '无故缺勤');
  const before = await handIn(registrar, withCells(marked, { [at]: { 6: '到校' } }));
  expect(before.body).toMatchObject({ held: 1, same: marked.length - 1 });
  const second = await handIn(registrar, withCells(marked, { [at]: { 6: '到校', 8: '当天在校' } }));
  expect(second.body).toMatchObject({ held: 1 });
  const full = withCells(marked, { [at]: { 6: '到校', 8: '当天在校', 9: '有课堂照片' } });
  const third = await handIn(registrar, full);
  expect(third.body).toMatchObject({ ready: 1 });
  await registrar.call(sheets.runRollCallSheet, { id: String(third.body['id']) });
  const still = await officer.call(getRollCall, { classId: other.classId, day: '2026-11-20' });
  const pupil = still.pupils.find((one) => one.name === marked[at]?.[4]);
  expect([pupil?.mark, pupil?.waiting]).toEqual(['unexcused', true]);
  expect((await handIn(registrar, full)).body).toMatchObject({ same: marked.length });
  // The presence of the 23rd waits too; both were asked at one moment of the standing clock.
  const asked = await officer.call(listCorrections, { state: 'waiting', childId: pupil?.childId ?? '' });
  const waiting = asked.rows.find((one) => one.day === '2026-11-20');
  expect((await registrar.ask(decideCorrection, { id: waiting?.id ?? '', accept: true, evidence: '看过照片' })).status).toBe(403); // prettier-ignore
  await officer.call(decideCorrection, { id: waiting?.id ?? '', accept: true, evidence: '看过课堂照片' });
  const after = await officer.call(getRollCall, { classId: other.classId, day: '2026-11-20' });
  expect(after.pupils.find((one) => one.childId === pupil?.childId)?.mark).toBe('present');
});

it('ENR-60 of a sheet of two classes each class teacher sees the rows of his own, the school neither', async () => {
  const double = await world.person('classTeacher', room.classId, '两班老师');
  const bureau = await world.person('bureauOfficer', world.district, '冯专干');
  await appointBeside(world, bureau, double, 'classTeacher', other.classId);
  const second = await world.person('classTeacher', other.classId, '那班老师');
  const day = '2026-11-20';
  const lines = [
    ...(await template(double, day, room.classId)).slice(0, 2),
    ...(await template(double, day, other.classId)).slice(0, 1),
  ];
  const id = String((await handIn(double, lines)).body['id']);
  const names = async (person: Person) =>
    (await person.call(sheets.getRollCallSheet, { id })).lines.map((one) => one.cells.find((cell) => cell.key === 'name')?.value); // prettier-ignore
  expect(await names(double)).toEqual(lines.map((cells) => cells[4]));
  expect(await names(second)).toEqual(lines.slice(2).map((cells) => cells[4]));
  expect((await elsewhere.ask(sheets.getRollCallSheet, { id })).status).toBe(404);
});
