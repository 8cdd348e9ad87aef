import type { OutputOf, ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/statistics-cockpit.ts';
import { wordsOfGrade } from '#domain/basics/grade.ts';
import { sexWord } from '#domain/basics/identity-check.ts';
import { courseStates } from '#domain/enrolment/course.ts';
import { courseStateWords } from '#domain/enrolment/course-words.ts';
import { evaluate, formulas } from '#domain/statistics/formulas.ts';
import { lastGrade } from '#domain/statistics/components.ts';
import { periodOf, until } from '#domain/statistics/periods.ts';
import { levelOf, type Period } from '#domain/statistics/record.ts';
import { schoolYearOf } from '#domain/basics/school-year.ts';
import { notFound } from '#domain/basics/failure.ts';
import { briefsOf } from '#server/areas/population/actions.ts';
import { refuseToCome } from '#server/http/as-of.ts';
import type { Context } from '#server/http/context.ts';
import { inWholeDistrict } from '#server/http/under-reach.ts';
import { holdsScope, readScopeNames } from './scopes.ts';
import { listPairNames } from './store-progression.ts';
import { talliesOf } from './tallies.ts';

/** The months whose closing stocks are set against each other: May, before anybody graduates, and September, when all have moved up. */
function monthsOf(asOf: string): { spring: Period; autumn: Period } {
  const year = String(schoolYearOf(asOf));
  const month = (day: string): Period => {
    const period = periodOf('month', day);
    if (period === null) throw new Error('a month holds every day');
    return period;
  };
  return { spring: month(`${year}-05-01`), autumn: until(month(`${year}-09-01`), asOf) };
}

/** The whole district for who reaches it, else a school of one's own; anything else is not found. */
export async function withinReach(context: Context, schoolId: string | undefined): Promise<void> {
  const names = await readScopeNames(context, 'school');
  const held = schoolId === undefined ? context.reach.all : holdsScope(context.reach, 'school', schoolId, names);
  if (!held || (schoolId !== undefined && !names.schools.has(schoolId))) throw notFound('统计范围', '个');
}

/**
 * Grade progression (formula v1): the pupils of grade g + 1 at the end of this September over those of grade g at the end of May before,
 * of the district or of one school; a school's pairs are those of which it has both grades.
 */
export async function getProgression(
  context: Context,
  input: ParsedOf<typeof contract.getProgression>,
): Promise<OutputOf<typeof contract.getProgression>> {
  const { schoolId, level } = input;
  const kind = schoolId === undefined ? 'grade' : 'schoolGrade';
  await withinReach(context, schoolId);
  refuseToCome(context, input);
  const { spring, autumn } = monthsOf(input.day ?? context.today);
  const key = (grade: number) => (schoolId === undefined ? String(grade) : `${schoolId}:${String(grade)}`);
  const keys = Array.from({ length: lastGrade }, (_, index) => key(index + 1));
  const stock = async (period: Period) => {
    const ask = { kind, period, knownAt: input.knownAt ?? null, keys, schoolId: schoolId ?? null } as const;
    const { tallies } = await talliesOf(context, ask);
    return (grade: number) => tallies.get(key(grade))?.S1 ?? 0;
  };
  const [before, now] = [await stock(spring), await stock(autumn)];
  const rows = Array.from({ length: lastGrade - 1 }, (_, index) => index + 1).flatMap((grade) => {
    const pair = { GradeSpring: before(grade), GradeAutumn: now(grade + 1) };
    const within = level === undefined || (levelOf(grade) === level && levelOf(grade + 1) === level);
    if (!within || pair.GradeSpring === 0 || (schoolId !== undefined && pair.GradeAutumn === 0)) return [];
    const name = `${wordsOfGrade(grade)}→${wordsOfGrade(grade + 1)}`;
    const { value } = evaluate('gradeProgression', pair);
    return [{ grade, name, spring: pair.GradeSpring, autumn: pair.GradeAutumn, value }];
  });
  const springAll = rows.reduce((sum, row) => sum + row.spring, 0);
  const autumnAll = rows.reduce((sum, row) => sum + row.autumn, 0);
  const { value, version } = evaluate('gradeProgression', { GradeSpring: springAll, GradeAutumn: autumnAll });
  const { words } = formulas.gradeProgression;
  return { spring: spring.to, autumn: autumn.to, words, version, rows, springAll, autumnAll, value };
}

/**
 * Who stands behind a pair of grades: in spring in the grade and in autumn not in the next one (`left`), or the other way (`joined`), with
 * where he stood on the other day as known at the moment. Spring − left + joined = autumn.
 */
export async function listProgressionNames(
  context: Context,
  input: ParsedOf<typeof contract.listProgressionNames>,
): Promise<OutputOf<typeof contract.listProgressionNames>> {
  const { client, district, reach } = context;
  const { grade, side, schoolId, page, size } = input;
  await withinReach(context, schoolId);
  refuseToCome(context, input);
  const { spring, autumn } = monthsOf(input.day ?? context.today);
  const ask = { spring: spring.to, autumn: autumn.to, grade, side, schoolId: schoolId ?? null, knownAt: input.knownAt ?? null }; // prettier-ignore
  const found = await inWholeDistrict(context, () =>
    listPairNames(client, district, ask, reach.all ? null : reach.tokens, { size, offset: (page - 1) * size }),
  );
  const briefs = await briefsOf(context, found.map((row) => row.child_id)); // prettier-ignore
  const rows = found.flatMap((row) => {
    const brief = briefs.get(row.child_id);
    if (!brief) return [];
    const { name, sex, birthDate } = brief;
    const state = courseStates.find((one) => one === row.state);
    return [
      {
        childId: row.child_id,
        name,
        sex: sexWord(sex),
        birthDate,
        stateWords: state === undefined ? '没有学籍记录' : courseStateWords[state],
        schoolName: row.school_name,
        gradeWords: row.grade === null ? '—' : wordsOfGrade(row.grade) || '年级不明',
        day: row.day,
      },
    ];
  });
  const pair = `${wordsOfGrade(grade)}→${wordsOfGrade(grade + 1)}`;
  return { rows, total: found[0]?.total ?? 0, page, size, spring: spring.to, autumn: autumn.to, words: pair };
}
