import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keepInspection, keepRecord } from '#contract/books-records.ts';
import { getClauseStates } from '#contract/duties-clauses.ts';
import type { InputOf, OutputOf } from '#contract/endpoint.ts';
import { keepTalliesUp } from '#server/areas/statistics/actions.ts';
import type { Person } from '#server/testing/world.ts';
import { codeOfSchool, openDutyWorld, type DutyWorld } from './testing.ts';

type Plan = OutputOf<typeof getClauseStates>;

let all: DutyWorld;
let bureau: Person;
let principal: Person;
let stranger: Person;
let inspector: Person;

beforeAll(async () => {
  all = await openDutyWorld();
  const { world } = all;
  bureau = await world.person('bureauOfficer', world.district);
  principal = await world.person('principal', await codeOfSchool(all, all.schoolId));
  stranger = await world.person('principal', await codeOfSchool(all, all.otherSchoolId));
  inspector = await world.person('inspector', await codeOfSchool(all, all.schoolId));
  await world.person('classTeacher', all.classId);
});
afterAll(() => all.world.stop());

/** How many stand on the roll of a school today; a claim by a second school is none of them. */
async function pupilsOf(schoolId: string): Promise<number> {
  const found = await all.world.platform.database.loaderPool.query<{ n: number }>(
    'SELECT count(*)::int AS n FROM enrolment WHERE district_code = $1 AND school_id = $2 AND upper_inf(known) AND to_date IS NULL AND grade <= 9',
    [all.world.district, schoolId],
  );
  return found.rows[0]?.n ?? 0;
}

const planOf = (person: Person): Promise<Plan> => person.call(getClauseStates, { size: 200 });
function cellOf(plan: Plan, schoolId: string, clause: string): Plan['rows'][number]['cells'][number] {
  const cell = plan.rows.find((row) => row.schoolId === schoolId)?.cells.find((one) => one.clause === clause);
  if (!cell) throw new Error(`${schoolId} ${clause}`);
  return cell;
}

/** Rows put straight into the tables of the areas that keep them. */
async function put(text: string, values: unknown[]): Promise<void> {
  const { platform, district } = all.world;
  await platform.database.loaderPool.query(text, [district, ...values]);
}

