import { z } from 'zod';
import type { ChildTag } from '#domain/population/record.ts';

/** What the books hold beside cases, visits and reports: letters signed, aid given, activities held, inspections. */
export const workKinds = ['letter', 'aid', 'activity', 'inspection'] as const;
/** A kind of work record. */
export type WorkKind = (typeof workKinds)[number];

/** The sorts of each kind: the layer of a letter, the form of aid, of activity and of inspection (D§4.9, 4.12, 4.14). */
export const workSorts = {
  letter: ['schoolTeacher', 'teacherGuardian', 'guardianPupil'],
  aid: ['subsidy', 'waiver', 'goods', 'fund', 'otherAid'],
  activity: ['publicity', 'classMeeting', 'collective', 'homeVisits', 'parents'],
  inspection: ['planned', 'unannounced'],
} as const satisfies Record<WorkKind, readonly string[]>;
/** A sort of any kind. */
export type WorkSort = (typeof workSorts)[WorkKind][number];

/** `stands` and `withdrawn`; an inspection with findings is `open`, `mended` by the school, `settled` after the recheck. */
export const workStates = ['stands', 'withdrawn', 'open', 'mended', 'settled'] as const;
/** A state of a work record. */
export type WorkState = (typeof workStates)[number];

const Words = z.string().trim().max(1000, '最多 1000 字。');
/** What was done on a day about the findings of an inspection, and by whom. */
const Answer = z.object({ day: z.string(), words: Words, byName: z.string() });
/** What a record says, as it is sealed. */
export const WorkContent = z.object({
  /** What it was, in a line. */
  title: z.string(),
  /** Source of the aid, what was done, where the originals lie. */
  words: z.string(),
  /** Who held or carried it out; the inspectors. */
  people: z.string(),
  /** What the inspection found, one a line; empty: nothing to mend. */
  findings: z.array(z.string()),
  mended: Answer.nullable(),
  rechecked: Answer.extend({ passed: z.boolean() }).nullable(),
});
/** What a record says. */
export type WorkContent = z.infer<typeof WorkContent>;

/** A record of letters, aid or an activity as it is written. */
export const WorkWritten = z
  .object({
    kind: z.enum(['letter', 'aid', 'activity']),
    sort: z.enum([...workSorts.letter, ...workSorts.aid, ...workSorts.activity]),
    schoolId: z.uuid(),
    /** The class it was in; without one the whole school. */
    classId: z.uuid().nullable().default(null),
    day: z.iso.date('请填写日期。'),
    title: z.string().trim().min(2, '请写明名称。').max(60, '名称最多 60 字。'),
    words: Words.default(''),
    people: z.string().trim().max(200, '最多 200 字。').default(''),
    /** Whose letter to the school was signed. */
    staffIds: z.array(z.uuid()).max(500).default([]),
    /** The pupils whose letter was signed, or who were given aid. */
    childIds: z.array(z.uuid()).max(3000).default([]),
  })
  .superRefine((written, context) => {
    const fault = writtenFault(written);
    if (fault) context.addIssue({ code: 'custom', path: [fault.path], message: fault.words });
  });
/** A record of letters, aid or an activity as it is written. */
export type WorkWritten = z.infer<typeof WorkWritten>;

/** What is wrong in a record as it is written; null: nothing. */
export function writtenFault(
  written: Pick<WorkWritten, 'kind' | 'classId' | 'staffIds' | 'childIds'> & { sort: string },
): { path: 'sort' | 'staffIds' | 'childIds' | 'classId'; words: string } | null {
  const { kind, sort, staffIds, childIds } = written;
  if (!workSorts[kind].some((one) => one === sort)) return { path: 'sort', words: '请选择这一类的形式。' };
  const toStaff = sort === 'schoolTeacher';
  if (toStaff && staffIds.length === 0) return { path: 'staffIds', words: '请选择已签的教师。' };
  if (!toStaff && kind === 'letter' && written.classId === null) return { path: 'classId', words: '请选择班级。' };
  if (!toStaff && kind !== 'activity' && childIds.length === 0) return { path: 'childIds', words: '请选择学生。' };
  if (!toStaff && staffIds.length > 0) return { path: 'staffIds', words: '只有学校与教师的责任书按教师登记。' };
  if ((toStaff || kind === 'activity') && childIds.length > 0)
    return { path: 'childIds', words: '这一类不按学生登记。' };
  return null;
}

/** An inspection as it is written; findings have a day until which they are mended. */
export const InspectionWritten = z
  .object({
    sort: z.enum(workSorts.inspection),
    schoolId: z.uuid(),
    day: z.iso.date('请填写日期。'),
    title: z.string().trim().min(2, '请写明督查内容。').max(60, '最多 60 字。'),
    words: Words.default(''),
    people: z.string().trim().min(2, '请写明督查人员。').max(200, '最多 200 字。'),
    findings: z.array(z.string().trim().min(2, '请写明问题。').max(300, '每条最多 300 字。')).max(50).default([]),
    dueDate: z.iso.date('请填写整改期限。').nullable().default(null),
  })
  .superRefine((written, context) => {
    if (written.findings.length > 0 && (written.dueDate === null || written.dueDate < written.day))
      context.addIssue({ code: 'custom', path: ['dueDate'], message: '请填写整改期限，不早于督查当天。' });
  });
/** An inspection as it is written. */
export type InspectionWritten = z.infer<typeof InspectionWritten>;

/** The state in which an inspection begins: findings are open until mended and rechecked; without any it stands. */
export function inspectionState(findings: readonly string[]): WorkState {
  return findings.length === 0 ? 'stands' : 'open';
}

/** Whether findings were not mended by their day. */
export function isLate(record: { state: WorkState; dueDate: string | null }, day: string): boolean {
  return record.state === 'open' && record.dueDate !== null && record.dueDate < day;
}

/** The lists and marks by which a pupil is to be aided; those of health and disability are closed and no part of it. */
export const aidLists: readonly ChildTag[] = [
  'minimumLiving',
  'extremePoverty',
  'povertyAlleviated',
  'orphan',
  'factOrphan',
  'martyrFamily',
  'poor',
];

/** Words of the kinds. */
export const workKindWords: Record<WorkKind, string> = {
  letter: '责任书',
  aid: '资助',
  activity: '活动',
  inspection: '督查',
};

/** Words of the sorts. */
export const workSortWords: Record<WorkSort, string> = {
  schoolTeacher: '学校与教师',
  teacherGuardian: '教师与家长',
  guardianPupil: '家长与学生',
  subsidy: '生活补助',
  waiver: '费用减免',
  goods: '物资帮助',
  fund: '社会资助',
  otherAid: '其他资助',
  publicity: '宣传教育',
  classMeeting: '主题班会',
  collective: '集体活动',
  homeVisits: '集中家访',
  parents: '家长会',
  planned: '定期督查',
  unannounced: '不定期督查',
};

/** Words of the states. */
export const workStateWords: Record<WorkState, string> = {
  stands: '已登记',
  withdrawn: '已撤销',
  open: '待整改',
  mended: '已整改待复查',
  settled: '已办结',
};
