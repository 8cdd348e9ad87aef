import type { DateText } from '../basics/calendar.ts';
import { schoolYearOf, schoolYearWords } from '../basics/school-year.ts';
import type { Sign } from './record.ts';

/** Examinations that a school of compulsory education may hold, in the order of a term (教基厅〔2021〕34号). */
export const exams = ['midterm', 'firstMock', 'secondMock', 'final'] as const;
/** An examination of a term. */
export type Exam = (typeof exams)[number];
/** Words of the examinations. */
export const examWords: Record<Exam, string> = {
  midterm: '期中',
  firstMock: '第一次模拟',
  secondMock: '第二次模拟',
  final: '期末',
};

/** Grades that stand in place of points, the best first. */
export const ratings = ['A', 'B', 'C', 'D', 'E'] as const;
/** A grade. */
export type Rating = (typeof ratings)[number];
/** Words of the grades. */
export const ratingWords: Record<Rating, string> = { A: '优', B: '良', C: '中', D: '待合格', E: '待提高' };
/** What a grade counts as, as a share of the full points: one grade lower is 15 points of a hundred. */
const ratingRatios: Record<Rating, number> = { A: 0.95, B: 0.8, C: 0.65, D: 0.5, E: 0.35 };

/** Below this share of the full points a subject is failed. */
const passRatio = 0.6;

/** A term of a school year: 1 autumn, 2 spring. */
export interface TermKey {
  schoolYear: number;
  term: 1 | 2;
}

/** An examination of a term. */
export interface ExamKey extends TermKey {
  exam: Exam;
}

/** What a pupil got in a subject: points of the full points, a grade, or nothing because he did not sit it. */
export type SubjectScore =
  | { subject: string; points: number; full: number }
  | { subject: string; rating: Rating }
  | { subject: string; missed: true };

/** What a pupil got in an examination. */
export interface ExamScores extends ExamKey {
  scores: readonly SubjectScore[];
}

/** From when falling marks are a sign: percentage points of the average, or so many more subjects failed. */
export interface ScoreRule {
  fall: number;
  fails: number;
}

/** What the sign says to those who may not see marks. */
const scoreFallWords = '成绩明显下滑（学校已掌握）';

/** The term in which a day falls, holidays counted to the term before them: September to January, February to August. */
export function termOf(day: DateText): TermKey {
  const month = Number(day.slice(5, 7));
  return { schoolYear: schoolYearOf(day), term: month >= 9 || month === 1 ? 1 : 2 };
}

/** A number that grows from term to term. */
export function termOrder({ schoolYear, term }: TermKey): number {
  return schoolYear * 2 + term;
}

/** The term before. */
export function termBefore({ schoolYear, term }: TermKey): TermKey {
  return term === 2 ? { schoolYear, term: 1 } : { schoolYear: schoolYear - 1, term: 2 };
}

/** Words of a term: 2026—2027学年第一学期. */
export function termWords({ schoolYear, term }: TermKey): string {
  return `${schoolYearWords(schoolYear)}${term === 1 ? '第一' : '第二'}学期`;
}

/** A number that grows from examination to examination. */
export function examOrder(key: ExamKey): number {
  return termOrder(key) * exams.length + exams.indexOf(key.exam);
}

/** Words of an examination as they are said on a day: 本学期期末, 上学期期末, else with the school year. */
export function examName(key: ExamKey, today: DateText): string {
  const back = termOrder(termOf(today)) - termOrder(key);
  const term = back === 0 ? '本学期' : back === 1 ? '上学期' : termWords(key);
  return `${term}${examWords[key.exam]}`;
}

/** The share of the full points, 0 to 1; null of who did not sit it. */
export function ratioOf(score: SubjectScore): number | null {
  if ('points' in score) return score.points / score.full;
  return 'rating' in score ? ratingRatios[score.rating] : null;
}

/** A score as it is written: 语文 96/120, 数学 85, 音乐 优. */
export function scoreWords(score: SubjectScore): string {
  if ('points' in score)
    return `${score.subject} ${String(score.points)}${score.full === 100 ? '' : `/${String(score.full)}`}`;
  return `${score.subject} ${'rating' in score ? ratingWords[score.rating] : '缺考'}`;
}

