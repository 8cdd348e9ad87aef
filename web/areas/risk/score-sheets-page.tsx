import { Select } from 'antd';
import { useState } from 'react';
import { scoreSheetCalls, scoreTemplate } from '#contract/risk-scores.ts';
import { subjects } from '#domain/risk/score-sheet.ts';
import { exams, examWords, termBefore, termOf, termWords, type Exam } from '#domain/risk/scores.ts';
import { fileUrl } from '#web/api/call.ts';
import { useMe } from '#web/api/me.ts';
import { DownloadButton } from '#web/parts/download-button.tsx';
import type { SheetDesk } from '#web/parts/work-sheet-words.ts';
import { WorkSheetPage } from '#web/parts/work-sheet.tsx';
import { WorkSheetsPage } from '#web/parts/work-sheets.tsx';

const folded: ReadonlySet<string> = new Set([
  'subject',
  'points',
  'full',
  'rating',
  ...subjects.map((subject) => `subject.${subject}`),
]);

const desk: SheetDesk = {
  calls: scoreSheetCalls,
  title: '成绩登记',
  words: [
    '下载成绩表，填写各学科的分数、等级或缺考后上传；也可用本校自己的表：每行一名学生，各学科一列，或每行一名学生的一个学科（学科、分数、满分、等级）。',
    '先逐行预览，有问题的行在页面上更正。同一份表再传一次不会重复登记；更正已登记的成绩要写更正原因。',
    '成绩只供本班班主任和本校查看，教育局、街道和社区看不到，不公布、不排名；只保存本学年和上一学年的。',
  ],
  path: '/risks/scores',
  back: { to: '/risks', words: '回到预警' },
  verb: '登记',
  after: '成绩已登记；明显下滑的学生列在“预警”里。',
  refresh: ['risk', 'statistics'],
  folded: (key) => folded.has(key),
};

/** 成绩登记: the template of an examination, the upload, and the sheets handed in before. */
export function ScoreSheetsPage() {
  const { today } = useMe();
  const now = termOf(today);
  const terms = [now, termBefore(now), termBefore(termBefore(now))].filter(
    ({ schoolYear }) => schoolYear >= now.schoolYear - 1,
  );
  const [term, setTerm] = useState(`${String(now.schoolYear)}-${String(now.term)}`);
  const [exam, setExam] = useState<Exam>('final');
  return (
    <WorkSheetsPage
      desk={desk}
      template={
        <>
          <Select
            aria-label="学期"
            value={term}
            style={{ minWidth: 230 }}
            options={terms.map((one) => ({
              value: `${String(one.schoolYear)}-${String(one.term)}`,
              label: termWords(one),
            }))}
            onChange={setTerm}
          />
          <Select
            aria-label="考试"
            value={exam}
            style={{ minWidth: 130 }}
            options={exams.map((value) => ({ value, label: examWords[value] }))}
            onChange={setExam}
          />
          <DownloadButton url={fileUrl(scoreTemplate, { term, exam })} words="下载成绩表" />
        </>
      }
    />
  );
}

/** One sheet of scores row by row. */
export function ScoreSheetPage() {
  return <WorkSheetPage desk={desk} />;
}
