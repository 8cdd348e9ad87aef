import { afterAll, beforeAll, expect, it } from 'vitest';
import { addField, fieldSheet, getDesign, getValues, listFields, saveLayout, saveValues, switchField, takeFieldSheet } from '#contract/books-design.ts'; // prettier-ignore
import { exportSheet, previewSheet } from '#contract/books.ts';
import { ownColumnId } from '#domain/books/rules.ts';
import { openCaseWorld, phoneId, pupilOf, type CaseWorld } from '#server/areas/dropout/testing.ts';
import { cellsOf, rowsOf } from '#server/areas/population/testing.ts';
import { sheetFile } from '#server/spreadsheets/sheet-file.ts';

let all: CaseWorld;
const route = phoneId();

beforeAll(async () => {
  all = await openCaseWorld();
  await all.officer.call(addField, { id: route, subject: 'child', name: '上学方式', kind: 'choice', choices: ['步行', '校车'] }); // prettier-ignore
});
afterAll(() => all.world.stop());

const heads = async (knownAt?: string) => (await all.principal.call(previewSheet, { sheet: 'roster', ...(knownAt === undefined ? {} : { knownAt }) })).columns.map((one) => one.words); // prettier-ignore

it('BOK-09 the bureau orders, hides and names; the sheet follows everywhere, earlier knowledge keeps its layout, and the standard comes back', async () => {
  const { officer, principal } = all;
  const before = await principal.call(previewSheet, { sheet: 'roster' });
  const design = await officer.call(getDesign, { sheet: 'roster' });
  expect(design.columns.at(-1)).toMatchObject({ id: ownColumnId(route), own: true });
  const columns = [
    { id: 'name', shown: true },
    { id: ownColumnId(route), shown: true },
    { id: 'class', shown: true },
    { id: 'document', shown: false },
  ];
  await officer.call(saveLayout, { sheet: 'roster', name: '接送用表', columns });
  expect(await heads()).toEqual(['姓名', '上学方式', '年级班级']);
  expect(cellsOf((await principal.ask(exportSheet, { sheet: 'roster', format: 'xlsx' })).body)[2]).toEqual(['序号', '姓名', '上学方式', '年级班级']); // prettier-ignore
  expect((await principal.call(previewSheet, { sheet: 'roster', day: before.day, knownAt: before.knownAt })).fingerprint).toBe(before.fingerprint); // prettier-ignore
  await officer.call(saveLayout, { sheet: 'roster', name: '标准版式', columns: null });
  expect(await heads()).toEqual(before.columns.map((one) => one.words));
  const history = (await officer.call(getDesign, { sheet: 'roster' })).layouts;
  expect(history.map((one) => [one.name, one.madeName])).toEqual([
    ['标准版式', officer.name],
    ['接送用表', officer.name],
    ['标准版式', null],
  ]);
  await officer.call(saveLayout, { sheet: 'roster', name: '接送用表', columns: history[1]?.columns ?? null });
  expect(await heads()).toEqual(['姓名', '上学方式', '年级班级']);
  expect((await officer.ask(saveLayout, { sheet: 'roster', name: '错', columns: [{ id: 'own:x', shown: true }] })).status).toBe(422); // prettier-ignore
  expect((await principal.ask(saveLayout, { sheet: 'roster', name: '校版', columns })).status).toBe(403);
});

it('BOK-10 values are filled where the child stands, by kind, sealed, and shown in the sheet', async () => {
  const { teacher, principal, world, officer } = all;
  const child = pupilOf(all, 0);
  const fill = (value: string) => teacher.ask(saveValues, { subject: 'child', id: child.id, values: [{ fieldId: route, value }] }); // prettier-ignore
  expect((await fill('地铁')).status).toBe(422);
  expect((await fill('校车')).body).toEqual({ changed: 1 });
  expect((await fill('校车')).body).toEqual({ changed: 0 });
  const shown = await principal.call(getValues, { subject: 'child', id: child.id });
  expect(shown.fields).toMatchObject([{ name: '上学方式', value: '校车', byName: teacher.name }]);
  expect(await rowsOf(world, `SELECT value FROM own_value WHERE district_code = $1`)).toEqual([{ value: null }]);
  const sheet = cellsOf((await principal.ask(exportSheet, { sheet: 'roster', format: 'xlsx' })).body);
  expect(sheet.filter((line) => line[2] === '校车').map((line) => line[1])).toEqual([child.name]);
  const stranger = await world.person('classTeacher', (await rowsOf<{ id: string }>(world, `SELECT id FROM school_class WHERE district_code = $1 AND school_id = $2 LIMIT 1`, [all.otherSchool]))[0]?.id ?? ''); // prettier-ignore
  expect((await stranger.ask(getValues, { subject: 'child', id: child.id })).status).toBe(404);
  expect((await stranger.ask(saveValues, { subject: 'child', id: child.id, values: [{ fieldId: route, value: '步行' }] })).status).toBe(404); // prettier-ignore
  expect((await officer.ask(addField, { id: phoneId(), subject: 'child', name: '上学方式', kind: 'text' })).status).toBe(409); // prettier-ignore
  const ofSchool = phoneId();
  await officer.call(addField, { id: ofSchool, subject: 'school', name: '校医', kind: 'text', personal: false });
  await officer.call(switchField, { id: ofSchool, active: false });
  expect((await officer.call(listFields, {})).map((one) => [one.name, one.active])).toEqual([
    ['上学方式', true],
    ['校医', false],
  ]);
});

