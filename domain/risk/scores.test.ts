import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hasNoScore, readScoreRow, readTerm, scoreTemplateColumns } from './score-sheet.ts';
import {
  averageOf,
  examOrder,
  exams,
  scoreSign,
  termBefore,
  termOf,
  termOrder,
  unlawfulExam,
  type ExamScores,
  type Rating,
  type SubjectScore,
} from './scores.ts';

const today = '2026-11-20';
const rule = { fall: 20, fails: 3 };
const now = { schoolYear: 2026, term: 1, exam: 'final' } as const;
const then = { schoolYear: 2025, term: 2, exam: 'final' } as const;
const points = (list: Readonly<Record<string, number>>): SubjectScore[] =>
  Object.entries(list).map(([subject, got]) => ({ subject, points: got, full: 100 }));
const of = (key: typeof now | typeof then, list: Readonly<Record<string, number>>): ExamScores => ({
  ...key,
  scores: points(list),
});

test('RSK-10 an average that falls by the threshold is a sign that says both averages; the words for everybody say no mark', () => {
  const sign = scoreSign([of(now, { 语文: 50, 数学: 54 }), of(then, { 语文: 80, 数学: 76 })], rule, today);
  expect(sign).toMatchObject({
    kind: 'scoreFall',
    strength: 2,
    words: '成绩明显下滑（学校已掌握）',
    reason: '本学期期末平均得分率 52 %，上学期期末 78 %，下降 26 个百分点',
  });
  expect(scoreSign([of(now, { 语文: 60, 数学: 60 }), of(then, { 语文: 80, 数学: 80 })], rule, today)).not.toBeNull();
  expect(scoreSign([of(now, { 语文: 61, 数学: 60 }), of(then, { 语文: 80, 数学: 80 })], rule, today)).toBeNull();
  expect(scoreSign([of(now, { 语文: 20 })], rule, today)).toBeNull();
});

test('RSK-10 three more subjects failed are a sign without such a fall', () => {
  const before = { 语文: 62, 数学: 61, 英语: 63, 历史: 90 };
  const three = scoreSign([of(now, { 语文: 58, 数学: 55, 英语: 59, 历史: 90 }), of(then, before)], rule, today);
  expect(three?.reason).toBe(
    '本学期期末平均得分率 65.5 %，上学期期末 69 %，下降 3.5 个百分点；不及格学科由 0 门增至 3 门',
  );
  expect(scoreSign([of(now, { 语文: 58, 数学: 55, 英语: 63, 历史: 90 }), of(then, before)], rule, today)).toBeNull();
});

test('RSK-10 only subjects of both examinations count, grades by their shares, who did not sit one not at all', () => {
  const added = scoreSign([of(now, { 语文: 80, 物理: 10 }), of(then, { 语文: 82, 美术: 95 })], rule, today);
  expect(added).toBeNull();
  const graded = (rating: Rating): SubjectScore[] => [{ subject: '语文', rating }];
  const one = (a: SubjectScore[], b: SubjectScore[]) => scoreSign([{ ...now, scores: a }, { ...then, scores: b }], rule, today); // prettier-ignore
  expect(one(graded('B'), graded('A'))).toBeNull();
  expect(one(graded('C'), graded('A'))?.reason).toContain('65 %，上学期期末 95 %，下降 30 个百分点');
  expect(one([{ subject: '语文', missed: true }], graded('A'))).toBeNull();
  expect(averageOf([{ subject: '语文', missed: true }])).toBeNull();
  const some = scoreSign([of(now, { 语文: 40, 物理: 90 }), of(then, { 语文: 80 })], rule, today);
  expect(some?.reason).toContain('（按两次都有的 1 门学科）');
});

test('RSK-10 the latest examination counts, and only while it is of this term or the last', () => {
  const falls = [of(now, { 语文: 50 }), of(then, { 语文: 80 })];
  expect(scoreSign(falls, rule, '2027-06-20')?.reason).toContain(
    '上学期期末平均得分率 50 %，2025—2026学年第二学期期末 80 %',
  );
  expect(scoreSign(falls, rule, '2027-09-01')).toBeNull();
  const better: ExamScores = { schoolYear: 2026, term: 2, exam: 'midterm', scores: points({ 语文: 79 }) };
  expect(scoreSign([...falls, better], rule, '2027-06-20')).toBeNull();
});

const score = fc.record({
  subject: fc.constantFrom('语文', '数学', '英语', '历史'),
  points: fc.integer({ min: 0, max: 100 }),
  full: fc.constant(100),
});
const paper = fc.uniqueArray(score, { selector: (one) => one.subject, maxLength: 4 });

test('RSK-10 over random papers: a sign has its ground, the order of papers does not matter, and better marks never make one', () => {
  fc.assert(
    fc.property(paper, paper, fc.integer({ min: 5, max: 60 }), fc.integer({ min: 1, max: 4 }), (a, b, fall, fails) => {
      const bounds = { fall, fails };
      const [latest, before] = [
        { ...now, scores: a },
        { ...then, scores: b },
      ];
      const sign = scoreSign([latest, before], bounds, today);
      expect(scoreSign([before, latest], bounds, today)).toEqual(sign);
      const shared = a.filter((one) => b.some((other) => other.subject === one.subject));
      if (sign !== null) expect(shared.length).toBeGreaterThan(0);
      const asGood = shared.every(
        (one) => one.points >= (b.find((other) => other.subject === one.subject)?.points ?? 0),
      );
      if (asGood) expect(sign).toBeNull();
      const raised = { ...now, scores: a.map((one) => ({ ...one, points: Math.min(100, one.points + 10) })) };
      if (sign === null) expect(scoreSign([raised, before], bounds, today)).toBeNull();
    }),
  );
});

