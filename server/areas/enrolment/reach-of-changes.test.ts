import ExcelJS from 'exceljs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as contract from '#contract/enrolment-changes.ts';
import * as sheets from '#contract/enrolment-sheets.ts';
import { phoneId } from '#server/areas/dropout/testing.ts';
import { appointBeside } from '#server/testing/cast.ts';
import { rows } from '#server/testing/reach.ts';
import type { Person } from '#server/testing/world.ts';
import { ask, fileCall, numberOf, openChangeWorld, piece, pupilAt, suspended, type ChangeWorld } from './testing.ts';

let on: ChangeWorld;
beforeAll(async () => {
  on = await openChangeWorld();
});
afterAll(() => on.world.stop());

/** A transfer to the other school, as its registrar asks for it. */
async function transfer(index: number): Promise<string> {
  const pupil = pupilAt(on, index);
  const id = phoneId();
  await on.otherRegistrar.call(contract.askChange, {
    id,
    kind: 'transferInside',
    person: { name: pupil.name, number: await numberOf(on, pupil.id) },
    toSchoolId: on.otherSchool,
    fromDay: '2026-11-20',
    reason: '随父母迁居',
    pieces: [await piece(on, on.otherRegistrar, 'application'), await piece(on, on.otherRegistrar, 'residence')],
  });
  return id;
}

async function handIn(person: Person, lines: readonly (readonly string[])[]): Promise<string> {
  const made = new ExcelJS.Workbook();
  const sheet = made.addWorksheet('异动');
  sheet.addRow(['姓名', '身份证件号或学籍号', '异动类别', '转入学校', '班级', '生效日期', '结束日期', '事由']);
  for (const line of lines) sheet.addRow([...line]);
  const body = Buffer.from(await made.xlsx.writeBuffer());
  const answered = await fileCall(on, person, { method: 'POST', url: `/api/changes/sheets?fileName=${encodeURIComponent('异动.xlsx')}`, body }); // prettier-ignore
  return (JSON.parse(answered.content.toString()) as { id: string }).id; // as: JSON of the contract
}

const lastDetail = async (verb: string) =>
  (
    await rows<{ detail: Record<string, unknown> }>(
      on.world,
      `SELECT detail FROM audit_entry WHERE district_code = $1 AND verb = $2 AND outcome = 'done' ORDER BY sequence DESC LIMIT 1`,
      [verb],
    )
  )[0]?.detail;

it('ENR-19 who confirms arrival names a class of his own school and of the grade, no other', async () => {
  const id = await transfer(0);
  for (const person of [on.otherPrincipal, on.principal, on.officer]) await person.call(contract.approveChange, { id });
  const foreign = await on.otherRegistrar.ask(contract.confirmArrival, { id, day: '2026-11-20', toClassId: pupilAt(on, 0).class_id }); // prettier-ignore
  expect([foreign.status, JSON.stringify(foreign.body)]).toEqual([422, expect.stringContaining('toClassId')]);
  const [wrong] = await rows<{ id: string }>(on.world, `SELECT id FROM school_class WHERE district_code = $1 AND school_id = $2 AND grade <> 4 LIMIT 1`, [on.otherSchool]); // prettier-ignore
  const ofGrade = await on.otherRegistrar.ask(contract.confirmArrival, { id, day: '2026-11-20', toClassId: wrong?.id ?? '' }); // prettier-ignore
  expect(ofGrade.status).toBe(422);
  const [right] = await rows<{ id: string }>(on.world, `SELECT id FROM school_class WHERE district_code = $1 AND school_id = $2 AND grade = 4 LIMIT 1`, [on.otherSchool]); // prettier-ignore
  expect(await on.otherRegistrar.call(contract.confirmArrival, { id, day: '2026-11-20', toClassId: right?.id ?? null })).toMatchObject({ state: 'done' }); // prettier-ignore
});

it('ENR-19 of a child out of reach a refusal does not tell which change is under way nor where he stands', async () => {
  const id = await suspended(on, 1, '2027-06-30');
  const pupil = pupilAt(on, 1);
  const person = { name: pupil.name, number: await numberOf(on, pupil.id) };
  const asked = { kind: 'transferInside' as const, person, toSchoolId: on.otherSchool, pieces: [await piece(on, on.otherRegistrar, 'application'), await piece(on, on.otherRegistrar, 'residence')] }; // prettier-ignore
  const open = await ask(on.otherRegistrar, asked);
  expect(open.status).toBe(409);
  expect(JSON.stringify(open.body)).not.toMatch(/休学|待学校/u);
  expect(JSON.stringify(open.body)).not.toContain(id);
  await on.principal.call(contract.approveChange, { id });
  await on.officer.call(contract.approveChange, { id });
  const stands = await ask(on.otherRegistrar, asked);
  expect(stands.status).toBe(409);
  expect(JSON.stringify(stands.body)).not.toMatch(/休学|suspended/u);
});

it('ENR-29 the kept form of a change that came to nothing is not for the school that never had the child, nor made from what it sees', async () => {
  const id = await transfer(2);
  await on.otherRegistrar.call(contract.withdrawChange, { id, reason: '家长不转了' });
  const form = (person: Person) => fileCall(on, person, { method: 'GET', url: `/api/changes/${id}/form` });
  const theirs = await form(on.otherRegistrar);
  expect(theirs.status).toBe(200);
  const own = await form(on.registrar);
  expect(own.content.equals(theirs.content)).toBe(false);
  expect((await form(on.registrar)).content.equals(own.content)).toBe(true);
  expect((await form(on.otherRegistrar)).content.equals(own.content)).toBe(false);
});

