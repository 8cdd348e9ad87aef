import { Failure } from '#domain/basics/failure.ts';
import { reaches } from '#domain/basics/reach.ts';
import { WorkContent, type PaperPlace, type WorkKind, type WorkState } from '#domain/books/work-record.ts';
import { attachPapers, requirePapers } from '#server/areas/papers/actions.ts';
import { openJson, sealJson } from '#server/crypto/seal.ts';
import type { Context } from '#server/http/context.ts';
import { readChildReach } from './store-design.ts';
import { insertRecordPapers, readRecordPapers, type RecordPaper } from './store-record-papers.ts';
import { closeRecord, findRecord, insertRecord, readRecordChildren, type WorkRow } from './store-records.ts';

const place = (context: Context, id: string) => ({ table: 'work_record', column: 'sealed', district: context.district, id }); // prettier-ignore

/** What a version says. */
export function openRecord(context: Context, row: Pick<WorkRow, 'id' | 'sealed'>): WorkContent {
  return WorkContent.parse(openJson(context.keys, place(context, row.id), row.sealed));
}

/** The version of a record that stands, held until the end; null out of reach. Who began from an earlier one is told instead of writing over it. */
export async function standingRecord(
  context: Context,
  asked: { firstId: string; seen?: number | undefined },
): Promise<WorkRow | null> {
  const { client, district } = context;
  // Who waited for another's change finds nothing the first time: the version that he waited for is over.
  const row =
    (await findRecord(client, district, asked.firstId)) ?? (await findRecord(client, district, asked.firstId));
  if (!row || !reaches(context.reach, row.reach)) return null;
  if (asked.seen !== undefined && asked.seen !== row.version)
    throw new Failure('changed-meanwhile', '这条记录刚才已由他人改动，请刷新后再办理。', { version: row.version });
  return row;
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
      staff_ids: [...new Set(written.staffIds)],
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
