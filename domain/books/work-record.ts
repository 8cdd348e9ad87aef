import { z } from 'zod';
import type { ChildTag } from '#domain/population/record.ts';

/** What the books hold beside cases, visits and reports: the school's own plan, letters signed, aid given, pupils in several difficulties, activities held, inspections. */
export const workKinds = ['plan', 'letter', 'aid', 'pairing', 'activity', 'inspection'] as const;
/** A kind of work record. */
export type WorkKind = (typeof workKinds)[number];

/** The sorts of each kind: of a plan, the layer of a letter, the form of aid, of activity and of inspection (D§4.5, 4.9, 4.10, 4.12, 4.14). */
export const workSorts = {
  plan: ['workPlan', 'leadingGroup', 'otherPlan'],
  letter: ['schoolTeacher', 'teacherGuardian', 'guardianPupil', 'entryNotice'],
  aid: ['subsidy', 'waiver', 'goods', 'fund', 'otherAid'],
  pairing: ['teacherPupil'],
  activity: ['publicity', 'classMeeting', 'collective', 'homeVisits', 'parents'],
  inspection: ['planned', 'unannounced'],
} as const satisfies Record<WorkKind, readonly string[]>;
/** A sort of any kind. */
export type WorkSort = (typeof workSorts)[WorkKind][number];

/**
 * `stands` and `withdrawn`; an inspection with findings is `open`, `mended` by the school, `settled` after the recheck; a pupil in several
 * difficulties is `helped` until that is `ended`.
 */
export const workStates = ['stands', 'withdrawn', 'open', 'mended', 'settled', 'helped', 'ended'] as const;
/** A state of a work record. */
export type WorkState = (typeof workStates)[number];

/** What a paper of a record belongs to: the record itself, what was mended, the recheck, or an entry of the help given. */
export const paperPlaces = ['record', 'mended', 'rechecked', 'help'] as const;
/** A place of a paper in its record. */
export type PaperPlace = (typeof paperPlaces)[number];

/** What an entry about the help given is: a contact, the result of a term, or its end (D§4.12). */
export const helpKinds = ['contact', 'termResult', 'exit'] as const;
/** A kind of entry about the help given. */
export type HelpKind = (typeof helpKinds)[number];

const Words = z.string().trim().max(1000, '最多 1000 字。');
/** How long the text of a plan may be, in characters. */
export const longestPlan = 20_000;
/** The papers of an entry, in their order. */
export const Papers = z.array(z.uuid()).max(20, '最多 20 份。').default([]);

/** What was done on a day about the findings of an inspection, and by whom. */
const Answer = z.object({ day: z.string(), words: Words, byName: z.string() });
/** What a record says, as it is sealed. */
export const WorkContent = z.object({
  /** What it was, in a line; of help to a pupil its goal. */
  title: z.string(),
  /** The text of a plan, source of the aid, what was done, where the originals lie; of help to a pupil how it is given. */
  words: z.string(),
  /** Who held or carried it out; the inspectors; who helps beside the teachers named. */
  people: z.string(),
  /** What the inspection found, one a line; empty: nothing to mend. */
  findings: z.array(z.string()),
  mended: Answer.nullable(),
  rechecked: Answer.extend({ passed: z.boolean() }).nullable(),
  /** In what a pupil is in difficulty, in the words of the bureau. */
  difficulties: z.array(z.string()).default([]),
  /** The help that was given to a pupil, entry by entry. */
  help: z.array(Answer.extend({ what: z.enum(helpKinds) })).default([]),
});
/** What a record says. */
export type WorkContent = z.infer<typeof WorkContent>;

