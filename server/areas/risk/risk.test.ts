import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerAbsence } from '#contract/attendance.ts';
import { recordSurvey } from '#contract/households.ts';
import { dismissSign, getChildSigns, listSigns } from '#contract/risk.ts';
import { lineOf, mark, moveTo, roomsOf, asPlatform, type Room } from '#server/areas/attendance/testing.ts';
import { doorChild, doorSurvey } from '#server/areas/population/testing.ts';
import { rows } from '#server/testing/reach.ts';
import { openWorld, type Person, type World } from '#server/testing/world.ts';
import { eachMinute } from '#server/minute.ts';
import { hearRisk } from './actions.ts';

const school = '2142010201';
let world: World;
let room: Room;
let teacher: Person;
let officer: Person;

beforeAll(async () => {
  world = await openWorld({ lists: 'binjiang' });
  const [first] = await roomsOf(world, school);
  if (!first) throw new Error('no classes');
  room = first;
  teacher = await world.person('classTeacher', room.classId);
  officer = await world.person('schoolOfficer', school);
  await eachMinute(world.platform);
});
afterAll(() => world.stop());

const child = (at: number) => room.pupils[at] ?? '';
const signsOf = async (person: Person, at: number) => person.call(getChildSigns, { childId: child(at) });

/** What a case tells; dropout is another area, and risk knows it by its news only. */
function step(childId: string, what: { step: string; state: string; at: string }) {
  return asPlatform(world, (context) =>
    hearRisk(context, {
      kind: 'dropout.stepped',
      caseId: '00000000-0000-7000-8000-000000000001',
      caseKind: 'dropout',
      round: 1,
      ownerRole: 'schoolOfficer',
      ownerUnitKind: 'school',
      ownerUnit: room.schoolId,
      urgent: false,
      next: null,
      dueDate: null,
      childId,
      schoolId: room.schoolId,
      classId: room.classId,
      ...what,
    }),
  );
}

describe('signs from records', () => {
  it('RSK-06 RSK-01 RSK-02 once a day the clock computes every sign: key groups come from the lists, in words, and health lists stay closed', async () => {
    const stored = await rows<{ child_id: string; tags: string[] }>(
      world,
      `SELECT child_id, array_agg(DISTINCT tag) AS tags FROM (SELECT child_id, unnest(tags) AS tag FROM register_entry WHERE district_code = $1 AND upper_inf(known)
       UNION SELECT child_id, unnest(tags) FROM enrolment WHERE district_code = $1 AND upper_inf(known)) x
       WHERE tag NOT IN ('disability', 'seriousIllness', 'martyrFamily') GROUP BY child_id`,
    );
    const signs = await rows<{ child_id: string; words: string }>(
      world,
      `SELECT child_id, words FROM risk_sign WHERE district_code = $1 AND kind = 'keyGroup' AND state = 'open'`,
    );
    expect(signs.map((row) => row.child_id).sort()).toEqual(stored.map((row) => row.child_id).sort());
    expect(signs.length).toBeGreaterThan(0);
    expect(signs.some((row) => /残疾|重病/.test(row.words))).toBe(false);
    await eachMinute(world.platform);
    const days = await rows<{ runs: number }>(
      world,
      `SELECT count(*)::int AS runs FROM audit_entry WHERE district_code = $1 AND verb = 'risk.refreshSigns' AND outcome = 'done'`,
    );
    expect(days).toEqual([{ runs: 1 }]);
  });

  it('RSK-01 RSK-04 absence becomes a sign, and stands among those on whom nobody acted until somebody calls', async () => {
    await mark(world, teacher, room, '2026-11-20', { 0: 'unexcused' });
    await moveTo(world, '2026-11-23');
    await mark(world, teacher, room, '2026-11-23', { 0: 'unexcused' });
    const seen = await signsOf(teacher, 0);
    const absence = seen.signs.find((sign) => sign.kind === 'absence');
    expect(absence?.words).toBe('连续无故缺勤 2 天，本学期累计 2 天，最近一次 2026-11-23');
    expect(JSON.stringify(seen)).not.toMatch(/strength|score/);
    const idle = async () => (await officer.call(listSigns, { acted: 'no' })).rows.map((row) => row.childId);
    expect(await idle()).toContain(child(0));
    const { absenceId } = await lineOf(teacher, room, '2026-11-23', 0);
    await teacher.call(answerAbsence, { id: absenceId ?? '', answer: 'notReached' });
    expect(await idle()).not.toContain(child(0));
    expect((await signsOf(teacher, 0)).signs.find((sign) => sign.kind === 'absence')?.actedWords).toBe('已与家长联系');
  });

  it('RSK-01 RSK-02 an earlier dropout and a return are signs after the case, and together they are urgent', async () => {
    await step(child(1), { step: 'confirm', state: 'confirmed', at: '2026-10-08T02:00:00Z' });
    expect(
      (await signsOf(officer, 1)).signs.filter((sign) => sign.state === 'open' && sign.kind !== 'keyGroup'),
    ).toEqual([]);
    await step(child(1), { step: 'closeReturned', state: 'returned', at: '2026-11-02T02:00:00Z' });
    const seen = await signsOf(officer, 1);
    expect(seen.signs.filter((sign) => sign.kind !== 'keyGroup').map((sign) => sign.words)).toEqual([
      '2026-11-02 复学，不足一个学期',
      '曾于 2026-10-08 列入劝返',
    ]);
    expect(seen.levelWords).toBe('重点关注');
    expect((await officer.call(listSigns, { level: 'urgent' })).rows[0]?.childId).toBe(child(1));
  });

  it('RSK-01 a child of the household out of school is a sign for the others, who are not named', async () => {
    const worker = await world.person('communityWorker', '420102012010');
    const [out, stays] = [doorChild(world, 301), doorChild(world, 303, { name: '门小雪' })];
    await worker.call(recordSurvey, doorSurvey(world, '420102012010', { newChildren: [out, stays] }));
    const pair = { out: out.id, stays: stays.id };
    await step(pair.out, { step: 'confirm', state: 'confirmed', at: '2026-11-20T02:00:00Z' });
    const [sign] = await rows<{ words: string; state: string }>(
      world,
      `SELECT words, state FROM risk_sign WHERE district_code = $1 AND child_id = $2 AND kind = 'siblingOut'`,
      [pair.stays],
    );
    expect(sign).toEqual({ words: '同户另有 1 名适龄儿童少年未在校就读', state: 'open' });
    await step(pair.out, { step: 'closeReturned', state: 'returned', at: '2026-11-23T02:00:00Z' });
    const [gone] = await rows<{ state: string }>(
      world,
      `SELECT state FROM risk_sign WHERE district_code = $1 AND child_id = $2 AND kind = 'siblingOut'`,
      [pair.stays],
    );
    expect(gone?.state).toBe('gone');
  });
});

