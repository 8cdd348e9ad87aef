import { afterAll, beforeAll, expect, it } from 'vitest';
import * as contract from '#contract/risk-scores.ts';
import { appointBeside } from '#server/testing/cast.ts';
import { rows } from '#server/testing/reach.ts';
import { openWorld, type Person, type World } from '#server/testing/world.ts';
import { handIn, scoreClasses, type ScorePupil } from './testing.ts';

const before = '2025—2026学年第二学期';
const head = ['学校', '班级', '姓名', '学期', '考试名称', '语文', '数学', '更正原因'];
let world: World;
let here: ScorePupil;
let there: ScorePupil;
let more: ScorePupil;
let bureau: Person;
let officer: Person;
let far: Person;
let both: Person;

beforeAll(async () => {
  world = await openWorld({ lists: 'binjiang' });
  const { pupils, elsewhere } = await scoreClasses(world);
  const [first, second, third] = [pupils[0], elsewhere[0], elsewhere[1]];
  if (!first || !second || !third) throw new Error('no pupils');
  [here, there, more] = [first, second, third];
  bureau = await world.person('bureauOfficer', world.district, '冯专干');
  officer = await world.person('schoolOfficer', here.schoolCode, '李主任');
  far = await world.person('schoolOfficer', there.schoolCode, '孙主任');
  both = await world.person('schoolOfficer', here.schoolCode, '两校主任');
  await appointBeside(world, bureau, both, 'schoolOfficer', there.schoolId);
});
afterAll(() => world.stop());

const line = (pupil: Pick<ScorePupil, 'className' | 'name'>, marks: readonly string[]) => ['', pupil.className, pupil.name, before, '期末', ...marks, '']; // prettier-ignore
const names = async (person: Person, id: string) =>
  (await person.call(contract.getScoreSheet, { id })).lines.map((one) => one.cells.find((cell) => cell.key === 'name')?.value); // prettier-ignore

it('RSK-15 ENR-60 of one sheet of two schools each sees and carries out its own rows, and the giver all of them', async () => {
  const { id, body } = await handIn(world, both, head, [
    line(here, ['81', '82']),
    line(there, ['83', '84']),
    line({ className: more.className, name: '查无此人' }, ['85', '86']),
    line(here, ['90', '91']),
  ]);
  expect(body).toMatchObject({ rows: 4, ready: 2, held: 2 });
  expect(await names(both, id)).toEqual([here.name, there.name, '查无此人', here.name]);
  expect(await names(officer, id)).toEqual([here.name, here.name]);
  expect(await names(far, id)).toEqual([there.name]);
  expect((await far.call(contract.listScoreSheets, {})).rows).toMatchObject([{ id, rows: 1, ready: 1, held: 0 }]);
  expect((await officer.call(contract.listScoreSheets, {})).rows).toMatchObject([{ id, rows: 2, ready: 1, held: 1 }]);

  // A row out of reach is not found, and a run leaves it as it is.
  const all = (await both.call(contract.getScoreSheet, { id })).lines;
  const [own, , unknown] = all.map((one) => one.id);
  for (const rowId of [own ?? '', unknown ?? '']) {
    expect((await far.ask(contract.correctScoreSheetRow, { id, rowId, changes: { name: there.name } })).status).toBe(404); // prettier-ignore
    expect((await far.ask(contract.dropScoreSheetRow, { id, rowId })).status).toBe(404);
  }
  expect(await far.call(contract.runScoreSheet, { id })).toMatchObject({ rows: 1, asked: 1 });
  expect(await both.call(contract.getScoreSheet, { id })).toMatchObject({ asked: 1, ready: 1, held: 2 });

  // Once it is known whose it is, it is theirs too.
  const named = await both.call(contract.correctScoreSheetRow, { id, rowId: unknown ?? '', changes: { name: more.name } }); // prettier-ignore
  expect(named.state).toBe('ready');
  expect(await names(far, id)).toEqual([there.name, more.name]);
  expect(await names(officer, id)).toEqual([here.name, here.name]);
  expect(await both.call(contract.runScoreSheet, { id })).toMatchObject({ asked: 3, held: 1 });
});

it('RSK-15 ENR-60 a sheet that becomes another school’s by a correction is seen there from then on, and no longer where its row was', async () => {
  const { id } = await handIn(world, both, head, [line(here, ['71', '72'])]);
  expect((await far.ask(contract.getScoreSheet, { id })).status).toBe(404);
  const [row] = (await both.call(contract.getScoreSheet, { id })).lines;
  const changes = { class: there.className, name: there.name, reason: '写错了人' };
  await both.call(contract.correctScoreSheetRow, { id, rowId: row?.id ?? '', changes });
  expect(await names(far, id)).toEqual([there.name]);
  expect(await names(officer, id)).toEqual([]);
});

it('RSK-15 of two classes of one teacher each teacher sees the rows of his own', async () => {
  const double = await world.person('classTeacher', here.classId, '两班老师');
  await appointBeside(world, bureau, double, 'classTeacher', there.classId);
  const other = await world.person('classTeacher', there.classId, '那班老师');
  const { id } = await handIn(world, double, head, [line(here, ['61', '62']), line(there, ['83', '84'])]);
  expect(await names(double, id)).toEqual([here.name, there.name]);
  expect(await names(other, id)).toEqual([there.name]);
});

it('ENR-60 a sheet of one unit is its whole unit’s, rows of which it is not known whose they are too', async () => {
  const { id } = await handIn(world, officer, head, [line({ className: here.className, name: '查无此人' }, ['81', '82'])]); // prettier-ignore
  const colleague = await world.person('schoolOfficer', here.schoolCode, '同校主任');
  expect(await names(colleague, id)).toEqual(['查无此人']);
  const reach = await rows<{ reach: string[] }>(world, 'SELECT reach FROM change_sheet WHERE district_code = $1 AND id = $2', [id]); // prettier-ignore
  expect(reach).toEqual([{ reach: [`school:${here.schoolId}`] }]);
});
