import type { ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/books-records.ts';
import { Failure, notFound } from '#domain/basics/failure.ts';
import { reaches } from '#domain/basics/reach.ts';
import { WorkContent, type WorkKind, type WorkState } from '#domain/books/work-record.ts';
import { openJson, sealJson } from '#server/crypto/seal.ts';
import type { Context } from '#server/http/context.ts';
import { closeRecord, findRecord, insertRecord, readRecordChildren, type WorkRow } from './store-records.ts';
import { readChildReach } from './store-design.ts';

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
}

/** A version as it stands, to be written again with what changes; its pupils with the reach that they have now. */
export async function asItStands(context: Context, row: WorkRow): Promise<Omit<Written, 'id' | 'reason'>> {
  const kept = await readRecordChildren(context.client, context.district, [row.id]);
  const reach = await readChildReach(context.client, context.district, kept.map((one) => one.child_id)); // prettier-ignore
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
  };
}

/** Writes a version that supersedes the one before, or the first. */
export async function writeVersion(
  context: Context,
  before: WorkRow | null,
  written: Written,
): Promise<{ id: string }> {
  const { client, district, actor, keys } = context;
  const { id, kind, sort, state, day, reason, children } = written;
  const knownAt = await context.knownAt();
  if (before) await closeRecord(client, district, before.id, knownAt);
  const firstId = before?.first_id ?? id;
  await insertRecord(
    client,
    district,
    {
      id,
      first_id: firstId,
      version: (before?.version ?? 0) + 1,
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
  context.note({
    subjectKind: 'workRecord',
    subjectId: firstId,
    ...(reason === null ? {} : { reason }),
    detail: { kind, schoolId: written.schoolId, children: children.length, state },
  });
  return { id };
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

async function inspectionOf(
  context: Context,
  asked: { firstId: string; seen?: number | undefined },
  state: WorkState,
  words: string,
): Promise<WorkRow> {
  const row = await standingRecord(context, asked);
  if (row?.kind !== 'inspection') throw notFound('督查', '次');
  if (row.state !== state) throw new Failure('wrong-step', words);
  return row;
}

function answerDay(context: Context, row: WorkRow, day: string): void {
  if (day >= row.day && day <= context.today) return;
  const words = '日期应在督查当天至今天之间。';
  throw new Failure('input-wrong', words, { issues: [{ path: 'day', words }] });
}

/** The school tells what it did about the findings. */
export async function mendFindings(
  context: Context,
  input: ParsedOf<typeof contract.mendFindings>,
): Promise<{ id: string }> {
  const row = await inspectionOf(context, input, 'open', '这次督查没有待整改的问题。');
  answerDay(context, row, input.day);
  const mended = { day: input.day, words: input.words, byName: context.actor.name };
  const stands = await asItStands(context, row);
  const content = { ...stands.content, mended };
  return writeVersion(context, row, { ...stands, id: input.id, state: 'mended', content, reason: null });
}

/** Another person checks what was mended: passed it is settled, else it is open again until a new day. */
export async function recheckFindings(
  context: Context,
  input: ParsedOf<typeof contract.recheckFindings>,
): Promise<{ id: string }> {
  const row = await inspectionOf(context, input, 'mended', '学校还没有登记整改，不能复查。');
  answerDay(context, row, input.day);
  if (row.by_id === context.actor.id) throw new Failure('wrong-step', '整改由您登记，复查应由另一人办理。');
  if (!input.passed && (input.dueDate === null || input.dueDate < input.day)) {
    const words = '复查未通过，请填写新的整改期限。';
    throw new Failure('input-wrong', words, { issues: [{ path: 'dueDate', words }] });
  }
  const { day, words, passed } = input;
  const stands = await asItStands(context, row);
  return writeVersion(context, row, {
    ...stands,
    id: input.id,
    state: passed ? 'settled' : 'open',
    dueDate: passed ? row.due_date : input.dueDate,
    content: { ...stands.content, rechecked: { day, words, passed, byName: context.actor.name } },
    reason: null,
  });
}