describe('the records beside the duties', () => {
  it('DUT-40 letters, plan, aid, activities, help and inspections are counted of the school that keeps them, withdrawn ones not', async () => {
    const [first, second] = all.children;
    const keep = (written: InputOf<typeof keepRecord>['written']) =>
      principal.call(keepRecord, { id: randomUUID(), written });
    const day = '2026-11-19';
    const of = { schoolId: all.schoolId, day };
    const pupils = await pupilsOf(all.schoolId);
    const before = await planOf(principal);
    expect(cellOf(before, all.schoolId, '三(一)1')).toMatchObject({ state: 'empty' });
    expect(cellOf(before, all.schoolId, '四(一)')).toMatchObject({ state: 'empty' });
    await keep({ kind: 'letter', sort: 'teacherGuardian', ...of, classId: all.classId, title: '责任书', childIds: [first?.id ?? '', second?.id ?? ''] }); // prettier-ignore
    // The same letter again counts nobody twice.
    await keep({ kind: 'letter', sort: 'teacherGuardian', ...of, classId: all.classId, title: '责任书补签', childIds: [first?.id ?? ''] }); // prettier-ignore
    await keep({ kind: 'activity', sort: 'classMeeting', ...of, title: '主题班会' });
    await keep({ kind: 'plan', sort: 'workPlan', ...of, title: '工作方案', words: '入学率100%' });
    await keep({ kind: 'plan', sort: 'leadingGroup', ...of, title: '领导小组', words: '组长校长' });
    await keep({ kind: 'aid', sort: 'subsidy', ...of, title: '生活补助', childIds: [first?.id ?? ''] });
    await inspector.call(keepInspection, {
      id: randomUUID(),
      written: {
        sort: 'planned',
        ...of,
        title: '秋季督查',
        people: '督查一组',
        findings: ['漏点名'],
        dueDate: '2026-12-01',
      },
    });
    const plan = await planOf(principal);
    const factsOf = (clause: string) =>
      Object.fromEntries(
        cellOf(plan, all.schoolId, clause).facts.map(({ id, done, of: whole }) => [id, [done, whole]]),
      );
    expect(factsOf('三(一)1')).toMatchObject({ guardianLetters: [2, pupils], pupilLetters: [0, pupils] });
    expect(cellOf(plan, all.schoolId, '三(一)1').state).toBe('running');
    expect(factsOf('三(二)1-3')).toEqual({ activities: [0, 1] });
    expect(cellOf(plan, all.schoolId, '三(二)1-3').state).toBe('recorded');
    expect(factsOf('四(一)')).toEqual({ workPlan: [1, 1], leadingGroup: [1, 1] });
    expect(cellOf(plan, all.schoolId, '四(一)').state).toBe('met');
    expect(factsOf('三(五)6')['aidRecords']).toEqual([0, 1]);
    const entitled = await all.world.platform.database.loaderPool.query<{ n: number }>(
      `SELECT count(DISTINCT e.child_id)::int AS n FROM enrolment e WHERE e.district_code = $1 AND upper_inf(e.known) AND e.to_date IS NULL AND e.grade <= 9 AND e.school_id = $2
         AND (EXISTS (SELECT 1 FROM key_list_entry l WHERE l.district_code = $1 AND l.child_id = e.child_id AND upper_inf(l.known) AND l.to_date IS NULL AND l.list = ANY($3))
           OR e.tags && $3 OR EXISTS (SELECT 1 FROM register_entry r WHERE r.district_code = $1 AND r.child_id = e.child_id AND upper_inf(r.known) AND r.to_date IS NULL AND r.tags && $3))`,
      [all.world.district, all.schoolId, ['minimumLiving', 'extremePoverty', 'povertyAlleviated', 'orphan', 'factOrphan', 'martyrFamily', 'poor']], // prettier-ignore
    );
    expect(factsOf('三(五)6')['aided']?.[1]).toBe(entitled.rows[0]?.n);
    expect(factsOf('四(三)')).toEqual({ inspections: [0, 1], findingsSettled: [0, 1] });
    expect(cellOf(plan, all.schoolId, '四(三)')).toMatchObject({ state: 'running', ahead: 1, nextDue: '2026-12-01' });
    // Class teachers are those appointed: one class has one, the others of the school none.
    expect(factsOf('三(五)1')['classTeachers']?.[0]).toBe(1);
    expect(factsOf('三(五)1')['teacherLetters']).toEqual([0, 1]);
    // Another school has nothing of it.
    expect(cellOf(await planOf(stranger), all.otherSchoolId, '四(一)').state).toBe('empty');
  });

  it('DUT-40 planned visits, visits signed, dropouts back, changes, reports and first-day lists are counted of the span; the households of the district stand with the offices', async () => {
    const [child] = all.children;
    const [plan, visit, caseId] = [randomUUID(), randomUUID(), randomUUID()];
    const reach = [`school:${all.schoolId}`];
    const seal = Buffer.from('x');
    await put(
      `INSERT INTO visit_plan (district_code, id, kind, name, school_id, from_date, to_date, modes, made_by, made_name, known_at, reach) VALUES ($1, $2, 'term', '秋季', $3, '2026-09-01', '2026-12-31', '{door}', 'x', 'x', '2026-09-01Z', $4)`,
      [plan, all.schoolId, reach],
    );
    await put(
      `INSERT INTO visit (district_code, id, first_id, version, child_id, school_id, class_id, mode, met, day, at, staff_ids, paper_form, content_version, content_print, sealed, by_id, by_name, known, reach)
       VALUES ($1, $2, $2, 1, $3, $4, $5, 'door', true, '2026-11-10', '2026-11-10Z', '{}', false, 1, $6, $6, 'x', 'x', tstzrange('2026-11-10Z', NULL), $7)`,
      [visit, child?.id, all.schoolId, all.classId, seal, reach],
    );
    await put(
      `INSERT INTO visit_signature (district_code, id, visit_id, child_id, party, means, content_print, sealed, paper_ids, by_id, by_name, known_at, reach) VALUES ($1, $2, $3, $4, 'guardian', 'drawn', $5, $5, '{}', 'x', 'x', '2026-11-10Z', $6)`,
      [randomUUID(), visit, child?.id, seal, reach],
    );
    for (const [state, visitId, due] of [
      ['done', visit, '2026-11-15'],
      ['open', null, '2026-12-15'],
      ['dropped', null, '2026-12-15'],
      ['open', null, '2027-03-01'],
    ] as const)
      // prettier-ignore
      await put(
        `INSERT INTO visit_plan_item (district_code, id, plan_id, kind, child_id, school_id, class_id, purpose, modes, from_date, due_date, state, visit_id, visit_day, known_at, reach)
         VALUES ($1, $2, $3, 'term', $4, $5, $6, '家访', '{door}', '2026-09-01', $7, $8, $9::uuid, CASE WHEN $9::uuid IS NULL THEN NULL ELSE '2026-11-10'::date END, '2026-09-01Z', $10)`,
        [randomUUID(), plan, child?.id, all.schoolId, all.classId, due, state, visitId, reach],
      );
    await put(
      `INSERT INTO return_case (district_code, id, child_id, kind, state, round, school_id, lead, owner_role, owner_unit_kind, owner_unit, opened_at, state_since, clock_start, persuasions, present_days, emergency, people, units, changed_at, reach)
       VALUES ($1, $2, $3, 'dropout', 'returned', 1, $4::uuid, 'school', 'principal', 'school', $4::uuid::text, '2026-10-08Z', '2026-10-20', '2026-10-08', 1, 0, false, '{}', '{}', '2026-10-20Z', $5)`,
      [caseId, child?.id, all.schoolId, reach],
    );
    for (const [state, from, to] of [
      ['confirmed', '2026-10-08', '2026-10-20'],
      ['returned', '2026-10-20', null],
    ] as const)
      // prettier-ignore
      await put(
        `INSERT INTO case_state (district_code, case_id, child_id, round, kind, state, school_id, during, from_date, to_date, known, reach) VALUES ($1, $2, $3, 1, 'dropout', $4, $5, daterange($6::date, $7::date), $6::date, $7::date, tstzrange('2026-10-08Z', NULL), $8)`,
        [caseId, child?.id, state, all.schoolId, from, to, reach],
      );
    await put(
      `INSERT INTO registry_change (district_code, child_id, name, kind, state, school_id, from_day, asked_on, asked_at, asked_by, asked_name, state_since, told_ending, told_lapsed, sealed, changed_at, units, reach)
       VALUES ($1, $2, 'x', 'classChange', 'done', $3, '2026-10-10', '2026-10-09', '2026-10-09Z', 'x', 'x', '2026-10-10', false, false, $4, '2026-10-10Z', '{}', $5)`,
      [child?.id, all.schoolId, seal, reach],
    );
    for (const [state, from, to] of [
      ['accepted', '2026-10-05', '2026-10-11'],
      ['signed', '2026-10-12', '2026-10-18'],
      ['returned', '2026-10-19', '2026-10-25'],
      ['accepted', '2026-08-24', '2026-08-30'],
    ] as const)
      // prettier-ignore
      await put(
        `INSERT INTO period_report (district_code, school_id, period_kind, from_date, to_date, state, version, changed_at, reach) VALUES ($1, $2, 'week', $3, $4, $5, 1, '2026-10-26Z', $6)`,
        [all.schoolId, from, to, state, reach],
      );
    await put(
      `INSERT INTO first_day_list (district_code, id, school_id, day, version, counts, sealed, signed_by, signed_name, signed_at, known_at, reach) SELECT $1, gen_random_uuid(), $2, '2026-09-01', v, '{}', $3, 'x', 'x', '2026-09-02Z', '2026-09-02Z', $4 FROM generate_series(1, 2) v`,
      [all.schoolId, seal, reach],
    );
    const plan1 = await planOf(bureau);
    const factsOf = (clause: string) =>
      Object.fromEntries(cellOf(plan1, all.schoolId, clause).facts.map(({ id, done, of }) => [id, [done, of]]));
    expect(factsOf('四(二)')).toEqual({ plannedVisits: [1, 2], visits: [1, 1], dropouts: [1, 1] });
    expect(factsOf('三(五)4')).toEqual({ changes: [1, 1] });
    // Signed in two versions, the list of the first day is one.
    expect(factsOf('三(五)2')).toEqual({ signedReports: [1, 2], firstDayLists: [1, 1] });
    const homes = plan1.office?.find((cell) => cell.clause === '三(一)3');
    const households = await all.world.platform.database.loaderPool.query<{ n: number }>(
      'SELECT count(*)::int AS n FROM household WHERE district_code = $1',
      [all.world.district],
    );
    expect(homes?.facts).toEqual([
      { id: 'surveyedHomes', done: 0, of: households.rows[0]?.n, asOf: null, target: null },
    ]);
    // A school is not asked for the households, nor an office for the school's letters.
    expect(factsOf('三(一)3')).toEqual({ publicity: [0, 0] });
    expect(plan1.office?.find((cell) => cell.clause === '三(一)1')).toMatchObject({ state: 'nothing', facts: [] });
    // What is seen from the school itself is the same.
    expect(cellOf(await planOf(principal), all.schoolId, '四(二)')).toEqual(cellOf(plan1, all.schoolId, '四(二)'));
  });

  it('DUT-40 retention is that of the kept tallies of the school year with the day of its counting, under way until the year is over', async () => {
    expect(cellOf(await planOf(bureau), all.schoolId, '二')).toMatchObject({ state: 'empty' });
    await all.whole((context) => keepTalliesUp(context, 500));
    const cell = cellOf(await planOf(principal), all.schoolId, '二');
    const pupils = await pupilsOf(all.schoolId);
    expect(cell).toMatchObject({ state: 'running' });
    expect(cell.facts).toEqual([{ id: 'retention', done: pupils, of: pupils, asOf: '2026-11-20', target: 99 }]);
  });
});
