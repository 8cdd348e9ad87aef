import { afterAll, beforeAll, expect, it } from 'vitest';
import { setSetting } from '#contract/organisations.ts';
import * as contract from '#contract/risk-scores.ts';
import { dismissSign, getChildSigns, listSigns } from '#contract/risk.ts';
import { asPlatform, moveTo } from '#server/areas/attendance/testing.ts';
import { eachMinute } from '#server/minute.ts';
import { rows } from '#server/testing/reach.ts';
import { openWorld, type Person, type World } from '#server/testing/world.ts';
import { callPath, enter, handIn, rowsOfSheet, scoreClasses, type ScorePupil } from './testing.ts';

const [before, now] = ['2025—2026学年第二学期', '2026—2027学年第一学期'];
const wide = ['班级', '姓名', '学期', '考试名称', '语文', '数学', '英语', '更正原因'];
const closedWords = '成绩明显下滑（学校已掌握）';
let world: World;
let pupils: ScorePupil[];
let elsewhere: ScorePupil[];
let officer: Person;
let teacher: Person;
let principal: Person;
let registrar: Person;
let bureau: Person;
let far: Person;

beforeAll(async () => {
  world = await openWorld({ lists: 'binjiang' });
  ({ pupils, elsewhere } = await scoreClasses(world));
  const [own, other] = [pupils[0], elsewhere[0]];
  if (!own || !other) throw new Error('no pupils');
  officer = await world.person('schoolOfficer', own.schoolCode, '李主任');
  principal = await world.person('principal', own.schoolCode, '周校长');
  registrar = await world.person('registrar', own.schoolCode, '钱学籍');
  teacher = await world.person('classTeacher', own.classId, '王老师');
  bureau = await world.person('bureauOfficer', world.district, '冯专干');
  far = await world.person('schoolOfficer', other.schoolCode, '孙主任');
  await eachMinute(world.platform, ['counted']);
});
afterAll(() => world.stop());

const pupil = (at: number): ScorePupil => {
  const found = pupils[at];
  if (!found) throw new Error('no such pupil');
  return found;
};
/** A row of the wide sheet. */
const line = (at: number, term: string, marks: readonly string[], reason = '') => {
  const { className, name } = pupil(at);
  return [className, name, term, '期末', ...marks, reason];
};
const kept = async () =>
  (await rows<{ n: number }>(world, 'SELECT count(*)::int AS n FROM pupil_score WHERE district_code = $1'))[0]?.n ?? -1; // prettier-ignore
const fallOf = async (person: Person, at: number) =>
  (await person.call(getChildSigns, { childId: pupil(at).id })).signs.find((sign) => sign.kind === 'scoreFall');
let later = 0;
/** Some minutes go by, so that what is entered next is known after what was entered before. */
const goOn = () => moveTo(world, '2026-11-20', `10:${String((later += 1)).padStart(2, '0')}`);

it('RSK-07 the template names each pupil of the own school or class; a preview leaves nothing, and the same file again changes nothing', async () => {
  const asked = '/api/risks/score-sheets/template?term=2025-2&exam=final';
  const ofTeacher = await rowsOfSheet((await callPath(world, teacher, 'GET', asked)).content);
  const head = ofTeacher.findIndex((cells) => cells[0] === '班级');
  expect(ofTeacher[head]).toEqual(expect.arrayContaining(['姓名', '学期', '考试名称', '语文', '数学', '更正原因']));
  const named = ofTeacher.slice(head + 1).filter((cells) => cells[0] === pupil(0).className);
  expect(named.map((cells) => cells[1])).toEqual(expect.arrayContaining(pupils.map((one) => one.name)));
  expect(new Set(named.map((cells) => [cells[3], cells[4]].join(' ')))).toEqual(new Set([`${before} 期末`]));
  const ofSchool = await rowsOfSheet((await callPath(world, officer, 'GET', asked)).content);
  expect(new Set(ofSchool.map((cells) => cells[0])).size).toBeGreaterThan(new Set(ofTeacher.map((cells) => cells[0])).size); // prettier-ignore

  const lines = [0, 1, 2, 3].map((at) => line(at, before, ['80', '78', '优']));
  const { status, id, body } = await handIn(world, officer, wide, lines);
  expect([status, body]).toMatchObject([200, { rows: 4, ready: 4, held: 0, same: 0 }]);
  expect(await kept()).toBe(0);
  expect(await officer.call(contract.runScoreSheet, { id })).toMatchObject({ asked: 4, ready: 0 });
  expect(await kept()).toBe(4);
  expect(await officer.call(contract.runScoreSheet, { id })).toMatchObject({ asked: 4 });
  const again = await handIn(world, officer, wide, [...lines, line(7, before, ['', '', ''])]);
  expect(again.body).toMatchObject({ same: 5, ready: 0, held: 0 });
  await officer.call(contract.runScoreSheet, { id: again.id });
  expect(await kept()).toBe(4);
  expect((await officer.call(contract.listScoreSheets, {})).total).toBe(2);
  expect((await far.ask(contract.getScoreSheet, { id })).status).toBe(404);
  expect((await far.call(contract.listScoreSheets, {})).total).toBe(0);
  for (const person of [principal, registrar, bureau])
    expect((await person.ask(contract.listScoreSheets, {})).status).toBe(403);
});

