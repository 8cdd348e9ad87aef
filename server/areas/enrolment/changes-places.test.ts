import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getRollCall } from '#contract/attendance.ts';
import { endAttending } from '#contract/enrolment-acts.ts';
import * as contract from '#contract/enrolment-changes.ts';
import { phoneId } from '#server/areas/dropout/testing.ts';
import { drawn } from '#server/areas/visits/testing.ts';
import { rows } from '#server/testing/reach.ts';
import { ask, courseLines, openChangeWorld, piece, pupilAt, type ChangeWorld } from './testing.ts';

let on: ChangeWorld;
beforeAll(async () => {
  on = await openChangeWorld();
});
afterAll(() => on.world.stop());

describe('attending places and home teaching', () => {
  it('ENR-14 one attending place at a time, dated, beside the roll that stays', async () => {
    const { id: childId, school_id } = pupilAt(on, 2);
    const grant = async (input: Parameters<typeof ask>[1]) => {
      const id = phoneId();
      await on.registrar.call(contract.askChange, { fromDay: '2026-11-20', reason: '就近治疗', childId, ...input, id });
      await on.principal.call(contract.approveChange, { id });
      await on.officer.call(contract.approveChange, { id });
    };
    const pieces = async () => [await piece(on, on.registrar, 'application'), await piece(on, on.registrar, 'proof')];
    await grant({ kind: 'attending', place: '密语医院', placeKind: 'hospital', pieces: await pieces() });
    const teacher = await on.world.person('classTeacher', pupilAt(on, 2).class_id);
    const called = await teacher.call(getRollCall, { classId: pupilAt(on, 2).class_id, day: '2026-11-20' });
    expect(called.pupils.length).toBeGreaterThan(5);
    expect(called.pupils.map((pupil) => pupil.childId)).not.toContain(childId);
    await on.move('2026-11-30T02:00:00Z');
    await grant({
      kind: 'attending',
      place: '特殊教育学校',
      placeKind: 'specialSchool',
      fromDay: '2026-11-30',
      pieces: await pieces(),
    });
    const places = await rows<{ kind: string; from_date: string; to_date: string | null }>(
      on.world,
      'SELECT kind, from_date, to_date FROM attending_place WHERE district_code = $1 AND child_id = $2 AND upper_inf(known) ORDER BY from_date',
      [childId],
    );
    expect(places).toEqual([
      { kind: 'hospital', from_date: '2026-11-20', to_date: '2026-11-30' },
      { kind: 'specialSchool', from_date: '2026-11-30', to_date: null },
    ]);
    const [roll] = await rows<{ school_id: string }>(
      on.world,
      'SELECT school_id FROM enrolment WHERE district_code = $1 AND child_id = $2 AND upper_inf(known) AND to_date IS NULL',
      [childId],
    );
    expect(roll?.school_id).toBe(school_id);
    expect(await courseLines(on, childId)).toEqual(['2026-11-20 inSchool listed']);
    await on.move('2026-11-20T02:00:00Z');
  });

  it('ENR-38 a pupil who comes back from where he attended is called in his class from that day; an end asked with the place ends it by itself', async () => {
    const [stays, ends] = [pupilAt(on, 4), pupilAt(on, 5)];
    const asked = async (childId: string, endsOn: string | null) => {
      const id = phoneId();
      const pieces = [await piece(on, on.registrar, 'application'), await piece(on, on.registrar, 'proof')];
      await on.registrar.call(contract.askChange, { id, kind: 'attending', childId, fromDay: '2026-11-20', endsOn, reason: '住院治疗', place: '密语医院', placeKind: 'hospital', pieces }); // prettier-ignore
      const early = await on.registrar.ask(endAttending, { id, day: '2026-11-20' });
      expect(early.body).toMatchObject({ code: 'wrong-step' });
      await on.principal.call(contract.approveChange, { id });
      await on.officer.call(contract.approveChange, { id });
      return id;
    };
    const id = await asked(stays.id, null);
    await asked(ends.id, '2026-11-24');
    await on.move('2026-11-25T02:00:00Z');
    const teacher = await on.world.person('classTeacher', stays.class_id);
    const called = async (day: string) =>
      (await teacher.call(getRollCall, { classId: stays.class_id, day })).pupils.map((pupil) => pupil.childId);
    expect(await called('2026-11-24')).not.toContain(ends.id);
    expect(await called('2026-11-25')).toContain(ends.id);
    expect(await called('2026-11-25')).not.toContain(stays.id);
    expect((await on.registrar.call(contract.getChange, { id })).allowed['back']).toEqual({ may: true, why: null });
    expect((await on.otherRegistrar.ask(endAttending, { id, day: '2026-11-25' })).status).toBe(404);
    expect((await on.teacher.ask(endAttending, { id, day: '2026-11-25' })).status).toBe(403);
    const future = await on.registrar.ask(endAttending, { id, day: '2026-11-26' });
    expect(future.body).toMatchObject({ detail: { issues: [{ path: 'day' }] } });
    await on.registrar.call(endAttending, { id, day: '2026-11-25', note: '已出院' });
    expect(await called('2026-11-25')).toContain(stays.id);
    expect(await called('2026-11-24')).not.toContain(stays.id);
    const page = await on.registrar.call(contract.getChange, { id });
    expect(page).toMatchObject({
      state: 'done',
      doneOn: '2026-11-20',
      attended: { fromDay: '2026-11-20', untilDay: '2026-11-25' },
      allowed: { back: { may: false, why: '这个就读地已经结束。' } },
    });
    expect(page.events.at(-1)).toMatchObject({ words: '返校就读，就读地自 2026-11-25 起结束', text: '已出院' });
    expect((await on.registrar.ask(endAttending, { id, day: '2026-11-25' })).status).toBe(409);
    await on.move('2026-11-20T02:00:00Z');
  });

  it('ENR-15 home teaching has a quota and a signed log, and what is short is told', async () => {
    const { id: childId } = pupilAt(on, 3);
    const id = phoneId();
    const lesson = {
      id,
      lessonId: phoneId(),
      day: '2026-11-20',
      lessons: 2,
      teachers: '王老师',
      content: '密语：识字与数数',
      signature: drawn(0.5),
    };
    await on.registrar.call(contract.askChange, {
      id,
      kind: 'homeTeaching',
      childId,
      fromDay: '2026-11-20',
      reason: '重度残疾',
      quota: 8,
      pieces: [
        await piece(on, on.registrar, 'application'),
        await piece(on, on.registrar, 'assessment'),
        await piece(on, on.registrar, 'plan'),
      ],
    });
    expect((await on.registrar.ask(contract.addHomeLesson, lesson)).status).toBe(409);
    await on.principal.call(contract.approveChange, { id });
    await on.officer.call(contract.approveChange, { id });
    const unsigned = await on.registrar.ask(contract.addHomeLesson, { ...lesson, signature: [] });
    expect(unsigned.body).toMatchObject({ detail: { issues: [{ path: 'signature' }] } });
    expect(await on.registrar.call(contract.addHomeLesson, lesson)).toEqual({
      month: '2026-11',
      held: 2,
      quota: 8,
      missing: 6,
    });
    expect(await on.registrar.call(contract.addHomeLesson, lesson)).toMatchObject({ held: 2 });
    const log = await on.principal.call(contract.listHomeLessons, { id });
    expect(log).toMatchObject({
      quota: 8,
      months: [{ month: '2026-11', held: 2, missing: 6 }],
      rows: [{ content: '密语：识字与数数' }],
    });
    const [raw] = await rows<{ row: string }>(
      on.world,
      'SELECT h::text AS row FROM home_lesson h WHERE h.district_code = $1',
      [],
    );
    expect(raw?.row).not.toContain('密语');
    expect((await on.otherPrincipal.ask(contract.listHomeLessons, { id })).status).toBe(404);
    expect(log).toMatchObject({ fromDay: '2026-11-20', untilDay: null, open: true, may: true });
    await on.move('2026-11-25T02:00:00Z');
    await on.registrar.call(endAttending, { id, day: '2026-11-24' });
    const after = await on.registrar.ask(contract.addHomeLesson, { ...lesson, lessonId: phoneId(), day: '2026-11-24' });
    expect(after.body).toMatchObject({
      title: '送教日期应在送教期内：2026-11-20 起，2026-11-24 结束之前。',
      detail: { issues: [{ path: 'day' }] },
    });
    const within = { ...lesson, lessonId: phoneId(), day: '2026-11-23' };
    expect(await on.registrar.call(contract.addHomeLesson, within)).toMatchObject({ held: 4 });
    const ended = await on.registrar.call(contract.listHomeLessons, { id });
    expect(ended).toMatchObject({ untilDay: '2026-11-24', open: false });
    await on.move('2026-11-20T02:00:00Z');
  });
});

