import type { DateText } from '../basics/calendar.ts';
import { column, numberOfCell, type ColumnSpec, type RawRow } from '../basics/list-row.ts';
import { schoolYearOf } from '../basics/school-year.ts';
import { normalizeName, normalizeText } from '../basics/text.ts';
import {
  ratings,
  ratingWords,
  termOf,
  termOrder,
  termWords,
  type Exam,
  type ExamKey,
  type Rating,
  type SubjectScore,
  type TermKey,
} from './scores.ts';

/** Subjects of the national curriculum of grades 1 to 9, each with the other names it goes by on sheets. */
const subjectNames: Readonly<Record<string, readonly string[]>> = {
  语文: [],
  数学: [],
  英语: ['外语'],
  道德与法治: ['道法', '政治', '思想品德', '品德与社会', '品德与生活', '思品', '品德'],
  历史: [],
  地理: [],
  科学: [],
  物理: [],
  化学: [],
  生物学: ['生物'],
  体育与健康: ['体育'],
  音乐: [],
  美术: [],
  信息科技: ['信息技术', '信息'],
  劳动: ['劳动技术', '劳动与技术'],
  综合实践: ['综合实践活动'],
  艺术: [],
  日语: [],
  俄语: [],
  地方课程: [],
  校本课程: [],
};

/** The subjects, in the order of the sheet. */
export const subjects: readonly string[] = Object.keys(subjectNames);

/** Subjects that have a column of their own in the template. */
const templateSubjects: readonly string[] = subjects.slice(0, 15);

const subjectKey = (subject: string): string => `subject.${subject}`;

/** Columns that say whose score it is and of which examination. */
const whoColumns: readonly ColumnSpec[] = [
  column('school', '学校', ['学校名称']),
  column('class', '班级', ['年级班级', '班别']),
  column('name', '姓名', ['学生姓名', '学生'], true),
  column('documentNumber', '学籍号或身份证件号（同名时填）', ['学籍号或身份证件号', '学籍号', '身份证件号或学籍号', '身份证件号', '身份证号']), // prettier-ignore
  column('term', '学期', ['学年学期', '所属学期'], true),
  column('exam', '考试名称', ['考试', '考试类别'], true),
];
/** One subject a row. */
const oneColumns: readonly ColumnSpec[] = [
  column('subject', '学科', ['科目', '课程']),
  column('points', '分数', ['成绩', '得分']),
  column('full', '满分', ['卷面满分']),
  column('rating', '等级', ['等第', '成绩等级']),
];
const subjectColumns: readonly ColumnSpec[] = subjects.map((subject) =>
  column(
    subjectKey(subject),
    subject,
    [subject, ...(subjectNames[subject] ?? [])].flatMap((name) => [name, `${name}成绩`, `${name}分数`]),
  ),
);
const reasonColumn = column('reason', '更正原因');

/** Columns of a sheet of scores: one subject a row, or a column for each subject. */
export const scoreSheetColumns: readonly ColumnSpec[] = [...whoColumns, ...oneColumns, ...subjectColumns, reasonColumn];
/** Columns of the template: one row a pupil. */
export const scoreTemplateColumns: readonly ColumnSpec[] = [
  ...whoColumns.filter(({ key }) => key !== 'school'),
  ...subjectColumns.filter(({ label }) => templateSubjects.includes(label)),
  reasonColumn,
];

/** How many rows such a sheet may have. */
export const scoreSheetRows = 3000;

/** A row as it was read. */
export interface ScoreRowAsked {
  school: string;
  className: string;
  name: string;
  number: string;
  exam: ExamKey;
  scores: readonly SubjectScore[];
  /** Why scores that stand are changed. */
  reason: string;
}

const bare = (cell: string | undefined): string => normalizeText(cell ?? '').replace(/\s+/gu, '');

/** Reads a term: 2026—2027学年第一学期, 2026学年上学期, 2027年春季, 2026-2027-2; 第一学期 alone is of the school year of today, 上学期 alone could be two and is none. */
export function readTerm(cell: string, today: DateText): TermKey | null {
  const text = bare(cell);
  if (text === '本学期') return termOf(today);
  const season = /^(20\d{2})年?(春|秋)/u.exec(text);
  if (season) {
    const year = Number(season[1]);
    return season[2] === '秋' ? { schoolYear: year, term: 1 } : { schoolYear: year - 1, term: 2 };
  }
  const term = /第?一学期|上学期|^秋季?(学期)?$|[-—–]1$|^1$/u.test(text)
    ? 1
    : /第?二学期|下学期|^春季?(学期)?$|[-—–]2$|^2$/u.test(text)
      ? 2
      : null;
  if (term === null) return null;
  const year = /20\d{2}/u.exec(text)?.[0] ?? /^\d{2}(?=[-—–]\d{2}学年)/u.exec(text)?.[0];
  if (year === undefined) return /[上下]学期/u.test(text) ? null : { schoolYear: schoolYearOf(today), term };
  return { schoolYear: Number(year.slice(-2)) + 2000, term };
}

/** Reads the name of an examination; what the rules do not allow is a fault with the clause. */
function readExam(cell: string): { exam: Exam } | { fault: string } {
  const text = bare(cell);
  if (/月考|周考|周测|单元/u.test(text))
    return { fault: `学校和班级不得组织周考、月考、单元考试（教基厅〔2021〕34号），不登记“${text}”的成绩` };
  if (/期中/u.test(text)) return { exam: 'midterm' };
  if (/期末/u.test(text)) return { exam: 'final' };
  if (/二模|二次模拟/u.test(text)) return { exam: 'secondMock' };
  if (/模拟|一模/u.test(text)) return { exam: 'firstMock' };
  return { fault: text === '' ? '请填写考试名称' : `不认识的考试“${text}”，请填：期末、期中、第一次模拟、第二次模拟` };
}

