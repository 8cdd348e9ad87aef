import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getRollCall, markRollCall } from '#contract/attendance.ts';
import { listStandings } from '#contract/attendance-views.ts';
import * as contract from '#contract/enrolment-changes.ts';
import { getChild } from '#contract/population.ts';
import { phoneId } from '#server/areas/dropout/testing.ts';
import { drawn } from '#server/areas/visits/testing.ts';
import { rows } from '#server/testing/reach.ts';
import { passChangeDeadlines } from './deadlines.ts';
import { ask, openChangeWorld, piece, pupilAt, suspended, type ChangeWorld } from './testing.ts';

let on: ChangeWorld;
beforeAll(async () => {
  on = await openChangeWorld();
});
afterAll(() => on.world.stop());

const pass = () => on.whole((context) => passChangeDeadlines(context));
const grant = async (input: Parameters<typeof ask>[1]): Promise<string> => {
  const id = phoneId();
  await on.registrar.call(contract.askChange, { fromDay: '2026-11-20', reason: '就近', ...input, id });
  await on.principal.call(contract.approveChange, { id });
  await on.officer.call(contract.approveChange, { id });
  return id;
};

describe('attending in a class of another school', () => {
  it('ENR-28 he is called there, not in his own class, and what is marked there counts; a suspension ends it', async () => {
    const pupil = pupilAt(on, 0);
    const [room] = await rows<{ id: string }>(
      on.world,
      `SELECT k.id FROM school_class k WHERE k.district_code = $1 AND k.school_id = $2 AND EXISTS (SELECT 1 FROM enrolment e WHERE e.district_code = $1 AND e.class_id = k.id AND upper_inf(e.known)) ORDER BY k.id LIMIT 1`,
      [on.otherSchool],
    );
    const there = room?.id ?? '';
    const here = { classId: pupil.class_id, day: '2026-11-20' };
    const teacher = await on.world.person('classTeacher', pupil.class_id, '本班班主任');
    const host = await on.world.person('classTeacher', there, '就读班班主任');
    const before = await host.call(getRollCall, { classId: there, day: '2026-11-20' });
    expect((await host.ask(getChild, { id: pupil.id })).status).toBe(404);
    const papers = async () => [await piece(on, on.registrar, 'application'), await piece(on, on.registrar, 'proof')];
    const input = { kind: 'attending' as const, childId: pupil.id, place: '随父母在外校就读', placeKind: 'otherSchool' as const, toSchoolId: on.otherSchool }; // prettier-ignore
    const noClass = await ask(on.registrar, { ...input, pieces: await papers() });
    expect(noClass.body).toMatchObject({ detail: { issues: [{ path: 'toClassId' }] } });
    const own = await ask(on.registrar, { ...input, toSchoolId: pupil.school_id, toClassId: pupil.class_id });
    expect(own.status).toBe(422);
    await grant({ ...input, toClassId: there, pieces: await papers() });

    const called = await host.call(getRollCall, { classId: there, day: '2026-11-20' });
    expect(called.pupils.map((one) => one.childId)).toContain(pupil.id);
    expect(called.pupils).toHaveLength(before.pupils.length + 1);
    const home = await teacher.call(getRollCall, here);
    expect(home.pupils.map((one) => one.childId)).not.toContain(pupil.id);
    expect((await host.call(getChild, { id: pupil.id })).name).toBe(pupil.name);

    await teacher.call(markRollCall, { id: phoneId(), ...here, absent: [] });
    await host.call(markRollCall, {
      id: phoneId(),
      classId: there,
      day: '2026-11-20',
      absent: [{ id: phoneId(), childId: pupil.id, kind: 'unexcused' }],
    });
    const standings = (await host.call(listStandings, {})).rows.filter((one) => one.childId === pupil.id);
    expect(standings).toMatchObject([{ cumulative: 1 }]);
    const [mark] = await rows<{ school_id: string; class_id: string }>(
      on.world,
      'SELECT school_id, class_id FROM absence WHERE district_code = $1 AND child_id = $2 AND upper_inf(known)',
      [pupil.id],
    );
    expect(mark).toEqual({ school_id: on.otherSchool, class_id: there });

    await grant({
      kind: 'suspension',
      childId: pupil.id,
      endsOn: '2027-06-30',
      pieces: [await piece(on, on.registrar, 'application'), await piece(on, on.registrar, 'medical', 'hospitalPaper')],
    });
    const left = await host.call(getRollCall, { classId: there, day: '2026-11-20' });
    expect(left.pupils.map((one) => one.childId)).not.toContain(pupil.id);
  });
});