it('RSK-07 one subject a row adds to the same examination, with its full points', async () => {
  await goOn();
  const head = ['班级', '姓名', '学期', '考试名称', '学科', '分数', '满分', '等级'];
  const { className, name } = pupil(4);
  const rowOf = (subject: string, points: string, full: string, rating: string) => [className, name, before, '期末', subject, points, full, rating]; // prettier-ignore
  const done = await enter(world, teacher, head, [rowOf('语文', '96', '120', ''), rowOf('体育', '', '', '良好')]);
  expect(done).toMatchObject({ asked: 2, held: 0 });
  const seen = await teacher.call(contract.getChildScores, { childId: pupil(4).id });
  expect(seen.exams).toHaveLength(1);
  expect(seen.exams[0]?.stands).toMatchObject({
    scores: [
      { subject: '语文', words: '96/120' },
      { subject: '体育与健康', words: '良' },
    ],
    average: 80,
    byName: '王老师',
  });
});

it('RSK-10 RSK-11 marks that fall are a sign with its reason for class and school; the bureau reads that it stands, and asks for no mark', async () => {
  await goOn();
  const done = await enter(world, officer, wide, [
    line(0, now, ['50', '54', '优']),
    line(1, now, ['79', '78', '优']),
    line(2, now, ['缺考', '40', 'C']),
  ]);
  expect(done).toMatchObject({ asked: 3 });
  const reason = '本学期期末平均得分率 66.3 %，上学期期末 84.3 %，下降 18 个百分点';
  // 18 points are no fall yet; of who did not sit one the others count.
  expect(await fallOf(teacher, 0)).toBeUndefined();
  expect(await fallOf(teacher, 1)).toBeUndefined();
  const open = '本学期期末平均得分率 52.5 %，上学期期末 86.5 %，下降 34 个百分点（按两次都有的 2 门学科）';
  for (const person of [teacher, officer, principal]) expect((await fallOf(person, 2))?.words).toBe(open);
  for (const person of [bureau, registrar])
    expect(await fallOf(person, 2)).toMatchObject({ words: closedWords, kindWords: '成绩下滑', state: 'open' });
  const listed = async (person: Person) =>
    (await person.call(listSigns, { kind: 'scoreFall', acted: 'no' })).rows.flatMap((row) =>
      row.signs.filter((sign) => sign.kind === 'scoreFall').map((sign) => [row.childId, sign.words]),
    );
  expect(await listed(teacher)).toEqual([[pupil(2).id, open]]);
  expect(await listed(bureau)).toEqual([[pupil(2).id, closedWords]]);
  const sheet = await callPath(world, bureau, 'GET', '/api/lists/risk.listSigns/sheet?kind=scoreFall');
  const printed = JSON.stringify(await rowsOfSheet(sheet.content));
  expect(printed).toContain(closedWords);
  expect(printed).not.toMatch(/得分率|百分点/u);

  expect((await principal.call(contract.getChildScores, { childId: pupil(2).id })).exams).toHaveLength(2);
  for (const person of [bureau, registrar])
    expect((await person.ask(contract.getChildScores, { childId: pupil(2).id })).status).toBe(403);
  expect((await far.ask(contract.getChildScores, { childId: pupil(2).id })).status).toBe(404);
  // A school that claims the child reaches his record and not his marks.
  await rows(world, `UPDATE child SET reach = reach || $3::text WHERE district_code = $1 AND id = $2`, [pupil(2).id, `school:${elsewhere[0]?.schoolId ?? ''}`]); // prettier-ignore
  await rows(world, `UPDATE risk_sign SET reach = reach || $3::text WHERE district_code = $1 AND child_id = $2`, [pupil(2).id, `school:${elsewhere[0]?.schoolId ?? ''}`]); // prettier-ignore
  expect((await fallOf(far, 2))?.words).toBe(closedWords);
  expect((await far.ask(contract.getChildScores, { childId: pupil(2).id })).status).toBe(404);
  expect(reason).toContain('18 个百分点');
});

