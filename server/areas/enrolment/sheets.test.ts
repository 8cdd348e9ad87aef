import { randomBytes } from 'node:crypto';
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as contract from '#contract/enrolment-changes.ts';
import { addPieces } from '#contract/enrolment-papers.ts';
import * as sheets from '#contract/enrolment-sheets.ts';
import { rows } from '#server/testing/reach.ts';
import { fileCall, numberOf, openChangeWorld, piece, pupilAt, secondClass, type ChangeWorld } from './testing.ts';

let on: ChangeWorld;
beforeAll(async () => {
  on = await openChangeWorld();
});
afterAll(() => on.world.stop());

async function book(lines: readonly (readonly string[])[]): Promise<Buffer> {
  const made = new ExcelJS.Workbook();
  const sheet = made.addWorksheet('异动');
  sheet.addRow(['某小学学籍异动批量办理表']);
  sheet.addRow(['姓名', '身份证件号或学籍号', '异动类别', '转入学校', '班级', '生效日期', '结束日期', '事由']);
  for (const line of lines) sheet.addRow([...line]);
  return Buffer.from(await made.xlsx.writeBuffer());
}
const count = async (): Promise<number> =>
  (await rows<{ n: number }>(on.world, 'SELECT count(*)::int AS n FROM registry_change WHERE district_code = $1'))[0]?.n ?? -1; // prettier-ignore
const handIn = async (content: Buffer) => {
  const answered = await fileCall(on, on.registrar, { method: 'POST', url: `/api/changes/sheets?fileName=${encodeURIComponent('异动.xlsx')}`, body: content }); // prettier-ignore
  return { status: answered.status, body: JSON.parse(answered.content.toString()) as Record<string, unknown> }; // as: JSON of the contract
};

it('ENR-30 the template has the columns that are read', async () => {
  const template = await fileCall(on, on.registrar, { method: 'GET', url: '/api/changes/sheets/template' });
  const read = new ExcelJS.Workbook();
  await read.xlsx.load(template.content as unknown as ArrayBuffer); // as: exceljs takes Node's buffer
  const words = (read.worksheets[0]?.getSheetValues() ?? []).flat().map(String);
  for (const label of ['姓名', '身份证件号或学籍号', '异动类别', '生效日期', '事由']) expect(words).toContain(label);
  expect((await fileCall(on, on.principal, { method: 'GET', url: '/api/changes/sheets/template' })).status).toBe(403);
});

