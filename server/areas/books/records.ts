import type { ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/books-records.ts';
import { Failure, notFound } from '#domain/basics/failure.ts';
import { reaches, reachToken } from '#domain/basics/reach.ts';
import { inspectionState, type WorkContent, type WorkKind, type WorkWritten } from '#domain/books/work-record.ts';
import { workKindWords } from '#domain/books/work-words.ts';
import { readSettings, schoolsOf } from '#server/areas/organisations/actions.ts';
import type { Context } from '#server/http/context.ts';
import { allowedOf } from './list-records.ts';
import { tellFindings } from './record-steps.ts';
import { asItStands, openRecord, papersAt, standingRecord, writeVersion } from './record-versions.ts';
import { readRecordPapers, type RecordPaper } from './store-record-papers.ts';
import { isClassOf, isHelped, pupilsOfSchool, staffOfSchool, type WorkRow } from './store-records.ts';

const measure = '条';
const blank: WorkContent = { title: '', words: '', people: '', findings: [], mended: null, rechecked: null, difficulties: [], help: [] }; // prettier-ignore

function wrong(path: string, words: string): Failure {
  return new Failure('input-wrong', words, { issues: [{ path, words }] });
}

/** The school and class of what is written: within reach, the class of that school; the reach of the row. */
async function placeOf(context: Context, schoolId: string, classId: string | null): Promise<string[]> {
  const { client, district } = context;
  if (!(await schoolsOf(context)).some((one) => one.id === schoolId)) throw notFound('学校', '所');
  const reach = [reachToken('school', schoolId), ...(classId === null ? [] : [reachToken('class', classId)])];
  if (!reaches(context.reach, reach)) throw notFound('学校', '所');
  if (classId !== null && !(await isClassOf(client, district, classId, schoolId))) throw notFound('班级', '个');
  return reach;
}

/** The record that is changed: of the same kind, standing; without an id there is none. */
async function recordToChange(
  context: Context,
  { firstId, seen, reason }: Pick<ParsedOf<typeof contract.keepRecord>, 'firstId' | 'seen' | 'reason'>,
  kind: WorkKind,
): Promise<WorkRow | null> {
  if (firstId === undefined) return null;
  const row = await standingRecord(context, { firstId, seen });
  if (row?.kind !== kind) throw notFound('记录', measure);
  if (!['stands', 'open', 'helped'].includes(row.state))
    throw new Failure('wrong-step', '这条记录已经办结或撤销，不能再改。');
  if (reason === undefined) throw wrong('reason', '请写明更正的原因。');
  return row;
}

function dayFits(context: Context, day: string): void {
  if (day > context.today) throw wrong('day', '不能晚于今天。');
}

/** The scans of a corrected record: those named now as its own, and what its steps had. */
async function papersOf(context: Context, before: WorkRow | null, ids: readonly string[]): Promise<RecordPaper[]> {
  const had = before === null ? [] : await readRecordPapers(context.client, context.district, [before.id]);
  const ofSteps = had.filter((one) => one.place !== 'record');
  const own = ids.filter((id) => !ofSteps.some((one) => one.paperId === id));
  return [...papersAt(own, 'record'), ...ofSteps];
}

/** Checks the people of a record: staff and pupils of that school and class, and for help to a pupil that he is not helped already. */
async function peopleOf(
  context: Context,
  written: WorkWritten,
  before: { row: WorkRow; content: WorkContent } | null,
): Promise<{ id: string; reach: string[] }[]> {
  const { client, district } = context;
  const { schoolId, classId, day, staffIds, childIds, difficulties } = written;
  const staff = await staffOfSchool(client, district, { schoolId, day, ids: staffIds });
  if (staffIds.some((id) => !staff.has(id))) throw wrong('staffIds', '所选教师不在这所学校任职。');
  const pupils = await pupilsOfSchool(client, district, { schoolId, classId, day, ids: childIds });
  if (childIds.some((id) => !pupils.has(id))) throw wrong('childIds', '所选学生不在这所学校或这个班。');
  if (written.kind === 'pairing') {
    const offered = (await readSettings(context, context.today))['pairing.difficulties'];
    const known = [...offered, ...(before?.content.difficulties ?? [])];
    if (difficulties.some((one) => !known.includes(one))) throw wrong('difficulties', '困难类别已更改，请重新选择。');
    for (const childId of childIds)
      if (await isHelped(client, district, childId, before?.row.first_id ?? null))
        throw wrong('childIds', '这名学生已有在办的帮扶，请在那条记录中续记。');
  }
  return [...pupils].map(([id, reach]) => ({ id, reach }));
}

/** Keeps a plan, letter, aid, help to a pupil or activity, or its correction as a new version. */
export async function keepRecord(
  context: Context,
  input: ParsedOf<typeof contract.keepRecord>,
): Promise<{ id: string }> {
  const { written } = input;
  dayFits(context, written.day);
  const row = await recordToChange(context, input, written.kind);
  const before = row === null ? null : { row, content: openRecord(context, row) };
  const reach = await placeOf(context, written.schoolId, written.classId);
  if (row && row.school_id !== written.schoolId) throw wrong('schoolId', '更正不能换学校，请撤销后重新登记。');
  const children = await peopleOf(context, written, before);
  const { title, words, people, difficulties } = written;
  const { id } = await writeVersion(context, row, {
    id: input.id,
    kind: written.kind,
    sort: written.sort,
    state: written.kind === 'pairing' ? 'helped' : 'stands',
    schoolId: written.schoolId,
    classId: written.classId,
    day: written.day,
    dueDate: null,
    staffIds: written.staffIds,
    content: { ...(before?.content ?? blank), title, words, people, difficulties },
    reason: input.reason ?? null,
    reach,
    children,
    papers: await papersOf(context, row, written.papers),
  });
  return { id };
}

/** Keeps an inspection with its findings, or its correction; findings are owed by the school until their day. */
export async function keepInspection(
  context: Context,
  input: ParsedOf<typeof contract.keepInspection>,
): Promise<{ id: string }> {
  const { written } = input;
  dayFits(context, written.day);
  const before = await recordToChange(context, input, 'inspection');
  const reach = await placeOf(context, written.schoolId, null);
  if (before && before.school_id !== written.schoolId) throw wrong('schoolId', '更正不能换学校。');
  const { title, words, people, findings, schoolId, day } = written;
  // What was mended and rechecked of findings that are still open stays said; where there is nothing left to mend it goes.
  const kept = before === null ? blank : openRecord(context, before);
  const stood = findings.length === 0 ? { ...kept, mended: null, rechecked: null } : kept;
  const dueDate = findings.length === 0 ? null : written.dueDate;
  const made = await writeVersion(context, before, {
    id: input.id,
    kind: 'inspection',
    sort: written.sort,
    state: inspectionState(findings),
    schoolId,
    classId: null,
    day,
    dueDate,
    staffIds: [],
    content: { ...stood, title, words, people, findings },
    reason: input.reason ?? null,
    reach,
    children: [],
    papers: await papersOf(context, before, written.papers),
  });
  if (dueDate === null && before?.state === 'open') await findingsGone(context, made.firstId);
  const again = stood.rechecked?.passed === false;
  await tellFindings(context, made, { schoolId, day, dueDate, findings, again });
  return { id: made.id };
}

async function findingsGone(context: Context, inspectionId: string): Promise<void> {
  await context.announce({ kind: 'books.findingsGone', inspectionId, at: context.now.toISOString() });
}

/** Takes back a record that was kept in error; of an inspection only who inspects as well. */
export async function withdrawRecord(
  context: Context,
  input: ParsedOf<typeof contract.withdrawRecord>,
): Promise<{ id: string }> {
  const row = await standingRecord(context, input);
  if (!row) throw notFound('记录', measure);
  if (!allowedOf(context, row).change)
    throw new Failure('wrong-step', `这条${workKindWords[row.kind]}记录现在不能由您撤销。`);
  const stands = await asItStands(context, row);
  const { id } = await writeVersion(context, row, { ...stands, id: input.id, state: 'withdrawn', reason: input.reason }); // prettier-ignore
  if (row.state === 'open') await findingsGone(context, row.first_id);
  return { id };
}