it('RSK-11 marks lie sealed, in a compartment that reads nothing until it is opened', async () => {
  const counted = await asPlatform(world, async ({ client }) => {
    const all = () => client.query<{ n: number }>(`SELECT count(*)::int AS n FROM pupil_score WHERE district_code = $1`, [world.district]); // prettier-ignore
    const shut = (await all()).rows[0]?.n;
    await client.query(`SELECT set_config('app.closed', '1', true)`);
    return [shut, ((await all()).rows[0]?.n ?? 0) > 0];
  });
  expect(counted).toEqual([0, true]);
  const [sign] = await rows<{ all: string; facts: string }>(world, `SELECT r::text AS all, facts FROM risk_sign r WHERE district_code = $1 AND kind = 'scoreFall'`); // prettier-ignore
  expect(sign?.all).not.toMatch(/得分率|52\.5/u);
  expect(sign?.facts).toMatch(/^[0-9a-f]{32}$/u);
  const open = await rows(world, `SELECT 1 FROM pupil_score p WHERE district_code = $1 AND p::text LIKE '%语文%'`);
  expect(open).toEqual([]);
  const reach = await rows<{ reach: string[] }>(world, 'SELECT reach FROM pupil_score WHERE district_code = $1');
  expect(reach.flatMap((row) => row.reach).filter((token) => !/^(school|class):/u.test(token))).toEqual([]);
  const trail = await rows<{ detail: string }>(world, `SELECT detail::text FROM audit_entry WHERE district_code = $1 AND verb LIKE 'risk.%Score%'`); // prettier-ignore
  expect(trail.length).toBeGreaterThan(5);
  expect(trail.filter((row) => /语文|得分/u.test(row.detail))).toEqual([]);
});

it('RSK-08 rows that cannot be taken are held with what to do, and taken once they are corrected', async () => {
  await goOn();
  const [other] = elsewhere;
  const { className, name } = pupil(5);
  const { id, body } = await handIn(world, officer, wide, [
    [other?.className ?? '', other?.name ?? '', before, '期末', '80', '', '', ''],
    [className, name, '2024学年第一学期', '期末', '80', '', '', ''],
    [className, name, before, '10月月考', '80', '', '', ''],
    [className, name, before, '期末', '110', '', '', ''],
    [className, pupil(6).name, before, '期末', '80', '', '', ''],
    [className, pupil(6).name, before, '期末', '81', '', '', ''],
    [className, '查无此人', before, '期末', '80', '', '', ''],
  ]);
  expect(body).toMatchObject({ rows: 7, ready: 1, held: 6 });
  const sheet = await officer.call(contract.getScoreSheet, { id });
  const reasons = sheet.lines.map((one) => one.reason ?? '');
  expect(reasons[0]).toContain('只能登记本校（本班）在籍学生的成绩');
  expect(reasons[1]).toContain('只登记和保存本学年和上一学年的成绩');
  expect(reasons[2]).toContain('不得组织周考、月考、单元考试（教基厅〔2021〕34号）');
  expect(reasons[3]).toContain('语文的分数110超过满分100');
  expect(reasons[5]).toBe('同一名学生这次考试的同一学科写了两次，请删去多余的一行。');
  expect(reasons[6]).toContain('请核对姓名和班级');
  const wrong = sheet.lines[3];
  const right = await officer.call(contract.correctScoreSheetRow, { id, rowId: wrong?.id ?? '', changes: { 'subject.语文': '110/120' } }); // prettier-ignore
  expect([right.state, right.reason]).toEqual(['ready', '语文 110/120']);
  await officer.call(contract.dropScoreSheetRow, { id, rowId: sheet.lines[6]?.id ?? '' });
  expect(await officer.call(contract.runScoreSheet, { id })).toMatchObject({ asked: 2, held: 4, dropped: 1 });
  const [far1] = (await far.call(getChildSigns, { childId: other?.id ?? '' })).signs.filter((one) => one.kind === 'scoreFall'); // prettier-ignore
  expect(far1).toBeUndefined();
  const ofTeacher = await handIn(world, teacher, wide, [[className, name, before, '期末', '80', '', '', '']]);
  expect(ofTeacher.body).toMatchObject({ ready: 0, held: 1 });
});

