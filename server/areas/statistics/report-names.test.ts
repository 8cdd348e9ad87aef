import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { correctMark, decideCorrection, listCorrections, markRollCall } from '#contract/attendance.ts';
import { addContact, addStep } from '#contract/dropout-steps.ts';
import { confirmCase, reportDropout } from '#contract/dropout.ts';
import { listReportCalls, listReportNames } from '#contract/statistics-names.ts';
import { getReportForm, getReportVersion, signReport } from '#contract/statistics-reports.ts';
import { addCalendarDays, weekdayOf } from '#domain/basics/calendar.ts';
import type { formOpens } from '#domain/statistics/form-layout.ts';
import { openCaseWorld, pupilOf, reportOf, type CaseWorld } from '#server/areas/dropout/testing.ts';
import { moveChild } from '#server/areas/enrolment/actions.ts';
import { rows } from '#server/testing/reach.ts';
import type { Person } from '#server/testing/world.ts';
import { readFormGround, recountAttendance } from './testing.ts';

let opened: CaseWorld;
let schoolId: string;
let otherPrincipal: Person;
let classes: { class_id: string; grade: number; pupils: string[]; teacher: Person }[];
const moments: string[] = [];
const month = { period: 'month', day: '2026-11-30' } as const;

/** School days from Friday 20 to Thursday 26 November. */
const days: string[] = [];
for (let day = '2026-11-20'; day <= '2026-11-26'; day = addCalendarDays(day, 1)) if (weekdayOf(day) < 5) days.push(day);

let seed = 20261120;
/** Chance that comes out the same each time. */
function chance(): number {
  seed = (seed * 48271) % 2147483647;
  return seed / 2147483647;
}
/** Pupils who were told as away at a call. */
const marked: { of: (typeof classes)[number]; day: string; part: 'morning' | 'afternoon'; childId: string }[] = [];
const kinds = ['unexcused', 'illness', 'personal', 'late', 'other'] as const;
const pick = <T>(list: readonly T[]): T => {
  const found = list[Math.floor(chance() * list.length)];
  if (found === undefined) throw new Error('nothing to pick');
  return found;
};

async function call(of: (typeof classes)[number], day: string, part: 'morning' | 'afternoon', late: boolean) {
  const absent = of.pupils
    .filter(() => chance() < 0.12)
    .map((childId) => ({ id: randomUUID(), childId, kind: pick(kinds) }));
  for (const { childId } of absent) marked.push({ of, day, part, childId });
  const reason = late ? '当天停电，今天补点名' : '';
  const { status } = await of.teacher.ask(markRollCall, { id: randomUUID(), classId: of.class_id, day, part, absent, reason }); // prettier-ignore
  return status;
}

async function correct() {
  const { of, ...mark } = pick(marked);
  const asked = { id: randomUUID(), ...mark, to: pick(['present', 'unexcused', 'illness', 'late'] as const) };
  await of.teacher.ask(correctMark, { ...asked, reason: '核对后更正', evidence: '课堂记录' });
}

async function remember(): Promise<void> {
  const [last] = await rows<{ at: string }>(
    opened.world,
    `SELECT to_char(max(known_at) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at FROM audit_entry WHERE district_code = $1`,
  );
  if (last) moments.push(last.at);
}