const keptKinds = ['plan', 'letter', 'aid', 'pairing', 'activity'] as const;
/** A record of any kind but an inspection as it is written. */
export const WorkWritten = z
  .object({
    kind: z.enum(keptKinds),
    sort: z.enum([
      ...workSorts.plan,
      ...workSorts.letter,
      ...workSorts.aid,
      ...workSorts.pairing,
      ...workSorts.activity,
    ]),
    schoolId: z.uuid(),
    /** The class it was in; without one the whole school. */
    classId: z.uuid().nullable().default(null),
    day: z.iso.date('请填写日期。'),
    title: z.string().trim().min(2, '请写明名称。').max(60, '名称最多 60 字。'),
    words: z
      .string()
      .trim()
      .max(longestPlan, `最多 ${String(longestPlan)} 字。`)
      .default(''),
    people: z.string().trim().max(200, '最多 200 字。').default(''),
    /** Whose letter to the school was signed; who helps a pupil. */
    staffIds: z.array(z.uuid()).max(500).default([]),
    /** The pupils whose letter was signed, who were given aid, or the one who is helped. */
    childIds: z.array(z.uuid()).max(3000).default([]),
    /** In what the pupil is in difficulty. */
    difficulties: z.array(z.string().trim().min(2).max(20)).max(8).default([]),
    papers: Papers,
  })
  .superRefine((written, context) => {
    const fault = writtenFault(written);
    if (fault) context.addIssue({ code: 'custom', path: [fault.path], message: fault.words });
  });
/** A record of any kind but an inspection as it is written. */
export type WorkWritten = z.infer<typeof WorkWritten>;

interface Fault {
  path: 'sort' | 'staffIds' | 'childIds' | 'classId' | 'words' | 'difficulties';
  words: string;
}

/** What is wrong in a record as it is written; null: nothing. */
export function writtenFault(
  written: Omit<WorkWritten, 'schoolId' | 'day' | 'title' | 'sort'> & { sort: string },
): Fault | null {
  const { kind, sort, words } = written;
  if (!workSorts[kind].some((one) => one === sort)) return { path: 'sort', words: '请选择这一类的形式。' };
  if (kind !== 'plan' && words.length > 1000) return { path: 'words', words: '最多 1000 字。' };
  if (kind !== 'pairing' && written.difficulties.length > 0)
    return { path: 'difficulties', words: '只有双困生帮扶登记困难类别。' };
  return kind === 'plan' ? planFault(written) : kind === 'pairing' ? pairingFault(written) : namesFault(written);
}

type Named = Parameters<typeof writtenFault>[0];

function planFault({ classId, words, papers, childIds, staffIds }: Named): Fault | null {
  if (classId !== null) return { path: 'classId', words: '工作方案是全校的，不选班级。' };
  if (childIds.length > 0 || staffIds.length > 0) return { path: 'childIds', words: '这一类不按学生、教师登记。' };
  return words === '' && papers.length === 0 ? { path: 'words', words: '请填写正文，或上传扫描件。' } : null;
}

/** 双困生: one pupil in difficulty in at least two of the ways that the bureau names, with who helps (D§4.12). */
function pairingFault({ classId, childIds, staffIds, people, difficulties }: Named): Fault | null {
  if (classId === null) return { path: 'classId', words: '请选择班级。' };
  if (childIds.length !== 1) return { path: 'childIds', words: '请选择一名学生，一名学生登记一份。' };
  if (new Set(difficulties).size < 2) return { path: 'difficulties', words: '双困生至少有两方面的困难。' };
  return staffIds.length === 0 && people === '' ? { path: 'staffIds', words: '请选择帮扶教师。' } : null;
}

function namesFault({ kind, sort, classId, childIds, staffIds }: Named): Fault | null {
  const toStaff = sort === 'schoolTeacher';
  if (toStaff && staffIds.length === 0) return { path: 'staffIds', words: '请选择已签的教师。' };
  if (!toStaff && kind === 'letter' && classId === null) return { path: 'classId', words: '请选择班级。' };
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
    papers: Papers,
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

/** The day on which the help to a pupil ended; null: it goes on. */
export function helpEndedOn(content: Pick<WorkContent, 'help'>): string | null {
  return content.help.find((one) => one.what === 'exit')?.day ?? null;
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