test('RSK-10 terms and examinations stand in their order', () => {
  expect(['2026-09-01', '2027-01-31', '2027-02-01', '2027-08-31', '2027-09-01'].map((day) => termOf(day))).toEqual([
    { schoolYear: 2026, term: 1 },
    { schoolYear: 2026, term: 1 },
    { schoolYear: 2026, term: 2 },
    { schoolYear: 2026, term: 2 },
    { schoolYear: 2027, term: 1 },
  ]);
  expect(termOrder(now) - termOrder(termBefore(now))).toBe(1);
  const order = exams.map((exam) => examOrder({ ...now, exam }));
  expect([...order].sort((a, b) => a - b)).toEqual(order);
  expect(examOrder({ schoolYear: 2026, term: 2, exam: 'midterm' })).toBeGreaterThan(examOrder(now));
});

test('RSK-08 examinations that the rules forbid name the clause', () => {
  const midterm = { ...now, exam: 'midterm' } as const;
  const mock = { schoolYear: 2026, term: 2, exam: 'firstMock' } as const;
  expect(unlawfulExam(now, 2, true)).toContain('小学一、二年级不进行纸笔考试（教基厅〔2021〕34号）');
  expect(unlawfulExam(now, 2, false)).toBeNull();
  expect(unlawfulExam(midterm, 6, false)).toContain('小学每学期只组织一次期末考试');
  expect(unlawfulExam(midterm, 7, true)).toBeNull();
  expect(unlawfulExam(mock, 8, true)).toContain('模拟考试只在初中毕业年级下学期组织');
  expect(unlawfulExam({ ...mock, term: 1 }, 9, true)).toContain('模拟考试');
  expect([unlawfulExam(mock, 9, true), unlawfulExam(midterm, 0, true)]).toEqual([null, null]);
});

test('RSK-07 terms are read as schools write them; 上学期 alone could be two', () => {
  const read = (cell: string) => {
    const key = readTerm(cell, today);
    return key === null ? null : `${String(key.schoolYear)}-${String(key.term)}`;
  };
  expect(
    ['2026—2027学年第一学期', '2025-2026学年第二学期', '2026学年上学期', '25-26学年下学期', '2026-2027-1', '2026年秋季', '2026年春', '第一学期', '本学期'].map(read), // prettier-ignore
  ).toEqual(['2026-1', '2025-2', '2026-1', '2025-2', '2026-1', '2026-1', '2025-2', '2026-1', '2026-1']);
  expect(['上学期', '2026', '', '第三学期'].map(read)).toEqual([null, null, null, null]);
});

const who = { class: '七年级1班', name: '李一', term: '2026—2027学年第一学期', exam: '期末' };
const readRow = (more: Readonly<Record<string, string>>) => readScoreRow({ ...who, ...more }, today);
const scoresOf = (more: Readonly<Record<string, string>>) => {
  const read = readRow(more);
  return 'asked' in read ? read.asked.scores : read.faults;
};

test('RSK-07 a row is a pupil and a subject, or a pupil with a column for each subject', () => {
  expect(scoresOf({ subject: '语文', points: '85.5' })).toEqual([{ subject: '语文', points: 85.5, full: 100 }]);
  expect(scoresOf({ subject: '生物', points: '９６分', full: '120' })).toEqual([{ subject: '生物学', points: 96, full: 120 }]); // prettier-ignore
  expect(scoresOf({ subject: '音乐', rating: '良好' })).toEqual([{ subject: '音乐', rating: 'B' }]);
  expect(scoresOf({ 'subject.语文': '102/120', 'subject.数学': '缺考', 'subject.美术': 'a' })).toEqual([
    { subject: '语文', points: 102, full: 120 },
    { subject: '数学', missed: true },
    { subject: '美术', rating: 'A' },
  ]);
  expect(scoreTemplateColumns.map(({ label }) => label)).toContain('语文');
});

test('RSK-08 what cannot be read says what to do', () => {
  const faults = (more: Readonly<Record<string, string>>) => {
    const read = readRow(more);
    return 'faults' in read ? read.faults.join('；') : '';
  };
  expect(faults({ subject: '语文', points: '110' })).toContain('语文的分数110超过满分100');
  expect(faults({ subject: '炼金术', points: '85' })).toContain('不认识的学科“炼金术”，请填：语文');
  expect(faults({ 'subject.语文': '很好' })).toContain('不认识的语文成绩“很好”');
  expect(faults({ points: '85' })).toBe('请填写学科');
  expect(faults({})).toBe('没有填写任何学科的成绩');
  expect([hasNoScore(who), hasNoScore({ ...who, subject: '语文' })]).toEqual([true, false]);
  expect(faults({ subject: '语文', points: '85', 'subject.语文': '85' })).toContain('语文写了两次');
  expect(faults({ subject: '语文', points: '85', exam: '10月月考' })).toContain('不得组织周考、月考、单元考试（教基厅〔2021〕34号）'); // prettier-ignore
  expect(faults({ subject: '语文', points: '85', term: '2026—2027学年第二学期' })).toContain('还没有到2026—2027学年第二学期'); // prettier-ignore
  expect(faults({ subject: '语文', points: '85', term: '2024学年第一学期' })).toContain('只登记和保存本学年和上一学年的成绩'); // prettier-ignore
  expect(faults({ subject: '语文', points: '85', class: '' })).toContain('请填写班级，或填写学籍号');
  expect(faults({ subject: '语文', points: '85', documentNumber: '4201**********5X' })).toContain('请填写完整的学籍号');
});