describe('inside the school', () => {
  it('ENR-16 class change, repeat and skip move class and grade on their day; emigration ends the roll', async () => {
    const { id: childId, class_id, school_id } = pupilAt(on, 4);
    const room = async (grade: number) =>
      (
        await rows<{ id: string }>(
          on.world,
          'SELECT id FROM school_class WHERE district_code = $1 AND school_id = $2 AND grade = $3 AND id <> $4 ORDER BY class_no LIMIT 1',
          [school_id, grade, class_id],
        )
      )[0]?.id ?? '';
    const higher = await room(5);
    const wrong = await ask(on.registrar, { kind: 'classChange', childId, toClassId: higher });
    expect(wrong.body).toMatchObject({ detail: { issues: [{ path: 'toGrade' }] } });
    const id = phoneId();
    await on.registrar.call(contract.askChange, {
      id,
      kind: 'skip',
      childId,
      toClassId: higher,
      toGrade: 5,
      fromDay: '2026-11-20',
      reason: '学有余力',
      pieces: [await piece(on, on.registrar, 'application'), await piece(on, on.registrar, 'assessment')],
    });
    await on.principal.call(contract.approveChange, { id });
    await on.officer.call(contract.approveChange, { id });
    const [roll] = await rows<{ class_id: string; grade: number }>(
      on.world,
      'SELECT class_id, grade FROM enrolment WHERE district_code = $1 AND child_id = $2 AND upper_inf(known) AND to_date IS NULL',
      [childId],
    );
    expect(roll).toEqual({ class_id: higher, grade: 5 });
    expect((await courseLines(on, childId)).at(-1)).toBe('2026-11-20 inSchool skip');
    const away = phoneId();
    await on.registrar.call(contract.askChange, {
      id: away,
      kind: 'emigration',
      childId,
      fromDay: '2026-11-20',
      reason: '随父母',
      pieces: [await piece(on, on.registrar, 'proof')],
    });
    await on.principal.call(contract.approveChange, { id: away });
    await on.officer.call(contract.approveChange, { id: away });
    expect((await courseLines(on, childId)).at(-1)).toBe('2026-11-20 abroad emigration');
  });
});
