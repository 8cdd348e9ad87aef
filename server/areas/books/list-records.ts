import type { OutputOf, ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/books-records.ts';
import { notFound } from '#domain/basics/failure.ts';
import { reaches } from '#domain/basics/reach.ts';
import { isLate } from '#domain/books/work-record.ts';
import { sortWordsOf } from '#domain/books/work-words.ts';
import { papersNamed } from '#server/areas/papers/actions.ts';
import { askedThen } from '#server/http/as-of.ts';
import type { Context } from '#server/http/context.ts';
import { openRecord } from './record-versions.ts';
import { readRecordPapers } from './store-record-papers.ts';
import { pageRecords, readRecordChildren, readStaffNames, readVersions, type WorkRow } from './store-records.ts';

type View = OutputOf<typeof contract.getRecord>[number];

/** What this person may do with a record as it stands: an inspection is of who inspects, its mending of the school, all else of who keeps it. */
export function allowedOf(context: Context, row: WorkRow): View['allowed'] {
  const within = (permission: 'records.keep' | 'records.inspect') => {
    const reach = context.reachFor(permission);
    return reach !== null && reaches(reach, row.reach);
  };
  const none = { change: false, mend: false, recheck: false, help: false };
  if (row.kind !== 'inspection') {
    const live = row.state === 'stands' || row.state === 'helped';
    const keeps = live && within('records.keep');
    return { ...none, change: keeps, help: keeps && row.kind === 'pairing' };
  }
  return {
    ...none,
    change: (row.state === 'stands' || row.state === 'open') && within('records.inspect'),
    mend: row.state === 'open' && within('records.keep'),
    recheck: row.state === 'mended' && within('records.inspect'),
  };
}

/** Versions as pages show them, with pupils, people and scans; late by a day, which is today where no past is asked for. */
async function shown(
  context: Context,
  rows: readonly WorkRow[],
  day: string = context.today,
): Promise<Omit<View, 'allowed'>[]> {
  const { client, district } = context;
  const ids = rows.map((row) => row.id);
  const children = await readRecordChildren(client, district, ids);
  const staff = await readStaffNames(client, district, [...new Set(rows.flatMap((row) => row.staff_ids))]);
  const links = await readRecordPapers(client, district, ids);
  const papers = new Map((await papersNamed(context, links.map((one) => one.paperId))).map((one) => [one.id, one])); // prettier-ignore
  return rows.map((row) => ({
    id: row.id,
    firstId: row.first_id,
    version: row.version,
    kind: row.kind,
    sort: row.sort,
    sortWords: sortWordsOf(row.sort),
    state: row.state,
    late: isLate({ state: row.state, dueDate: row.due_date }, day),
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
    papers: links.flatMap(({ recordId, paperId, place, entry }) => {
      const paper = recordId === row.id ? papers.get(paperId) : undefined;
      if (!paper) return [];
      const { id, fileName, contentType, bytes, fingerprint, byName, voided } = paper;
      return [{ id, place, entry, fileName, contentType, bytes, fingerprint, byName, voided: voided !== null }];
    }),
    byName: row.by_name,
    knownAt: row.known_at.toISOString(),
    reason: row.reason,
  }));
}

/** A page of the records within reach as they stand, with what may be done. */
export async function listRecords(
  context: Context,
  input: ParsedOf<typeof contract.listRecords>,
): Promise<OutputOf<typeof contract.listRecords>> {
  const then = askedThen(context, input);
  const { rows, total } = await pageRecords(context.client, context.district, { ...input, then });
  context.note({ subjectKind: 'workRecords', detail: { kind: input.kind ?? 'all', rows: rows.length } });
  const views = await shown(context, rows, then?.day);
  // Of the past nothing is done: a version of then may have another after it.
  const none = { change: false, mend: false, recheck: false, help: false };
  return {
    rows: views.flatMap((view, index) => {
      const row = rows[index];
      return row ? [{ ...view, allowed: then === null ? allowedOf(context, row) : none }] : [];
    }),
    total,
    page: input.page,
    size: input.size,
  };
}

/** Every version of a record, the newest first; what is superseded may only be read. */
export async function getRecord(context: Context, input: ParsedOf<typeof contract.getRecord>): Promise<View[]> {
  const rows = await readVersions(context.client, context.district, input.firstId);
  const [newest] = rows;
  if (!newest || !reaches(context.reach, newest.reach)) throw notFound('记录', '条');
  context.note({ subjectKind: 'workRecord', subjectId: newest.first_id, detail: { versions: rows.length } });
  const none = { change: false, mend: false, recheck: false, help: false };
  return (await shown(context, rows)).map((view, index) => ({
    ...view,
    allowed: index === 0 ? allowedOf(context, newest) : none,
  }));
}
