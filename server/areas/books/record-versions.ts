import { Failure } from '#domain/basics/failure.ts';
import { WorkContent, type PaperPlace, type WorkKind, type WorkState } from '#domain/books/work-record.ts';
import { attachPapers, requirePapers } from '#server/areas/papers/actions.ts';
import { openJson, sealJson } from '#server/crypto/seal.ts';
import type { Context } from '#server/http/context.ts';
import { readChildReach } from './store-design.ts';
import { insertRecordPapers, readRecordPapers, type RecordPaper } from './store-record-papers.ts';
import { closeRecord, insertRecord, readRecordChildren, type WorkRow } from './store-records.ts';

const place = (context: Context, id: string) => ({ table: 'work_record', column: 'sealed', district: context.district, id }); // prettier-ignore

/** What a version says. */
export function openRecord(context: Context, row: Pick<WorkRow, 'id' | 'sealed'>): WorkContent {
  return WorkContent.parse(openJson(context.keys, place(context, row.id), row.sealed));
}

/** A version to be written. */
export interface Written {
  id: string;
  kind: WorkKind;
  sort: string;
  state: WorkState;
  schoolId: string;
  classId: string | null;
  day: string;
  dueDate: string | null;
  staffIds: readonly string[];
  content: WorkContent;
  reason: string | null;
  reach: readonly string[];
  children: readonly { id: string; reach: readonly string[] }[];
  papers: readonly RecordPaper[];
}

/** Papers of one place of a record. */
export function papersAt(ids: readonly string[], where: PaperPlace, entry = 0): RecordPaper[] {
  return [...new Set(ids)].map((paperId) => ({ paperId, place: where, entry }));
}

/** A version as it stands, to be written again with what changes; its pupils with the reach that they have now. */
export async function asItStands(context: Context, row: WorkRow): Promise<Omit<Written, 'id' | 'reason'>> {
  const { client, district } = context;
  const kept = await readRecordChildren(client, district, [row.id]);
  const reach = await readChildReach(client, district, kept.map((one) => one.child_id)); // prettier-ignore
  const papers = await readRecordPapers(client, district, [row.id]);
  return {
    kind: row.kind,
    sort: row.sort,
    state: row.state,
    schoolId: row.school_id,
    classId: row.class_id,
    day: row.day,
    dueDate: row.due_date,
    staffIds: row.staff_ids,
    content: openRecord(context, row),
    reach: row.reach,
    children: kept.map((one) => ({ id: one.child_id, reach: reach.get(one.child_id) ?? [] })),
    papers: papers.map(({ paperId, place: where, entry }) => ({ paperId, place: where, entry })),
  };
}

/** Joins new papers to a record; health papers stay in their own compartment and are none of it. */
async function join(context: Context, firstId: string, ids: readonly string[], reach: readonly string[]) {
  if (ids.length === 0) return;
  if ((await requirePapers(context, ids)).some((row) => row.closed)) {
    const words = '医院证明等健康材料不附在工作记录上，请去掉。';
    throw new Failure('input-wrong', words, { issues: [{ path: 'papers', words }] });
  }
  await attachPapers(context, ids, { kind: 'workRecord', id: firstId, childId: null }, reach);
}

/** Writes a version that supersedes the one before, or the first; answers with the record's id and the version's number. */
export async function writeVersion(
  context: Context,
  before: WorkRow | null,
  written: Written,
): Promise<{ id: string; firstId: string; version: number }> {
  const { client, district, actor, keys } = context;
  const { id, kind, sort, state, day, reason, children, papers } = written;
  const firstId = before?.first_id ?? id;
  const version = (before?.version ?? 0) + 1;
  const had = before === null ? [] : await readRecordPapers(client, district, [before.id]);
  const added = papers.map((one) => one.paperId).filter((one) => !had.some((other) => other.paperId === one));
  await join(context, firstId, added, written.reach);
  const knownAt = await context.knownAt();
  if (before) await closeRecord(client, district, before.id, knownAt);
  await insertRecord(
    client,
    district,
    {
      id,
      first_id: firstId,
      version,
      kind,
      sort,
      state,
      school_id: written.schoolId,
      class_id: written.classId,
      day,
      due_date: written.dueDate,
      staff_ids: [...written.staffIds],
      sealed: sealJson(keys, place(context, id), written.content),
      by_id: actor.id,
      by_name: actor.name,
      reason,
      knownAt,
      reach: [...written.reach],
    },
    children.map((child) => ({ ...child, rowId: context.newId() })),
  );
  await insertRecordPapers(
    client,
    district,
    { recordId: id, schoolId: written.schoolId, reach: written.reach },
    papers.map((paper) => ({ ...paper, rowId: context.newId() })),
  );
  context.note({
    subjectKind: 'workRecord',
    subjectId: firstId,
    ...(reason === null ? {} : { reason }),
    detail: { kind, schoolId: written.schoolId, children: children.length, papers: papers.length, state },
  });
  return { id, firstId, version };
}