beforeAll(async () => {
  opened = await openCaseWorld();
  const pupil = pupilOf(opened, 0);
  schoolId = pupil.school_id;
  otherPrincipal = await opened.world.person('principal', opened.otherSchool, '孙校长');
  const found = await rows<{ class_id: string; grade: number; pupils: string[] }>(
    opened.world,
    `SELECT e.class_id, e.grade, array_agg(e.child_id::text ORDER BY e.child_id) AS pupils FROM enrolment e
     WHERE e.district_code = $1 AND e.school_id = $2 AND e.class_id IS NOT NULL AND upper_inf(e.known) AND e.to_date IS NULL GROUP BY 1, 2 ORDER BY e.grade, e.class_id LIMIT 3`,
    [schoolId],
  );
  classes = [];
  for (const one of found) classes.push({ ...one, teacher: await opened.world.person('classTeacher', one.class_id) });
  const { caseId } = await opened.teacher.call(reportDropout, reportOf(pupil.id));
  for (const [index, day] of days.entries()) {
    await opened.move(`${day}T09:00:00Z`);
    for (const of of classes)
      for (const part of ['morning', 'afternoon'] as const) if (chance() < 0.6) await call(of, day, part, false);
    const earlier = days.slice(0, index);
    if (earlier.length > 0)
      for (let times = 0; times < 8; times += 1) {
        if (chance() < 0.4) await call(pick(classes), pick(earlier), pick(['morning', 'afternoon'] as const), true);
        else await correct();
      }
    const { rows: waiting } = await opened.principal.call(listCorrections, { state: 'waiting' });
    for (const one of waiting.filter(() => chance() < 0.7))
      await opened.principal.ask(decideCorrection, { id: one.id, accept: chance() < 0.6, evidence: '核对过' });
    if (index === 1) {
      await opened.principal.call(confirmCase, { id: caseId });
      await opened.teacher.call(addContact, { id: caseId, contactId: randomUUID(), day, mode: 'phone', reached: true, words: '家长说不想读了' }); // prettier-ignore
    }
    if (index === 2 || index === 4)
      await opened.teacher.call(addStep, { id: caseId, stepId: randomUUID(), rung: 'persuade', day, words: '上门劝返', skipReason: '家长未应' }); // prettier-ignore
    if (index === 3) {
      const ill = classes[1]?.pupils[0] ?? '';
      await opened.whole((context) =>
        moveChild(context, { childId: ill, day: '2026-11-24', state: 'suspended', cause: 'suspension' }),
      );
    }
    await remember();
  }
}, 300_000);
afterAll(() => opened.world.stop());

type Recounted = NonNullable<ReturnType<ReturnType<typeof recountAttendance>['get']>>;
const sumOf = (all: Iterable<Recounted>, key: keyof Recounted) => [...all].reduce((sum, one) => sum + one[key], 0);

it('STA-32 attendance counted from the calls equals a recount of every pupil and half-day, as known now and at each moment', async () => {
  const ground = await readFormGround(opened.world, schoolId);
  expect(ground.away.some((one) => one.known_to !== null)).toBe(true);
  const seen = new Set<string>();
  for (const knownAt of [...moments, null]) {
    const last = knownAt === null ? '2026-11-26' : knownAt.slice(0, 10);
    const expected = recountAttendance(ground, days.filter((day) => day <= last), knownAt); // prettier-ignore
    const found = await opened.principal.call(listReportCalls, {
      schoolId,
      ...month,
      ...(knownAt === null ? {} : { knownAt }),
    });
    expect(found.map((one) => one.classId).sort()).toEqual([...expected.keys()].sort());
    for (const row of found) {
      const { due, present, leave, unexcused, unknown } = row;
      expect([knownAt, row.name, { due, present, leave, unexcused, unknown }]).toEqual([
        knownAt,
        row.name,
        expected.get(row.classId),
      ]);
      for (const [key, value] of Object.entries({ present, leave, unexcused, unknown })) if (value > 0) seen.add(key);
    }
  }
  expect([...seen].sort()).toEqual(['leave', 'present', 'unexcused', 'unknown']);
});

