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
  await principal.call(saveValues, { subject: 'school', id: child.school_id, values: [{ fieldId: ofSchool, value: '有' }] }); // prettier-ignore
  expect((await principal.ask(getValues, { subject: 'school', id: all.otherSchool })).status).toBe(404);
  await officer.call(switchField, { id: ofSchool, active: false });
  expect((await officer.call(listFields, {})).map((one) => [one.name, one.active])).toEqual([
    ['上学方式', true],
    ['校医', false],
  ]);
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