it('ENR-30 a sheet is previewed, held rows are corrected, the others asked once, and papers follow before any approval', async () => {
  const [first, second, third, fourth] = [pupilAt(on, 0), pupilAt(on, 1), pupilAt(on, 2), pupilAt(on, 3)];
  const room = await secondClass(on, 4);
  const numbers = await Promise.all([first, second, third, fourth].map((pupil) => numberOf(on, pupil.id)));
  const line = (index: number, name: string, ...rest: string[]) => [name, numbers[index] ?? '', ...rest];
  const before = await count();
  const { status, body } = await handIn(
    await book([
      line(0, first.name, '休学', '', '', '2026-11-20', '2027-06-30', '因病治疗'),
      line(1, second.name, '转班', '', `四年级${room.classNo}班`, '2026/11/20', '', '调整班额'),
      line(2, third.name, '退学', '', '', '2026-11-20', '', '家长要求'),
      line(3, '别的名字', '休学', '', '', '2026-11-20', '2027-06-30', '因病治疗'),
    ]),
  );
  expect([status, body]).toMatchObject([200, { rows: 4, ready: 2, held: 2, asked: 0 }]);
  const id = String(body['id']);
  expect(await count()).toBe(before);
  const sheet = await on.registrar.call(sheets.getSheet, { id });
  expect(sheet.lines.map((one) => [one.state, one.reason])).toEqual([
    ['ready', null],
    ['ready', null],
    ['held', '不认识的异动类别“退学”，请按模板的类别填写。'],
    ['held', '没有姓名和号码都相符的学生，请核对证件。'],
  ]);
  const masked = sheet.lines[0]?.cells.find((cell) => cell.key === 'documentNumber');
  expect([masked?.masked, masked?.value.includes('*')]).toEqual([true, true]);
  expect((await on.otherRegistrar.ask(sheets.getSheet, { id })).status).toBe(404);

  const [, , unlawful, misnamed] = sheet.lines.map((one) => one.id);
  const still = await on.registrar.call(sheets.correctSheetRow, { id, rowId: misnamed ?? '', changes: { endsOn: '2029-06-30', name: fourth.name } }); // prettier-ignore
  expect([still.state, still.reason]).toEqual(['held', '每次休学不超过一年。']);
  const right = await on.registrar.call(sheets.correctSheetRow, { id, rowId: misnamed ?? '', changes: { endsOn: '2027-06-30' } }); // prettier-ignore
  expect([right.state, right.reason]).toEqual(['ready', null]);
  await on.registrar.call(sheets.dropSheetRow, { id, rowId: unlawful ?? '' });
  expect(await on.registrar.call(sheets.runSheet, { id })).toMatchObject({ asked: 3, ready: 0, held: 0, dropped: 1 });
  expect(await on.registrar.call(sheets.runSheet, { id })).toMatchObject({ asked: 3 });
  expect(await count()).toBe(before + 3);

  const done = await on.registrar.call(sheets.getSheet, { id });
  const change = done.lines[0]?.changeId ?? '';
  expect(await on.registrar.call(contract.getChange, { id: change })).toMatchObject({ kind: 'suspension', state: 'school' }); // prettier-ignore
  const early = await on.principal.ask(contract.approveChange, { id: change });
  expect([early.status, JSON.stringify(early.body)]).toEqual([409, expect.stringContaining('还缺材料：监护人书面申请、县级以上医院证明')]); // prettier-ignore
  expect((await on.principal.ask(addPieces, { id: change, pieces: [] })).status).toBe(403);
  await on.registrar.call(addPieces, {
    id: change,
    pieces: [await piece(on, on.registrar, 'application'), await piece(on, on.registrar, 'medical', 'hospitalPaper')],
  });
  const page = await on.registrar.call(contract.getChange, { id: change });
  expect(page.allowed['addPieces']).toEqual({ may: false, why: '材料已经齐全。' });
  expect(page.events.at(-1)?.words).toBe('补交材料：监护人书面申请、县级以上医院证明');
  expect(await on.principal.call(contract.approveChange, { id: change })).toMatchObject({ state: 'bureau' });
  // A class change demands no papers: the principal agrees at once.
  const moved = done.lines[1]?.changeId ?? '';
  expect(await on.principal.call(contract.approveChange, { id: moved })).toMatchObject({ state: 'done' });
  const [raw] = await rows<{ row: string }>(on.world, 'SELECT r::text AS row FROM change_sheet_row r WHERE r.district_code = $1 LIMIT 1'); // prettier-ignore
  expect(raw?.row).not.toContain(first.name);
});

it('ENR-30 a file without the columns, and a pupil of another school, are told', async () => {
  const empty = new ExcelJS.Workbook();
  empty.addWorksheet('a').addRow(['学校', '人数']);
  const wrong = await handIn(Buffer.from(await empty.xlsx.writeBuffer()));
  expect([wrong.status, wrong.body['code']]).toEqual([422, 'file-columns-missing']);
  const [other] = await rows<{ id: string; name: string }>(
    on.world,
    'SELECT c.id, c.name FROM enrolment e JOIN child c ON c.district_code = $1 AND c.id = e.child_id WHERE e.district_code = $1 AND e.school_id = $2 AND upper_inf(e.known) ORDER BY c.id LIMIT 1',
    [on.otherSchool],
  );
  if (!other) throw new Error('no pupil');
  // A picture makes the same file larger than any sheet of changes.
  empty.addImage({ base64: randomBytes(20 * 1024 * 1024).toString('base64'), extension: 'png' });
  const huge = await handIn(Buffer.from(await empty.xlsx.writeBuffer()));
  expect([huge.status, huge.body['code']]).toEqual([413, 'file-too-large']);
  const { body } = await handIn(
    await book([[other.name, await numberOf(on, other.id), '休学', '', '', '2026-11-20', '2027-06-30', '因病治疗']]),
  );
  expect(body).toMatchObject({ ready: 0, held: 1 });
  const [line] = (await on.registrar.call(sheets.getSheet, { id: String(body['id']) })).lines;
  expect(line?.reason).toBe('这一步不由您的岗位办理。');
});