describe('lessons at home short of the quota', () => {
  it('ENR-27 the school owes what a month left, once, until it is made good', async () => {
    const { id: childId } = pupilAt(on, 1);
    const pieces = [
      await piece(on, on.registrar, 'application'),
      await piece(on, on.registrar, 'assessment'),
      await piece(on, on.registrar, 'plan'),
    ];
    const id = await grant({ kind: 'homeTeaching', childId, quota: 8, pieces });
    const owed = () =>
      rows<{ state: string; owner_role: string; occasion: string; why: string }>(
        on.world,
        `SELECT state, owner_role, occasion, why FROM duty WHERE district_code = $1 AND child_id = $2 AND rule = 'homeLessons' ORDER BY occasion`,
        [childId],
      );
    const held = (day: string, lessons: number) =>
      on.registrar.call(contract.addHomeLesson, {
        id,
        lessonId: phoneId(),
        day,
        lessons,
        teachers: '王老师',
        content: '识字',
        signature: drawn(0.5),
      });
    // November began in the midst: it owes nothing.
    await on.move('2026-12-01T01:00:00Z');
    expect(await pass()).toMatchObject({ short: 0 });
    await on.move('2026-12-11T01:00:00Z');
    await held('2026-12-11', 6);
    await on.move('2027-01-01T01:00:00Z');
    expect(await pass()).toMatchObject({ short: 1 });
    expect(await pass()).toMatchObject({ short: 0 });
    expect(await owed()).toMatchObject([
      { state: 'open', owner_role: 'schoolOfficer', occasion: '2026-12', why: '到 2026-12 月底送教上门欠 2 课时' },
    ]);
    await on.move('2027-01-05T01:00:00Z');
    await held('2027-01-05', 1);
    expect(await owed()).toMatchObject([{ state: 'open' }]);
    await held('2027-01-05', 1);
    expect(await owed()).toMatchObject([{ state: 'settled' }]);
    // January holds 8 in all: 2 made December good, so 2 are owed by its end.
    await held('2027-01-05', 6);
    await on.move('2027-02-01T01:00:00Z');
    expect(await pass()).toMatchObject({ short: 1 });
    expect((await owed()).map((one) => [one.state, one.why])).toEqual([
      ['settled', '到 2026-12 月底送教上门欠 2 课时'],
      ['open', '到 2027-01 月底送教上门欠 2 课时'],
    ]);
    await on.move('2026-11-20T02:00:00Z');
  });
});

describe('a renewal asked late', () => {
  it('ENR-26 is taken and marked; one in time is not', async () => {
    const renew = async (index: number, endsOn: string, today: string) => {
      const id = await suspended(on, index, endsOn);
      await on.principal.call(contract.approveChange, { id });
      await on.officer.call(contract.approveChange, { id });
      await on.move(today);
      const renewal = phoneId();
      const papers = [await piece(on, on.registrar, 'application'), await piece(on, on.registrar, 'medical', 'hospitalPaper')]; // prettier-ignore
      await on.registrar.call(contract.askChange, {
        id: renewal,
        kind: 'renewal',
        childId: pupilAt(on, index).id,
        fromDay: endsOn,
        endsOn: '2027-11-19',
        reason: '尚未痊愈',
        pieces: papers,
      });
      await on.move('2026-11-20T02:00:00Z');
      return on.registrar.call(contract.getChange, { id: renewal });
    };
    const late = await renew(2, '2027-01-15', '2026-12-28T01:00:00Z');
    expect(late.askedLate).toBe(true);
    expect(late.events[0]?.words).toBe('提出继续休学（逾期提出，应于 2026-12-24 前申请）');
    const inTime = await renew(3, '2027-01-15', '2026-12-24T01:00:00Z');
    expect([inTime.askedLate, inTime.events[0]?.words]).toEqual([false, '提出继续休学']);
  });
});
