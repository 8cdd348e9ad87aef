import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { confirmCase } from '#contract/dropout.ts';
import { markReturned } from '#contract/dropout-steps.ts';
import type { CourseState } from '#domain/enrolment/course.ts';
import { confirmedCase, openCaseWorld, pupilOf, runOf, type CaseWorld } from '#server/areas/dropout/testing.ts';
import { loadBinjiang } from '#server/testing/binjiang.ts';
import { rows } from '#server/testing/reach.ts';
import { drawn } from '#server/areas/visits/testing.ts';
import { moveChild } from './course.ts';

interface Spell {
  state: CourseState;
  cause: string;
  school_id: string;
  class_id: string | null;
  grade: number;
  from_date: string;
  to_date: string | null;
}

let opened: CaseWorld;
beforeAll(async () => {
  opened = await openCaseWorld();
});
afterAll(() => opened.world.stop());

const spells = (childId: string, known = 'upper_inf(known)'): Promise<Spell[]> =>
  rows<Spell>(
    opened.world,
    `SELECT state, cause, school_id, class_id, grade, from_date, to_date FROM course WHERE district_code = $1 AND child_id = $2 AND ${known} ORDER BY from_date`,
    [childId],
  );
const short = (all: readonly Spell[]) =>
  all.map((spell) => `${spell.from_date} ${spell.state} ${spell.cause} ${spell.to_date ?? ''}`.trim());

describe('the course', () => {
  it('ENR-01 a roster lists every pupil once, and the same lists again change nothing', async () => {
    const count = async () =>
      rows<{ all: number; pupils: number; listed: number }>(
        opened.world,
        `SELECT (SELECT count(*)::int FROM course WHERE district_code = $1) AS all, (SELECT count(DISTINCT child_id)::int FROM enrolment WHERE district_code = $1 AND upper_inf(known)) AS pupils,
           (SELECT count(*)::int FROM course WHERE district_code = $1 AND cause = 'listed' AND state = 'inSchool' AND upper_inf(known)) AS listed`,
      );
    const [before] = await count();
    expect(before?.pupils).toBeGreaterThan(500);
    expect(before).toMatchObject({ all: before?.pupils, listed: before?.pupils });
    await loadBinjiang(opened.world);
    expect(await count()).toEqual([before]);
    const [unlike] = await rows<{ n: number }>(
      opened.world,
      `SELECT count(*)::int AS n FROM course c JOIN enrolment e ON e.district_code = $1 AND e.child_id = c.child_id AND upper_inf(e.known)
       WHERE c.district_code = $1 AND (c.school_id <> e.school_id OR c.class_id IS DISTINCT FROM e.class_id OR c.grade <> e.grade OR c.reach <> e.reach)`,
    );
    expect(unlike?.n).toBe(0);
  });

  it('ENR-02 a late day supersedes, and what was known before is read as it was', async () => {
    const { id } = pupilOf(opened, 0);
    await opened.move('2026-12-01T02:00:00Z');
    const move = (day: string, state: CourseState, cause: 'suspension' | 'resumed' | 'death', until?: string) =>
      opened.whole((context) => moveChild(context, { childId: id, day, state, cause, until }));
    await move('2026-11-25', 'suspended', 'suspension');
    await opened.move('2026-12-02T02:00:00Z');
    await move('2026-12-01', 'inSchool', 'resumed');
    expect(short(await spells(id))).toEqual([
      '2026-11-20 inSchool listed 2026-11-25',
      '2026-11-25 suspended suspension 2026-12-01',
      '2026-12-01 inSchool resumed',
    ]);
    // As it was known on 1 December, in the evening.
    expect(short(await spells(id, `known @> '2026-12-01T12:00:00Z'::timestamptz`))).toEqual([
      '2026-11-20 inSchool listed 2026-11-25',
      '2026-11-25 suspended suspension',
    ]);
    await expect(move('2026-12-01', 'suspended', 'death')).rejects.toThrow('不能办理');
    await expect(
      opened.whole((context) =>
        moveChild(context, { childId: id, day: '2026-12-02', state: 'inSchool', cause: 'resumed' }),
      ),
    ).rejects.toThrow('不能办理“休学期满复学”');
    await opened.move('2026-11-20T02:00:00Z');
  });

  it('ENR-04 a move to another school ends the roll at the old one on its day; two schools at once are refused by the database', async () => {
    const pupil = pupilOf(opened, 1);
    const other = opened.otherSchool;
    await opened.move('2026-12-03T02:00:00Z');
    await opened.whole((context) =>
      moveChild(context, {
        childId: pupil.id,
        day: '2026-12-03',
        state: 'inSchool',
        cause: 'transferIn',
        schoolId: other,
      }),
    );
    const rolls = await rows<{ school_id: string; from_date: string; to_date: string | null }>(
      opened.world,
      `SELECT school_id, from_date, to_date FROM enrolment WHERE district_code = $1 AND child_id = $2 AND upper_inf(known) ORDER BY from_date`,
      [pupil.id],
    );
    expect(rolls).toEqual([
      { school_id: pupil.school_id, from_date: '2026-11-20', to_date: '2026-12-03' },
      { school_id: other, from_date: '2026-12-03', to_date: null },
    ]);
    await expect(
      opened.world.platform.database.loaderPool.query(
        `INSERT INTO course (district_code, child_id, state, school_id, grade, cause, during, from_date, known, reach)
         VALUES ($1, $2, 'inSchool', $3, 1, 'listed', daterange('2026-12-10', NULL), '2026-12-10', tstzrange('2026-12-10', NULL), '{}')`,
        [opened.world.district, pupil.id, pupil.school_id],
      ),
    ).rejects.toThrow('course_once_ex');
    // The old school's list still names him: a claim, the roll stays where it is.
    await loadBinjiang(opened.world);
    const [claim] = await rows<{ school_id: string }>(
      opened.world,
      `SELECT school_id FROM enrolment_claim WHERE district_code = $1 AND child_id = $2 AND upper_inf(known)`,
      [pupil.id],
    );
    expect(claim).toBeUndefined();
    await opened.move('2026-11-20T02:00:00Z');
  });

  it('ENR-22 a confirmed case is a dropout of the course, a return is back from the first present day', async () => {
    const pupil = pupilOf(opened, 2);
    const id = await confirmedCase(opened, 2, (caseId) => opened.principal.call(confirmCase, { id: caseId }));
    expect(short(await spells(pupil.id)).at(-1)).toBe('2026-11-20 dropout dropout');
    await opened.move('2026-11-27T02:00:00Z');
    await opened.tell(runOf(pupil, '2026-11-23', 5, '2026-11-27'));
    await opened.principal.call(markReturned, { id, placement: '原班', signature: drawn(0.5) });
    expect(short(await spells(pupil.id))).toEqual([
      '2026-11-20 dropout dropout 2026-11-23',
      '2026-11-23 inSchool returned',
    ]);
    await opened.move('2026-11-20T02:00:00Z');
  });
});