it('RSK-09 RSK-03 a mark is changed with a reason alone; both versions stay, the sign follows, a dismissal holds as long as the facts', async () => {
  await goOn();
  const of = async () => fallOf(officer, 2);
  const sign = await of();
  await officer.call(dismissSign, { id: sign?.id ?? '', note: '因病缺考，已与家长面谈' });
  expect((await enter(world, officer, wide, [line(2, now, ['', '', 'C'])])).same).toBe(1);
  expect((await of())?.state).toBe('dismissed');

  const bare = await handIn(world, officer, wide, [line(2, now, ['', '30', ''])]);
  expect(bare.body).toMatchObject({ ready: 0, held: 1 });
  const [held] = (await officer.call(contract.getScoreSheet, { id: bare.id })).lines;
  expect(held?.reason).toContain('已登记为数学 40，与表中不同。要更正的，请填写“更正原因”');
  const rowId = held?.id ?? '';
  const after = await officer.call(contract.correctScoreSheetRow, {
    id: bare.id,
    rowId,
    changes: { reason: '登分有误' },
  });
  expect([after.state, after.reason]).toEqual(['ready', '数学 40 更正为 30']);
  await officer.call(contract.runScoreSheet, { id: bare.id });
  expect(await of()).toMatchObject({ state: 'open' });
  expect((await of())?.words).toContain('47.5 %');

  await goOn();
  await enter(world, teacher, wide, [line(2, now, ['', '88', ''], '重新阅卷')]);
  expect(await of()).toMatchObject({ state: 'gone', words: closedWords });
  const [latest] = (await teacher.call(contract.getChildScores, { childId: pupil(2).id })).exams;
  expect(latest?.stands).toMatchObject({ reason: '重新阅卷', byName: '王老师', to: null });
  expect(
    latest?.earlier.map((one) => [one.reason, one.scores.find((score) => score.subject === '数学')?.words]),
  ).toEqual([
    ['登分有误', '30'],
    [null, '40'],
  ]);
});

it('RSK-12 a threshold set anew has all marks judged again with the next daily run', async () => {
  expect(await fallOf(teacher, 0)).toBeUndefined();
  const set = (value: number, fromDate: string) =>
    bureau.call(setSetting, { key: 'risk.scoreFall', value, fromDate, reason: '调整成绩下滑预警' });
  await set(15, '2026-11-20');
  expect(await fallOf(teacher, 0)).toBeUndefined();
  await moveTo(world, '2026-11-23');
  await eachMinute(world.platform, ['counted']);
  expect((await fallOf(teacher, 0))?.words).toBe('本学期期末平均得分率 66.3 %，上学期期末 84.3 %，下降 18 个百分点');
  await set(25, '2026-11-23');
  await moveTo(world, '2026-11-24');
  await eachMinute(world.platform, ['counted']);
  expect((await fallOf(teacher, 0))?.state).toBe('gone');
});

it('RSK-13 marks older than the last school year go by themselves with the cells of their sheets, and the trail says how much', async () => {
  const states = async () =>
    (await rows<{ school_year: number }>(world, 'SELECT DISTINCT school_year FROM pupil_score WHERE district_code = $1 ORDER BY 1')).map((row) => row.school_year); // prettier-ignore
  expect(await states()).toEqual([2025, 2026]);
  const [first] = (await officer.call(contract.listScoreSheets, {})).rows;
  await moveTo(world, '2027-09-01');
  await eachMinute(world.platform, ['counted']);
  expect(await states()).toEqual([2026]);
  const sheet = await officer.call(contract.getScoreSheet, { id: first?.id ?? '' });
  expect(sheet.lines.every((one) => one.cells.every((cell) => cell.value === ''))).toBe(true);
  expect(sheet.lines[0]?.reason).toBe('已过保存期，表中内容已清除。');
  expect([sheet.ready, sheet.held]).toEqual([0, 0]);
  const trail = await rows<{ detail: { removed: number; keptFrom: number } }>(world, `SELECT detail FROM audit_entry WHERE district_code = $1 AND verb = 'risk.purgeScores'`); // prettier-ignore
  expect(trail.map((row) => row.detail.keptFrom)).toEqual([2026]);
  expect(trail[0]?.detail.removed).toBeGreaterThan(4);
  await eachMinute(world.platform, ['counted']);
  expect((await rows(world, `SELECT 1 FROM audit_entry WHERE district_code = $1 AND verb = 'risk.purgeScores'`)).length).toBe(1); // prettier-ignore
});
