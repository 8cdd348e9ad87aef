import type { ParsedOf } from '#contract/endpoint.ts';
import type { scoreTemplate as template } from '#contract/risk-scores.ts';
import { Failure } from '#domain/basics/failure.ts';
import { parseGrade } from '#domain/basics/grade.ts';
import type { RawRow } from '#domain/basics/list-row.ts';
import { reaches, reachToken } from '#domain/basics/reach.ts';
import { schoolYearOf } from '#domain/basics/school-year.ts';
import {
  hasNoScore,
  readScoreRow,
  scoreSheetColumns,
  scoreSheetRows,
  scoreTemplateColumns,
  type ScoreRowAsked,
} from '#domain/risk/score-sheet.ts';
import {
  examName,
  examWords,
  sameScore,
  scoreWords,
  termOf,
  termWords,
  unlawfulExam,
  type SubjectScore,
  type TermKey,
} from '#domain/risk/scores.ts';
import { childByNumber, everyoneOnRoll, sheetDesk, type OpenRow, type Outcome, type PupilNamed, type Tried } from '#server/areas/enrolment/actions.ts'; // prettier-ignore
import { chinaMoment } from '#server/clock.ts';
import type { Context } from '#server/http/context.ts';
import type { FileAnswer } from '#server/http/serve.ts';
import { inWholeDistrict } from '#server/http/under-reach.ts';
import { sheetFile } from '#server/spreadsheets/sheet-file.ts';
import { examKeyOf, keepScores, standingScores, type NewScores, type StandingScores } from './score-record.ts';
import { computeScoreSigns } from './score-signs.ts';

/** A row with the pupil it names. */
interface Named {
  row: OpenRow;
  asked: ScoreRowAsked;
  pupil: PupilNamed;
}

const refuse = (words: string): Failure => new Failure('input-wrong', words);

/** The tokens of the school and class of a pupil. */
const unitsOf = (one: PupilNamed) => [reachToken('school', one.schoolId), reachToken('class', one.classId)];

/** The pupils of the own school or class, by name; a school where a child was once, or that claims him, is not his. */
async function ownPupils(context: Context): Promise<PupilNamed[]> {
  return (await everyoneOnRoll(context, context.today)).filter((one) => reaches(context.reach, unitsOf(one)));
}

/** Whether a cell names the class of a pupil, as it is called now or as it was called in the school year of the examination. */
function isClass(cell: string, pupil: PupilNamed, yearsBack: number): boolean {
  if (cell === pupil.className) return true;
  const read = parseGrade(cell);
  if (read.grade === 0 || read.classNo !== parseGrade(pupil.className).classNo) return false;
  return read.grade === pupil.grade || read.grade === pupil.grade - yearsBack;
}

/** The pupil of a row: by name and class, by the number where the name is not his alone. */
async function pupilOf(
  context: Context,
  asked: ScoreRowAsked,
  pupils: ReadonlyMap<string, PupilNamed[]>,
): Promise<PupilNamed> {
  const yearsBack = schoolYearOf(context.today) - asked.exam.schoolYear;
  const named = (pupils.get(asked.name) ?? [])
    .filter((one) => asked.school === '' || one.schoolName === asked.school)
    .filter((one) => asked.className === '' || isClass(asked.className, one, yearsBack));
  if (named.length === 0)
    throw refuse(`您的办理范围内没有“${asked.className}${asked.name}”，请核对姓名和班级；只能登记本校（本班）在籍学生的成绩。`); // prettier-ignore
  if (asked.number === '') {
    const [only, ...more] = named;
    if (only && more.length === 0) return only;
    throw refuse(`有${String(named.length)}名学生同名，请填写学籍号或身份证件号。`);
  }
  const childId = await childByNumber(context, asked);
  const own = named.find((one) => one.childId === childId);
  if (!own) throw refuse('姓名和号码不是同一名学生，请核对证件。');
  return own;
}