/** Whether two scores say the same. */
export function sameScore(a: SubjectScore, b: SubjectScore): boolean {
  return scoreWords(a) === scoreWords(b);
}

const inTenths = (share: number): number => Math.round(share * 1000) / 10;

/** The average share over all subjects sat, in percent with one decimal; null where none was. */
export function averageOf(scores: readonly SubjectScore[]): number | null {
  const ratios = scores.flatMap((score) => ratioOf(score) ?? []);
  return ratios.length === 0 ? null : inTenths(ratios.reduce((sum, one) => sum + one, 0) / ratios.length);
}

/** Two examinations over the subjects that stand in both: a new subject, or one not handed in yet, is no fall. */
function comparedOver(latest: ExamScores, before: ExamScores) {
  const pairs = latest.scores.flatMap((score) => {
    const earlier = before.scores.find((one) => one.subject === score.subject);
    const [now, then] = [ratioOf(score), earlier === undefined ? null : ratioOf(earlier)];
    return now === null || then === null ? [] : [[now, then] as const];
  });
  if (pairs.length === 0) return null;
  const mean = (at: 0 | 1) => inTenths(pairs.reduce((sum, pair) => sum + pair[at], 0) / pairs.length);
  const failed = (at: 0 | 1) => pairs.filter((pair) => pair[at] < passRatio).length;
  const [now, then] = [mean(0), mean(1)];
  return {
    subjects: pairs.length,
    now,
    then,
    fall: Math.round((then - now) * 10) / 10,
    failedNow: failed(0),
    failedThen: failed(1),
  };
}

/**
 * The sign of falling marks: the latest examination against the one before it, over the subjects of both. It stands while the latest is
 * of this term or the last. `reason` is for those who may see the marks.
 */
export function scoreSign(papers: readonly ExamScores[], rule: ScoreRule, today: DateText): Sign | null {
  const [latest, before] = papers
    .filter((one) => averageOf(one.scores) !== null)
    .sort((a, b) => examOrder(b) - examOrder(a));
  if (!latest || !before || termOrder(latest) < termOrder(termOf(today)) - 1) return null;
  const found = comparedOver(latest, before);
  if (!found) return null;
  const moreFailed = found.failedNow - found.failedThen >= rule.fails;
  if (found.fall < rule.fall && !moreFailed) return null;
  const whole = latest.scores.length === found.subjects && before.scores.length === found.subjects;
  const change =
    found.fall > 0
      ? `，下降 ${String(found.fall)} 个百分点`
      : found.fall < 0
        ? `，上升 ${String(-found.fall)} 个百分点`
        : '';
  const reason = [
    `${examName(latest, today)}平均得分率 ${String(found.now)} %，${examName(before, today)} ${String(found.then)} %${change}`,
    moreFailed ? `；不及格学科由 ${String(found.failedThen)} 门增至 ${String(found.failedNow)} 门` : '',
    whole ? '' : `（按两次都有的 ${String(found.subjects)} 门学科）`,
  ].join('');
  const facts = [
    examOrder(latest),
    examOrder(before),
    found.subjects,
    found.now,
    found.then,
    found.failedNow,
    found.failedThen,
  ];
  return { kind: 'scoreFall', strength: 2, words: scoreFallWords, facts: facts.join('|'), reason };
}

/** Why an examination of a grade may not be held or scored so (教基厅〔2021〕34号); null when it may. A grade of 0 is not known. */
export function unlawfulExam(key: ExamKey, grade: number, inPoints: boolean): string | null {
  const by = '（教基厅〔2021〕34号）';
  if (grade < 1) return null;
  if (grade <= 2 && inPoints) return `小学一、二年级不进行纸笔考试${by}，只登记等级，不登记分数。`;
  if (grade <= 6 && key.exam === 'midterm') return `小学每学期只组织一次期末考试${by}，不登记期中成绩。`;
  if ((key.exam === 'firstMock' || key.exam === 'secondMock') && (grade !== 9 || key.term !== 2))
    return `模拟考试只在初中毕业年级下学期组织${by}，这个年级不登记。`;
  return null;
}