const otherRatings: Readonly<Record<string, Rating>> = {
  优秀: 'A',
  甲: 'A',
  良好: 'B',
  乙: 'B',
  中等: 'C',
  合格: 'C',
  及格: 'C',
  丙: 'C',
  差: 'D',
  不合格: 'D',
  不及格: 'D',
  丁: 'D',
  待努力: 'E',
};

function readRating(text: string): Rating | undefined {
  const letter = text.toUpperCase();
  return ratings.find((one) => one === letter || ratingWords[one] === text) ?? otherRatings[text];
}

/** Reads what stands in the cell of a subject: 85, 96/120, 优, B, 缺考. */
function readScore(subject: string, cell: string, full: number): SubjectScore | { fault: string } {
  const text = bare(cell);
  if (/^(缺考|免考|缓考|未考|缺)$/u.test(text)) return { subject, missed: true };
  const rating = readRating(text);
  if (rating !== undefined) return { subject, rating };
  const found = /^(\d{1,4}(?:\.\d{1,2})?)分?(?:\/(\d{1,4}(?:\.\d)?)分?)?$/u.exec(text);
  if (!found)
    return {
      fault: `不认识的${subject}成绩“${text}”，请填分数（满分不是100的写成96/120）、等级（优、良、中、待合格）或缺考`,
    };
  const points = Number(found[1]);
  const of = found[2] === undefined ? full : Number(found[2]);
  if (of <= 0) return { fault: `${subject}的满分应大于0` };
  if (points > of)
    return { fault: `${subject}的分数${String(points)}超过满分${String(of)}，满分不是100的请写成96/120，或填写“满分”` };
  return { subject, points, full: of };
}

/** The subject of a cell by its name or another name of it. */
function subjectOf(cell: string): string | undefined {
  const text = bare(cell);
  return subjects.find((one) => one === text || subjectNames[one]?.includes(text) === true);
}

function readScores(raw: RawRow): { scores: SubjectScore[]; faults: string[] } {
  const [scores, faults] = [[] as SubjectScore[], [] as string[]];
  const fullCell = bare(raw['full']).replace(/分$/u, '');
  const full = fullCell === '' ? 100 : Number(fullCell);
  if (!(full > 0 && full <= 1000)) return { scores, faults: ['满分应为大于0的数'] };
  const take = (subject: string, cell: string) => {
    const read = readScore(subject, cell, full);
    if ('fault' in read) faults.push(read.fault);
    else if (scores.some((one) => one.subject === subject)) faults.push(`${subject}写了两次`);
    else scores.push(read);
  };
  const [named, points, rating] = [bare(raw['subject']), bare(raw['points']), bare(raw['rating'])];
  const value = points === '' ? rating : points;
  if (named !== '') {
    const subject = subjectOf(named);
    if (subject === undefined) faults.push(`不认识的学科“${named}”，请填：${subjects.join('、')}`);
    else if (value === '') faults.push(`请填写${subject}的分数或等级`);
    else take(subject, value);
  } else if (value !== '') faults.push('请填写学科');
  for (const subject of subjects) {
    const cell = bare(raw[subjectKey(subject)]);
    if (cell !== '') take(subject, cell);
  }
  if (scores.length === 0 && faults.length === 0) faults.push('没有填写任何学科的成绩');
  return { scores, faults };
}

/** Whether a row gives no score at all: a pupil of the template who was left blank. */
export function hasNoScore(raw: RawRow): boolean {
  return ['subject', 'points', 'rating', ...subjects.map(subjectKey)].every((key) => bare(raw[key]) === '');
}

/** Why scores of a term are not taken on a day: it is still to come, or past what is kept. */
function termFault(key: TermKey, today: DateText): string | null {
  if (termOrder(key) > termOrder(termOf(today))) return `还没有到${termWords(key)}`;
  return key.schoolYear < schoolYearOf(today) - 1 ? '只登记和保存本学年和上一学年的成绩' : null;
}

/** Reads a row: what was said, or every reason why it cannot be read, in words that say what to do. */
export function readScoreRow(raw: RawRow, today: DateText): { asked: ScoreRowAsked } | { faults: string[] } {
  const cell = (key: string) => normalizeText(raw[key] ?? '');
  const faults: string[] = [];
  if (cell('name') === '') faults.push('姓名为空');
  const number = numberOfCell(raw['documentNumber']);
  if (/[*＊]/u.test(number)) faults.push('请填写完整的学籍号或身份证件号');
  if (cell('class') === '' && number === '') faults.push('请填写班级，或填写学籍号');
  const term = readTerm(cell('term'), today);
  if (term === null) faults.push('学期无法识别，请写成2026—2027学年第一学期这样');
  const late = term === null ? null : termFault(term, today);
  if (late !== null) faults.push(late);
  const exam = readExam(cell('exam'));
  if ('fault' in exam) faults.push(exam.fault);
  const read = readScores(raw);
  faults.push(...read.faults);
  if (term === null || 'fault' in exam || faults.length > 0) return { faults };
  return {
    asked: {
      school: cell('school'),
      className: cell('class'),
      name: normalizeName(cell('name')),
      number,
      exam: { ...term, exam: exam.exam },
      scores: read.scores,
      reason: cell('reason').slice(0, 300),
    },
  };
}