async function nameRow(
  context: Context,
  row: OpenRow,
  pupils: ReadonlyMap<string, PupilNamed[]>,
  units: Map<string, string[]>,
): Promise<Named> {
  const read = readScoreRow(row.raw, context.today);
  if ('faults' in read) throw refuse(`${read.faults.join('；')}。`);
  const { asked } = read;
  const pupil = await pupilOf(context, asked, pupils);
  units.set(row.id, unitsOf(pupil));
  const grade = pupil.grade - (schoolYearOf(context.today) - asked.exam.schoolYear);
  const unlawful = unlawfulExam(asked.exam, grade, asked.scores.some((score) => 'points' in score)); // prettier-ignore
  if (unlawful !== null) throw refuse(unlawful);
  return { row, asked, pupil };
}

/** What a row does to what stands; held where it changes a score without saying why. */
function tryRow({ asked, pupil }: Named, standing: StandingScores | undefined): Outcome {
  const earlier = (score: SubjectScore) => standing?.scores.find((one) => one.subject === score.subject);
  const differs = asked.scores.filter((score) => {
    const before = earlier(score);
    return before === undefined || !sameScore(before, score);
  });
  if (differs.length === 0) return { same: `${asked.scores.map(scoreWords).join('、')}，已登记。` };
  const changed = differs.flatMap((score) => {
    const before = earlier(score);
    return before === undefined ? [] : [{ before, score }];
  });
  if (changed.length > 0 && asked.reason.length < 2)
    return {
      reason: `已登记为${changed.map(({ before }) => scoreWords(before)).join('、')}，与表中不同。要更正的，请填写“更正原因”；不更正的，这一行不办。`,
    };
  const words = differs.map((score) => {
    const before = earlier(score);
    return before === undefined ? scoreWords(score) : `${scoreWords(before)} 更正为 ${scoreWords(score).slice(score.subject.length + 1)}`; // prettier-ignore
  });
  return { changeId: null, childId: pupil.childId, note: words.join('、') };
}

/** What is to stand of each pupil and examination after some rows. */
function gather(rows: readonly Named[], standing: ReadonlyMap<string, StandingScores>): NewScores[] {
  const made = new Map<string, NewScores>();
  for (const { asked, pupil } of rows) {
    const key = examKeyOf(pupil.childId, asked.exam);
    const before = made.get(key);
    const stood = standing.get(key);
    const scores = (before?.scores ?? stood?.scores ?? []).filter((one) => !asked.scores.some((score) => score.subject === one.subject)); // prettier-ignore
    const reasons = [before?.reason ?? '', stood === undefined ? '' : asked.reason].filter((words) => words !== '');
    made.set(key, {
      childId: pupil.childId,
      schoolId: pupil.schoolId,
      reach: pupil.reach,
      exam: asked.exam,
      scores: [...scores, ...asked.scores],
      reason: [...new Set(reasons)].join('；'),
      supersedes: stood?.id ?? null,
    });
  }
  return [...made.values()];
}

async function nameRows(
  context: Context,
  rows: readonly OpenRow[],
  tried: Map<string, Outcome>,
  units: Map<string, string[]>,
): Promise<Named[]> {
  const pupils = new Map<string, PupilNamed[]>();
  for (const pupil of await ownPupils(context)) pupils.set(pupil.name, [...(pupils.get(pupil.name) ?? []), pupil]);
  const found: Named[] = [];
  const said = new Set<string>();
  for (const row of rows) {
    if (hasNoScore(row.raw)) {
      tried.set(row.id, { same: '没有填写成绩，这一行不登记。' });
      continue;
    }
    try {
      const named = await nameRow(context, row, pupils, units);
      const keys = named.asked.scores.map((score) => `${examKeyOf(named.pupil.childId, named.asked.exam)} ${score.subject}`); // prettier-ignore
      if (keys.some((key) => said.has(key))) throw refuse('同一名学生这次考试的同一学科写了两次，请删去多余的一行。');
      for (const key of keys) said.add(key);
      found.push(named);
    } catch (error) {
      if (!(error instanceof Failure) || error.code === 'internal') throw error;
      tried.set(row.id, { reason: error.message });
    }
  }
  return found;
}