describe('people and signs', () => {
  it('RSK-03 a sign is dismissed with a note, opens when its facts change, and goes with them', async () => {
    const of = async () => (await signsOf(officer, 0)).signs.find((sign) => sign.kind === 'absence');
    const id = (await of())?.id ?? '';
    expect((await officer.ask(dismissSign, { id, note: '' })).body).toMatchObject({ code: 'input-wrong' });
    await officer.call(dismissSign, { id, note: '家中办丧事，已核实' });
    expect(await of()).toMatchObject({ state: 'dismissed', dismissedNote: '家中办丧事，已核实' });
    const [kept] = await rows<{ sealed_note: Buffer }>(
      world,
      'SELECT sealed_note FROM risk_sign WHERE district_code = $1 AND id = $2',
      [id],
    );
    expect(kept?.sealed_note.includes('丧事')).toBe(false);
    expect((await officer.ask(dismissSign, { id, note: '再排除' })).body).toMatchObject({ code: 'wrong-step' });
    await moveTo(world, '2026-11-24');
    await mark(world, teacher, room, '2026-11-24');
    expect((await of())?.state).toBe('gone');
    await moveTo(world, '2026-11-25');
    await mark(world, teacher, room, '2026-11-25', { 0: 'unexcused' });
    expect(await of()).toMatchObject({ state: 'open', actedAt: null });
  });

  it('RSK-05 each sees the signs of own pupils only; communities see none; a sign changes nothing else', async () => {
    const total = async (person: Person) => (await person.call(listSigns, { size: 200 })).total;
    const bureau = await world.person('bureauOfficer', world.district);
    const [all, own, ofClass] = [await total(bureau), await total(officer), await total(teacher)];
    expect(all).toBeGreaterThan(own);
    expect(own).toBeGreaterThan(ofClass);
    const listed = (await teacher.call(listSigns, { size: 200 })).rows.map((row) => row.childId);
    expect(listed.filter((id) => !room.pupils.includes(id))).toEqual([]);
    const stranger = await world.person('classTeacher', (await roomsOf(world, '2142010208'))[0]?.classId ?? '');
    expect((await stranger.ask(getChildSigns, { childId: child(0) })).status).toBe(404);
    const [sign] = (await signsOf(teacher, 0)).signs;
    expect((await stranger.ask(dismissSign, { id: sign?.id ?? '', note: '不是我的学生' })).status).toBe(404);
    const worker = await world.person('communityWorker', '420102012010');
    expect((await worker.ask(listSigns, {})).status).toBe(403);
  });
});