it('ENR-30 a sheet is of the schools where its giver may ask, and no other where he holds a post', async () => {
  const both = await on.world.person('registrar', pupilAt(on, 0).school_id, '两岗');
  await appointBeside(on.world, on.officer, both, 'inspector', on.otherSchool);
  const pupil = pupilAt(on, 3);
  const id = await handIn(both, [[pupil.name, await numberOf(on, pupil.id), '休学', '', '', '2026-11-20', '2027-06-30', '因病治疗']]); // prettier-ignore
  expect((await on.registrar.ask(sheets.getSheet, { id })).status).toBe(200);
  expect((await on.otherRegistrar.ask(sheets.getSheet, { id })).status).toBe(404);
});

it('ENR-60 of a sheet of two schools each registrar sees the rows of his own pupils, the bureau all, whoever corrects them', async () => {
  const both = await on.world.person('registrar', pupilAt(on, 0).school_id, '两校学籍');
  await appointBeside(on.world, on.officer, both, 'registrar', on.otherSchool);
  const [theirs] = await rows<{ id: string; name: string }>(
    on.world,
    'SELECT e.child_id AS id, e.name FROM enrolment e WHERE e.district_code = $1 AND e.school_id = $2 AND upper_inf(e.known) ORDER BY e.child_id LIMIT 1',
    [on.otherSchool],
  );
  if (!theirs) throw new Error('no pupil');
  const [first, second] = [pupilAt(on, 8), pupilAt(on, 9)];
  const rest = ['休学', '', '', '2026-11-20', '2027-06-30', '因病治疗'];
  const id = await handIn(both, [
    [first.name, await numberOf(on, first.id), ...rest],
    [theirs.name, await numberOf(on, theirs.id), ...rest],
    [second.name, '420102201601010000', ...rest],
    [second.name, await numberOf(on, second.id), '转学', '', '', '2026-11-20', '', '随父母迁居'],
  ]);
  const names = async (person: Person) =>
    (await person.call(sheets.getSheet, { id })).lines.map((one) => one.cells.find((cell) => cell.key === 'name')?.value); // prettier-ignore
  expect(await names(both)).toEqual([first.name, theirs.name, second.name, second.name]);
  expect(await names(on.officer)).toEqual([first.name, theirs.name, second.name, second.name]);
  expect(await names(on.registrar)).toEqual([first.name, second.name]);
  expect(await names(on.otherRegistrar)).toEqual([theirs.name]);
  // The bureau puts right whose number it is: the row is his school's from now on, as it is one of the sheet's.
  const unknown = (await on.officer.call(sheets.getSheet, { id })).lines[2]?.id ?? '';
  await on.officer.call(sheets.correctSheetRow, { id, rowId: unknown, changes: { documentNumber: await numberOf(on, second.id), name: second.name } }); // prettier-ignore
  expect(await names(on.registrar)).toEqual([first.name, second.name, second.name]);
  expect(await names(on.otherRegistrar)).toEqual([theirs.name]);
  expect(await on.otherRegistrar.call(sheets.runSheet, { id })).toMatchObject({ rows: 1, asked: 1 });
  expect((await on.registrar.call(sheets.getSheet, { id })).lines.map((one) => one.state)).toContain('ready');
});

it('ENR-30 the trail of a sheet says what was done: nothing by the preview, each change by the run; cells stay sealed in reasons too', async () => {
  const [first, second] = [pupilAt(on, 4), pupilAt(on, 5)];
  const numbers = await Promise.all([numberOf(on, first.id), numberOf(on, second.id)]);
  const id = await handIn(on.registrar, [
    [first.name, numbers[0], '休学', '', '', '2026-11-20', '2027-06-30', '因病治疗'],
    ['张某', numbers[1], numbers[1], '', '', '2026-11-20', '', '填错了列'],
    [second.name, numbers[1], '休学', '', '', '2026-11-20', '2027-06-30', '因病治疗'],
  ]);
  expect(await lastDetail('enrolment.handInSheet')).toEqual({ rows: 3 });
  const { lines } = await on.registrar.call(sheets.getSheet, { id });
  expect(lines.map((line) => line.state)).toEqual(['ready', 'held', 'ready']);
  const [raw] = await rows<{ row: string }>(on.world, `SELECT string_agg(r::text, ' ') AS row FROM change_sheet_row r WHERE r.district_code = $1 AND r.sheet_id = $2`, [id]); // prettier-ignore
  expect(raw?.row).not.toContain(numbers[1]);
  expect(lines[1]?.reason).toContain('不认识的异动类别');
  await on.registrar.call(sheets.runSheet, { id });
  const done = (await on.registrar.call(sheets.getSheet, { id })).lines.flatMap((line) => line.changeId ?? []);
  expect(await lastDetail('enrolment.runSheet')).toEqual({ asked: 2, changes: done, children: [first.id, second.id] });
});

it('ENR-19 who holds posts at two schools acts under the one that the step asks for', async () => {
  const principalHere = await on.world.person('inspector', on.otherSchool, '先督学后校长');
  await appointBeside(on.world, on.officer, principalHere, 'principal', pupilAt(on, 0).school_id);
  const principalFirst = await on.world.person('principal', pupilAt(on, 0).school_id, '先校长后督学');
  await appointBeside(on.world, on.officer, principalFirst, 'inspector', on.otherSchool);
  for (const [index, person] of [principalHere, principalFirst].entries()) {
    const id = await suspended(on, 6 + index, '2027-06-30');
    await person.call(contract.approveChange, { id });
    const { events } = await on.officer.call(contract.getChange, { id });
    expect(events.at(-1)).toMatchObject({ by: person.name, role: '校长' });
  }
});