it('BOK-13 own fields of a school are filled on its page by who reaches it whole, kept with who and since when, and stand as a column of the sheets of schools', async () => {
  const { officer, principal, teacher, world } = all;
  const { school_id: school } = pupilOf(all, 0);
  const [doctor, bus] = [phoneId(), phoneId()];
  await officer.call(addField, { id: doctor, subject: 'school', name: '驻校医生', kind: 'text' });
  await officer.call(addField, { id: bus, subject: 'school', name: '校车数量', kind: 'number', personal: false });
  const fill = (by: typeof officer, fieldId: string, value: string) => by.ask(saveValues, { subject: 'school', id: school, values: [{ fieldId, value }] }); // prettier-ignore
  const registrar = await world.person('registrar', school);
  expect((await registrar.call(getValues, { subject: 'school', id: school })).mayFill).toBe(true);
  expect((await fill(registrar, bus, '两辆')).status).toBe(422);
  expect((await fill(registrar, bus, '2')).body).toEqual({ changed: 1 });
  expect((await fill(principal, doctor, '林某某')).body).toEqual({ changed: 1 });
  expect((await fill(officer, bus, '3')).body).toEqual({ changed: 1 });
  const shown = await principal.call(getValues, { subject: 'school', id: school });
  expect(shown.fields.map(({ name, value, byName }) => [name, value, byName])).toEqual([
    ['驻校医生', '林某某', principal.name],
    ['校车数量', '3', officer.name],
  ]);
  expect(
    await rowsOf(
      world,
      `SELECT value, sealed IS NOT NULL AS sealed, upper_inf(known) AS now FROM own_value WHERE district_code = $1 AND school_id IS NOT NULL ORDER BY lower(known)`,
    ),
  ).toEqual([
    // prettier-ignore
    { value: '2', sealed: false, now: false },
    { value: null, sealed: true, now: true },
    { value: '3', sealed: false, now: true },
  ]);
  const inspector = await world.person('inspector', school);
  expect((await inspector.call(getValues, { subject: 'school', id: school })).mayFill).toBe(false);
  expect((await fill(inspector, bus, '9')).status).toBe(403);
  const stranger = await world.person('registrar', all.otherSchool);
  for (const person of [stranger, teacher]) {
    expect((await person.ask(getValues, { subject: 'school', id: school })).status).toBe(404);
    expect((await fill(person, bus, '9')).status).toBe(404);
  }
  const told = await rowsOf<{ actor: string; changed: number }>(world, `SELECT actor_name AS actor, (detail->>'changed')::int AS changed FROM audit_entry WHERE district_code = $1 AND verb = 'books.saveValues' AND subject_kind = 'school' AND subject_id = $2 AND outcome = 'done' ORDER BY sequence`, [school]); // prettier-ignore
  expect(told.map((one) => one.actor)).toEqual([registrar.name, principal.name, officer.name]);
  const columns = [{ id: 'unit', shown: true }, { id: ownColumnId(bus), shown: true }, { id: 'S1', shown: true }]; // prettier-ignore
  await officer.call(saveLayout, { sheet: 'table1', name: '含校车', columns });
  const sheet = await officer.call(previewSheet, { sheet: 'table1' });
  expect(sheet.columns.map((one) => one.words)).toContain('校车数量');
  expect(sheet.rows.map((row) => row[1])).toContain(3);
  // in a school's own table the sum is the school
  expect((await principal.call(previewSheet, { sheet: 'table1' })).rows.at(-1)?.[1]).toBe(3);
});

it('BOK-11 values come back by the sheet that was handed out; lines that cannot be taken are named', async () => {
  const { principal, world } = all;
  const handed = cellsOf((await principal.ask(fieldSheet, { schoolId: pupilOf(all, 0).school_id })).body);
  const head = handed.find((line) => line.includes('档案编号')) ?? [];
  const [name, value, id] = ['姓名', '上学方式', '档案编号'].map((words) => head.indexOf(words));
  const lines = handed.filter((line) => /^\d+$/.test(line[0] ?? ''));
  expect(lines.find((line) => line[name ?? 0] === pupilOf(all, 0).name)?.[value ?? 0]).toBe('校车');
  const [a, b] = lines.filter((line) => line[value ?? 0] === '');
  const rows = [
    [a?.[name ?? 0], '步行', a?.[id ?? 0]],
    [b?.[name ?? 0], '飞机', b?.[id ?? 0]],
    ['别校', '步行', phoneId()],
  ];
  const { file } = await sheetFile('x.xlsx', { title: '自设字段填报表', columns: [{ label: '姓名' }, { label: '上学方式' }, { label: '档案编号', kind: 'text' }], rows }); // prettier-ignore
  const answered = await world.app.inject({
    method: 'POST',
    url: `${takeFieldSheet.path}?fileName=x.xlsx`,
    headers: {
      'content-type': 'application/octet-stream',
      'x-baoxue': '1',
      'x-request-id': phoneId(),
      cookie: `baoxue_session=${principal.cookie}`,
    },
    payload: file.body,
  });
  expect(answered.json()).toMatchObject({ rows: 3, changed: 1, refused: [{ row: 4 }, { row: 5 }] });
  const sheet = cellsOf((await principal.ask(exportSheet, { sheet: 'roster', format: 'xlsx' })).body);
  expect(sheet.filter((line) => line[2] === '步行').map((line) => line[1])).toEqual([a?.[name ?? 0]]);
});