it('STA-32 the form prints those pupil-days and the rate of what is known; each number opens as much as it says', async () => {
  const expected = recountAttendance(await readFormGround(opened.world, schoolId), days, null);
  const { sheets } = await opened.principal.call(getReportForm, { schoolId, ...month });
  const sum = (key: keyof Recounted) => sumOf(expected.values(), key);
  const flow = sheets.find((sheet) => sheet.title === '学生变动情况表');
  const cell = (label: string) => flow?.rows.at(-1)?.[flow.columns.findIndex((column) => column.label === label)];
  expect(['应到', '实到', '请假', '旷课', '未知'].map(cell)).toEqual(
    (['due', 'present', 'leave', 'unexcused', 'unknown'] as const).map((key) => Math.round(sum(key) * 10) / 10),
  );
  const rate = (sum('present') / (sum('due') - sum('unknown'))) * 100;
  expect(cell('出勤率')).toBe(`${(Math.round(rate * 100 + 1e-9) / 100).toFixed(2)}%`);
  expect([sum('due'), cell('劝返人次')]).toEqual([
    sum('present') + sum('leave') + sum('unexcused') + sum('unknown'),
    2,
  ]);
  const opening = new Map<string, { value: number; of: (typeof formOpens)[number]; line: string }>();
  for (const sheet of sheets)
    for (const [index, column] of sheet.columns.entries())
      for (const line of sheet.rows) {
        const value = line[index];
        if (column.opens === null || column.opens === 'schoolAge' || column.opens === 'classes') continue;
        if (typeof value === 'number') opening.set(`${column.opens} ${String(line[0])}`, { value, of: column.opens, line: String(line[0]) }); // prettier-ignore
      }
  const names = ['一', '二', '三', '四', '五', '六', '七', '八', '九'];
  let lists = 0;
  for (const { value, of, line } of opening.values()) {
    if (of === 'schoolAge' || of === 'classes') continue;
    const at = names.findIndex((one) => line === `${one}年级`);
    const grade = line === '合计' ? {} : { grade: at + 1 };
    const list = await opened.principal.call(listReportNames, { schoolId, ...month, of, ...grade, size: 200 });
    expect([of, line, Math.round(list.sum * 10) / 10]).toEqual([of, line, value]);
    expect(list.total + list.hidden).toBeGreaterThanOrEqual(list.rows.length);
    if (list.rows.length > 0) lists += 1;
  }
  expect(lists).toBeGreaterThan(10);
});

it('STA-32 pages of names, another school and a class teacher find nothing', async () => {
  const asked = { schoolId, ...month, of: 'keptOrLost' } as const;
  const first = await opened.principal.call(listReportNames, { ...asked, size: 10 });
  const second = await opened.principal.call(listReportNames, { ...asked, size: 10, page: 2 });
  expect([first.rows.length, first.total]).toEqual([10, second.total]);
  expect(second.rows.some((row) => first.rows.some((one) => one.childId === row.childId))).toBe(false);
  for (const person of [otherPrincipal, opened.teacher])
    for (const endpoint of [listReportCalls, listReportNames])
      expect((await person.ask(endpoint, asked)).status).toBe(404);
  expect((await opened.officer.call(listReportNames, asked)).total).toBe(first.total);
});

it('STA-33 the forms of a signed version come out the same when made again as known then, whatever is entered later', async () => {
  await opened.move('2026-11-30T09:00:00Z');
  const reason = '部分班级未点名，已说明';
  const { id } = await opened.principal.call(signReport, { schoolId, ...month, reason });
  const before = await opened.principal.call(getReportForm, { schoolId, ...month });
  await opened.move('2026-12-01T09:00:00Z');
  const statuses = new Set<number>();
  for (const of of classes)
    for (const day of days) for (const part of ['morning', 'afternoon'] as const) statuses.add(await call(of, day, part, true)); // prettier-ignore
  expect(statuses.has(200)).toBe(true);
  const [{ at } = { at: '' }] = await rows<{ at: string }>(opened.world, `SELECT to_char(known_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at FROM period_report_version WHERE district_code = $1 AND report_id = $2`, [id]); // prettier-ignore
  const now = await opened.principal.call(listReportCalls, { schoolId, ...month });
  const then = await opened.principal.call(listReportCalls, { schoolId, ...month, knownAt: at });
  const called = (list: typeof now) => list.reduce((sum, row) => sum + row.due - row.unknown, 0);
  expect(called(now)).toBeGreaterThan(called(then));
  expect(await opened.principal.call(getReportForm, { schoolId, ...month })).toEqual(before);
  expect(await opened.principal.call(getReportVersion, { id, version: 1 })).toMatchObject({
    holds: true,
    formHolds: true,
  });
  const { ownerPool } = opened.world.platform.database;
  await ownerPool.query('ALTER TABLE period_report_version NO FORCE ROW LEVEL SECURITY');
  await ownerPool.query(
    `UPDATE period_report_version SET form = jsonb_set(form, '{total,persuasions}', '9') WHERE district_code = $1 AND report_id = $2`,
    [opened.world.district, id],
  );
  await ownerPool.query('ALTER TABLE period_report_version FORCE ROW LEVEL SECURITY');
  expect((await opened.principal.call(getReportVersion, { id, version: 1 })).formHolds).toBe(false);
});
