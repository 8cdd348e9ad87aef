import type { OutputOf, ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/attendance.ts';
import type * as views from '#contract/attendance-views.ts';
import type { ChildMark } from '#domain/attendance/record.ts';
import { isPresent, partsToMark, schoolDaysBetween } from '#domain/attendance/rules.ts';
import { answerWords, dayPartWords, markWords } from '#domain/attendance/words.ts';
import { notFound } from '#domain/basics/failure.ts';
import { findBrief } from '#server/areas/population/actions.ts';
import type { Then } from '#server/database/past.ts';
import { askedThen } from '#server/http/as-of.ts';
import type { Context } from '#server/http/context.ts';
import { countIds, idsOfPage, rememberFor } from '#server/http/list-cache.ts';
import { correctionView } from './corrections.ts';
import { leaveView } from './leaves.ts';
import { groundOf } from './standing.ts';
import { allStandingsThen } from './standing-then.ts';
import { pageCorrections } from './store-corrections.ts';
import { pageLeaves } from './store-leaves.ts';
import { listAbsencesOf, listVersions, readMarks } from './store-marks.ts';
import { namesThen } from './store-then.ts';
import { namedStandings, readStandingIds, type NamedStanding } from './store-standing.ts';

function standingView(row: NamedStanding): OutputOf<typeof views.listStandings>['rows'][number] {
  return {
    childId: row.child_id,
    name: row.name,
    schoolId: row.school_id,
    schoolName: row.school_name,
    classId: row.class_id,
    className: row.class_name,
    consecutive: row.consecutive,
    cumulative: row.cumulative,
    since: row.since,
    lastAbsent: row.last_absent,
    crossedDay: row.crossed_day,
    rule: row.rule,
  };
}

/** The same as it stood on a day, as known at a moment. */
async function listStandingsThen(
  context: Context,
  input: ParsedOf<typeof views.listStandings>,
  then: Then,
): Promise<OutputOf<typeof views.listStandings>> {
  const { page, size, schoolId, classId } = input;
  const ground = await groundOf(context, then.day);
  const term = ground.termOf(then.day);
  if (!term) return { rows: [], total: 0, page, size };
  const found = (await allStandingsThen(context, ground, term, then)).filter(
    (row) =>
      (schoolId === undefined || row.schoolId === schoolId) &&
      (classId === undefined || row.classId === classId) &&
      (input.crossed !== 'yes' || row.crossedDay !== null),
  );
  const shown = found.slice((page - 1) * size, page * size);
  const names = await namesThen(context.client, context.district, shown);
  const rows = shown.map((row) => ({
    ...row,
    name: names.children.get(row.childId) ?? '',
    schoolName: names.schools.get(row.schoolId) ?? '',
    className: names.classes.get(row.classId) ?? '',
  }));
  return { rows, total: found.length, page, size };
}

/** Unexcused absence of the term by pupil, the longest runs first. */
export async function listStandings(
  context: Context,
  input: ParsedOf<typeof views.listStandings>,
): Promise<OutputOf<typeof views.listStandings>> {
  const then = askedThen(context, input);
  if (then !== null) return listStandingsThen(context, input, then);
  const day = context.today;
  const term = (await groundOf(context, day)).termOf(day);
  const { page, size } = input;
  if (!term) return { rows: [], total: 0, page, size };
  const { client, district } = context;
  const asked = {
    termFrom: term.from,
    schoolId: input.schoolId ?? null,
    classId: input.classId ?? null,
    crossed: input.crossed === 'yes',
  };
  const ids = await rememberFor(
    context,
    context.reach,
    { key: `standings ${JSON.stringify(asked)}`, dependsOn: 'attendance', bytes: (value) => value.length },
    () => readStandingIds(client, district, asked),
  );
  const rows = await namedStandings(client, district, term.from, idsOfPage(ids, input));
  return { rows: rows.map(standingView), total: countIds(ids), page, size };
}

/** Every version of a pupil's marks of a day and the corrections between them. */
export async function getMarkHistory(
  context: Context,
  input: ParsedOf<typeof contract.getMarkHistory>,
): Promise<OutputOf<typeof contract.getMarkHistory>> {
  const { client, district } = context;
  if (!(await findBrief(context, input.childId))) throw notFound('学生');
  const versions = await listVersions(client, district, input.childId, input.day);
  const { rows } = await pageCorrections(client, district, input, { size: 200, offset: 0 });
  context.note({ subjectKind: 'child', subjectId: input.childId, detail: { day: input.day } });
  return {
    versions: versions.map((row) => ({
      part: row.part,
      partWords: dayPartWords[row.part],
      mark: row.kind,
      markWords: markWords[row.kind],
      byName: row.by,
      from: row.from.toISOString(),
      to: row.to?.toISOString() ?? null,
      answerWords: row.answer === null ? null : answerWords[row.answer],
    })),
    corrections: rows.map((row) => correctionView(context, row)),
  };
}

function sumsOf(marks: readonly ChildMark[], schoolDays: number) {
  const sum = (of: (mark: ChildMark) => boolean) => marks.filter(of).reduce((total, mark) => total + mark.weight, 0);
  const present = sum((mark) => isPresent(mark.kind));
  const unexcused = sum((mark) => mark.kind === 'unexcused');
  const leave = sum((mark) => !isPresent(mark.kind) && mark.kind !== 'unexcused' && mark.kind !== 'unknown');
  return { schoolDays, present, unexcused, leave, unknown: Math.max(0, schoolDays - present - unexcused - leave) };
}

/** A pupil's attendance of a span (this term by default): each school day, its sums, and the leaves. */
export async function getChildAttendance(
  context: Context,
  input: ParsedOf<typeof views.getChildAttendance>,
): Promise<OutputOf<typeof views.getChildAttendance>> {
  const { client, district } = context;
  const brief = await findBrief(context, input.childId);
  if (!brief) throw notFound('学生');
  const to = input.to ?? context.today;
  const ground = await groundOf(context, to);
  const term = ground.termOf(to);
  const from = input.from ?? term?.from ?? to;
  const days = schoolDaysBetween(from, to, ground.isSchoolDay);
  const marks = await readMarks(client, district, [input.childId], from, to);
  const absences = await listAbsencesOf(client, district, input.childId, from, to);
  const parts = partsToMark(ground.settings['attendance.afternoon']);
  const standings = term ? await namedStandings(client, district, term.from, [input.childId]) : [];
  const leaves = await pageLeaves(client, district, { show: 'all', childId: input.childId }, { size: 50, offset: 0 });
  context.note({ subjectKind: 'child', subjectId: input.childId, detail: { from, to } });
  const first = standings[0];
  return {
    childId: brief.id,
    name: brief.name,
    from,
    to,
    standing: first ? standingView(first) : null,
    sums: sumsOf(marks, days.length),
    days: days.map((day) => ({
      day,
      marks: parts.map((part) => {
        const mark = marks.find((one) => one.day === day && one.part === part);
        const absence = absences.find((one) => one.day === day && one.part === part);
        return {
          part,
          partWords: dayPartWords[part],
          mark: mark ? (mark.kind ?? 'present') : 'gap',
          markWords: mark ? markWords[mark.kind ?? 'present'] : '未点名',
          absenceId: absence?.id ?? null,
          answerWords: absence?.answer ? answerWords[absence.answer] : null,
        };
      }),
    })),
    leaves: leaves.rows.map((row) => leaveView(context, ground, row)),
  };
}
