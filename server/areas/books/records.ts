import type { OutputOf, ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/books-records.ts';
import { Failure, notFound } from '#domain/basics/failure.ts';
import { reaches, reachToken } from '#domain/basics/reach.ts';
import {
  inspectionState,
  isLate,
  workKindWords,
  workSorts,
  workSortWords,
  type WorkContent,
  type WorkKind,
} from '#domain/books/work-record.ts';
import { schoolsOf } from '#server/areas/organisations/actions.ts';
import type { Context } from '#server/http/context.ts';
import { asItStands, openRecord, standingRecord, writeVersion } from './record-versions.ts';
import {
  isClassOf,
  pageRecords,
  pupilsOfSchool,
  readRecordChildren,
  readStaffNames,
  staffOfSchool,
  type WorkRow,
} from './store-records.ts';

const measure = '条';

function wrong(path: string, words: string): Failure {
  return new Failure('input-wrong', words, { issues: [{ path, words }] });
}

/** What this person may do with a record: letters, aid and activities who keeps them; inspections who inspects, their mending the school. */
function allowedOf(context: Context, row: WorkRow): OutputOf<typeof contract.listRecords>['rows'][number]['allowed'] {
  const within = (permission: 'records.keep' | 'records.inspect') => {
    const reach = context.reachFor(permission);
    return reach !== null && reaches(reach, row.reach);
  };
  const live = row.state !== 'withdrawn';
  if (row.kind !== 'inspection') return { change: live && within('records.keep'), mend: false, recheck: false };
  return {
    change: (row.state === 'stands' || row.state === 'open') && within('records.inspect'),
    mend: row.state === 'open' && within('records.keep'),
    recheck: row.state === 'mended' && within('records.inspect'),
  };
}

/** The words of a sort, whatever its kind. */
export function sortWordsOf(sort: string): string {
  const known = Object.values(workSorts)
    .flat()
    .find((one) => one === sort);
  return known === undefined ? sort : workSortWords[known];
}

/** A page of the records within reach with their pupils and what may be done. */
export async function listRecords(
  context: Context,
  input: ParsedOf<typeof contract.listRecords>,
): Promise<OutputOf<typeof contract.listRecords>> {
  const { client, district } = context;
  const { rows, total } = await pageRecords(client, district, input);
  const children = await readRecordChildren(client, district, rows.map((row) => row.id)); // prettier-ignore
  const staff = await readStaffNames(client, district, [...new Set(rows.flatMap((row) => row.staff_ids))]);
  context.note({ subjectKind: 'workRecords', detail: { kind: input.kind ?? 'all', rows: rows.length } });
  return {
    rows: rows.map((row) => ({
      id: row.id,
      firstId: row.first_id,
      version: row.version,
      kind: row.kind,
      sort: row.sort,
      sortWords: sortWordsOf(row.sort),
      state: row.state,
      late: isLate({ state: row.state, dueDate: row.due_date }, context.today),
      schoolId: row.school_id,
      schoolName: row.school_name,
      classId: row.class_id,
      className: row.class_name,
      day: row.day,
      dueDate: row.due_date,
      content: openRecord(context, row),
      staff: row.staff_ids.map((id) => ({ id, name: staff.get(id) ?? '' })),
      children: children
        .filter((one) => one.record_id === row.id)
        .map((one) => ({ id: one.child_id, name: one.name, className: one.class_name })),
      byName: row.by_name,
      knownAt: row.known_at.toISOString(),
      reason: row.reason,
      allowed: allowedOf(context, row),
    })),
    total,
    page: input.page,
    size: input.size,
  };
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
  if (row.state !== 'stands' && row.state !== 'open') throw new Failure('wrong-step', '这条记录已经办结或撤销，不能再改。'); // prettier-ignore
  if (reason === undefined) throw wrong('reason', '请写明更正的原因。');
  return row;
}

function dayFits(context: Context, day: string): void {
  if (day > context.today) throw wrong('day', '不能晚于今天。');
}

/** Keeps a letter, aid or activity, or its correction as a new version. */
export async function keepRecord(
  context: Context,
  input: ParsedOf<typeof contract.keepRecord>,
): Promise<{ id: string }> {
  const { client, district } = context;
  const { written } = input;
  dayFits(context, written.day);
  const before = await recordToChange(context, input, written.kind);
  const reach = await placeOf(context, written.schoolId, written.classId);
  if (before && before.school_id !== written.schoolId) throw wrong('schoolId', '更正不能换学校，请撤销后重新登记。');
  const staff = await staffOfSchool(client, district, { schoolId: written.schoolId, day: written.day, ids: written.staffIds }); // prettier-ignore
  if (written.staffIds.some((id) => !staff.has(id))) throw wrong('staffIds', '所选教师不在这所学校任职。');
  const pupils = await pupilsOfSchool(client, district, {
    schoolId: written.schoolId,
    classId: written.classId,
    day: written.day,
    ids: written.childIds,
  });
  if (written.childIds.some((id) => !pupils.has(id))) throw wrong('childIds', '所选学生不在这所学校或这个班。');
  const content: WorkContent = {
    title: written.title,
    words: written.words,
    people: written.people,
    findings: [],
    mended: null,
    rechecked: null,
  };
  return writeVersion(context, before, {
    id: input.id,
    kind: written.kind,
    sort: written.sort,
    state: 'stands',
    schoolId: written.schoolId,
    classId: written.classId,
    day: written.day,
    dueDate: null,
    staffIds: written.staffIds,
    content,
    reason: input.reason ?? null,
    reach,
    children: [...pupils].map(([id, reachOfChild]) => ({ id, reach: reachOfChild })),
  });
}

/** Keeps an inspection with its findings, or its correction. */
export async function keepInspection(
  context: Context,
  input: ParsedOf<typeof contract.keepInspection>,
): Promise<{ id: string }> {
  const { written } = input;
  dayFits(context, written.day);
  const before = await recordToChange(context, input, 'inspection');
  const reach = await placeOf(context, written.schoolId, null);
  if (before && before.school_id !== written.schoolId) throw wrong('schoolId', '更正不能换学校。');
  const { title, words, people, findings } = written;
  // What was mended and rechecked of findings that are still open stays said.
  const { mended, rechecked } = before && findings.length > 0 ? openRecord(context, before) : { mended: null, rechecked: null }; // prettier-ignore
  return writeVersion(context, before, {
    id: input.id,
    kind: 'inspection',
    sort: written.sort,
    state: inspectionState(findings),
    schoolId: written.schoolId,
    classId: null,
    day: written.day,
    dueDate: findings.length === 0 ? null : written.dueDate,
    staffIds: [],
    content: { title, words, people, findings, mended, rechecked },
    reason: input.reason ?? null,
    reach,
    children: [],
  });
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
  return writeVersion(context, row, { ...stands, id: input.id, state: 'withdrawn', reason: input.reason });
}
