import type { z } from 'zod';
import type { WorkRecord } from '#contract/books-records.ts';
import { workSorts, type WorkKind, type WorkSort } from '#domain/books/work-record.ts';

/** A record as pages have it. */
export type RecordRow = z.output<typeof WorkRecord>;

/** What is written in the form of a record, of whatever kind. */
export interface RecordFields {
  sort: WorkSort;
  schoolId: string;
  classId?: string | null;
  day: string;
  title: string;
  words?: string;
  people?: string;
  staffIds?: string[];
  childIds?: string[];
  difficulties?: string[];
  findings?: string;
  dueDate?: string | null;
  papers?: string[];
  reason?: string;
}

/** The words of the fields by kind. */
export const fieldWords: Record<WorkKind, { label: string; hint: string; words: string }> = {
  plan: { label: '文件名称', hint: '如：2026—2027学年控辍保学工作方案', words: '正文（也可只上传扫描件）' },
  letter: { label: '名称', hint: '如：2026年秋季控辍保学责任书', words: '原件存放处和说明' },
  aid: { label: '资助项目', hint: '如：秋季家庭经济困难学生生活补助', words: '资金来源和说明' },
  pairing: { label: '帮扶目标', hint: '如：数学跟上班级进度，家庭申请到补助', words: '帮扶措施' },
  activity: { label: '活动内容', hint: '如：义务教育法宣传周', words: '开展情况' },
  inspection: { label: '督查内容', hint: '如：开学控辍保学督查', words: '总体情况' },
};

/** What stands in the form at first: of a record that is corrected what it says, else its kind's first sort and today. */
export function startOf(
  row: RecordRow | null,
  kind: WorkKind,
  schoolId: string | undefined,
  today: string,
): Partial<RecordFields> {
  const [sort] = workSorts[kind];
  if (row === null) return { sort, day: today, ...(schoolId === undefined ? {} : { schoolId }) };
  const { title, words, people, findings, difficulties } = row.content;
  return {
    sort: Object.values(workSorts[kind]).find((one) => one === row.sort) ?? sort,
    schoolId: row.schoolId,
    classId: row.classId,
    day: row.day,
    title,
    words,
    people,
    staffIds: row.staff.map((one) => one.id),
    childIds: row.children.map((one) => one.id),
    difficulties,
    findings: findings.join('\n'),
    dueDate: row.dueDate,
    papers: row.papers.filter((one) => one.place === 'record' && !one.voided).map((one) => one.id),
  };
}