async function tryRows(context: Context, rows: readonly OpenRow[], keep: boolean): Promise<Tried[]> {
  const tried = new Map<string, Outcome>();
  const units = new Map<string, string[]>();
  const named = await nameRows(context, rows, tried, units);
  const standing = await standingScores(context, [...new Set(named.map(({ pupil }) => pupil.childId))]);
  const taken = named.filter((one) => {
    const done = tryRow(one, standing.get(examKeyOf(one.pupil.childId, one.asked.exam)));
    tried.set(one.row.id, done);
    return 'childId' in done;
  });
  if (keep && taken.length > 0) {
    await keepScores(context, gather(taken, standing));
    const childIds = [...new Set(taken.map(({ pupil }) => pupil.childId))];
    await inWholeDistrict(context, () => computeScoreSigns(context, childIds));
  }
  return rows.map((row) => ({
    ...(tried.get(row.id) ?? { reason: '这一行没有读到，请重新上传。' }),
    units: units.get(row.id) ?? [],
  }));
}

/** What answers the calls of scores handed in by sheet. */
export const scoreSheets = sheetDesk({
  kind: 'scores',
  columns: scoreSheetColumns,
  most: scoreSheetRows,
  together: true,
  tryRows,
});

/** Enters rows by the rules of a sheet without keeping one; answers what became of each. */
export function enterScoreRows(context: Context, raws: readonly RawRow[]): Promise<Tried[]> {
  return tryRows(
    context,
    raws.map((raw, at) => ({ id: context.newId(), rowNo: at + 1, raw })),
    true,
  );
}

/** The template of an examination: every pupil of the own school or class, a row each, with a column for each subject. */
export async function scoreTemplate(context: Context, input: ParsedOf<typeof template>): Promise<FileAnswer> {
  const term: TermKey = input.term === undefined ? termOf(context.today) : { schoolYear: Number(input.term.slice(0, 4)), term: input.term.endsWith('1') ? 1 : 2 }; // prettier-ignore
  const key = { ...term, exam: input.exam };
  const pupils = (await ownPupils(context)).filter((one) => input.classId === undefined || one.classId === input.classId); // prettier-ignore
  if (pupils.length === 0) throw new Failure('wrong-step', '没有您可以登记成绩的学生。');
  const blank = scoreTemplateColumns.slice(5).map(() => '');
  const { rows, complete, file } = await sheetFile(`成绩表 ${termWords(term)}${examWords[input.exam]}.xlsx`, {
    title: `成绩表 ${termWords(term)}${examWords[input.exam]}`,
    note: `填写各学科成绩：分数（满分不是100的写成96/120）、等级（优、良、中、待合格）或缺考；没有考的学科留空。小学一、二年级只填等级。更正已登记的成绩，要写“更正原因”。成绩只供本班班主任和本校查看，不得公布和排名（未成年人学校保护规定第十条）。一份表最多${String(scoreSheetRows)}行。`,
    // The words of the term in one line, so that a class stands on one page.
    columns: scoreTemplateColumns.map(({ key, label }) => ({ label, kind: 'text' as const, ...(key === 'term' ? { width: 24 } : {}) })), // prettier-ignore
    rows: pupils.slice(0, scoreSheetRows).map((one) => [one.className, one.name, '', termWords(term), examWords[input.exam], ...blank]), // prettier-ignore
    complete: { total: pupils.length },
    watermark: `${context.actor.name} ${chinaMoment(context.now, 'seconds')}`,
  });
  context.note({ detail: { exam: examName(key, context.today), rows, complete } });
  return file;
}
