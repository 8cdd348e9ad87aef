import type { z } from 'zod';
import type { ParsedOf } from '#contract/endpoint.ts';
import { askChange } from '#contract/enrolment-changes.ts';
import type * as contract from '#contract/enrolment-sheets.ts';
import { maskCell } from '#domain/basics/correction.ts';
import { Failure, notFound } from '#domain/basics/failure.ts';
import type { RawRow } from '#domain/basics/list-row.ts';
import { reachToken } from '#domain/basics/reach.ts';
import { schoolYearOf } from '#domain/basics/school-year.ts';
import { changeKindWords } from '#domain/enrolment/change-words.ts';
import { changeSheetColumns, readSheetRow, sheetKinds, type SheetAsked } from '#domain/enrolment/sheet.ts';
import { schoolsOf } from '#server/areas/organisations/actions.ts';
import { openJson, sealJson } from '#server/crypto/seal.ts';
import { openName, sealName } from '#server/crypto/sealed-name.ts';
import type { StoredFile } from '#server/files/store.ts';
import type { Context } from '#server/http/context.ts';
import type { FileAnswer } from '#server/http/serve.ts';
import { underReach, wholeReach } from '#server/http/under-reach.ts';
import { sheetStream } from '#server/spreadsheets/sheet-file.ts';
import { askWith } from './ask.ts';
import { withoutNotes } from './change-work.ts';
import { readChangeSheet } from './sheet-read.ts';
import { readLastRoll } from './store-roll.ts';
import {
  findClassByNo,
  findSheet,
  insertSheet,
  insertSheetRow,
  listSheetRows,
  markSheetRun,
  pageSheets,
  updateSheetRow,
  type SheetRecord,
  type SheetRowRecord,
} from './store-sheets.ts';
import { childOf } from './who.ts';

type Sheet = z.output<typeof contract.ChangeSheet>;
type Line = z.output<(typeof contract.correctSheetRow)['output']>;

const sealPlace = (context: Context, id: string) =>
  ({ table: 'change_sheet_row', column: 'sealed', district: context.district, id }) as const;
type Tried = { changeId: string; childId: string } | { reason: string };

/** Why a row is held names its cells, so that it is sealed with them; rows of earlier versions have it in the open. */
function openRow(
  context: Context,
  row: Pick<SheetRowRecord, 'id' | 'sealed' | 'reason'>,
): { raw: RawRow; reason: string | null } {
  // as: sealed by rowAfter
  const { $reason, ...raw } = openJson(context.keys, sealPlace(context, row.id), row.sealed) as RawRow;
  return { raw, reason: $reason ?? row.reason };
}

/** A row as it stands after a try: held with its reason, else in the state that follows. */
function rowAfter(
  context: Context,
  row: { id: string; rowNo: number },
  raw: RawRow,
  tried: Tried,
  follows: 'ready' | 'asked',
): SheetRowRecord {
  const { id, rowNo } = row;
  const held = 'reason' in tried;
  return {
    id,
    rowNo,
    state: held ? 'held' : follows,
    reason: null,
    changeId: !held && follows === 'asked' ? tried.changeId : null,
    sealed: sealJson(context.keys, sealPlace(context, id), held ? { ...raw, $reason: tried.reason } : raw),
  };
}

function shown({ keys, district }: Context, { reach: _reach, sealed_name, ...row }: SheetRecord): Sheet {
  const fileName = openName(keys, 'change_sheet', district, { id: row.id, sealed_name });
  return { ...row, fileName, at: row.at.toISOString(), runAt: row.runAt?.toISOString() ?? null };
}

function lineOf(context: Context, row: SheetRowRecord): Line {
  const { raw, reason } = openRow(context, row);
  const { id, rowNo, state, changeId } = row;
  const cells = changeSheetColumns.map(({ key, label }) => {
    const value = raw[key] ?? '';
    const masked = key === 'documentNumber' && maskCell(value) !== value;
    return { key, label, value: masked ? maskCell(value) : value, masked };
  });
  return { id, rowNo, state, reason, changeId, cells };
}

/** The school that a row names, and the class there or at the pupil's own school. */
async function placesOf(context: Context, asked: SheetAsked, childId: string) {
  const { client, district, today } = context;
  const named = asked.toSchool;
  const school = named === '' ? null : (await schoolsOf(context)).find((one) => one.name === named || one.code === named); // prettier-ignore
  if (school === undefined) throw new Failure('input-wrong', `本区没有名为“${named}”的学校，请填写学校全称或标识码。`);
  const roll = await underReach(context, wholeReach, () => readLastRoll(client, district, childId));
  const schoolId = school?.id ?? roll?.schoolId;
  const grade = asked.toGrade ?? roll?.grade ?? null;
  if (asked.classNo === '' || schoolId === undefined || grade === null)
    return { toSchoolId: school?.id ?? null, toClassId: null, toGrade: asked.toGrade };
  const toClassId = await findClassByNo(client, district, { schoolId, schoolYear: schoolYearOf(today), grade, classNo: asked.classNo }); // prettier-ignore
  if (toClassId === null) throw new Failure('input-wrong', `该校本学年没有${String(grade)}年级${asked.classNo}班。`);
  return { toSchoolId: school?.id ?? null, toClassId, toGrade: asked.toGrade };
}

/** Asks for what a row says, as if it were asked one by one; its papers follow. */
async function askRow(context: Context, row: Pick<SheetRowRecord, 'id'>, raw: RawRow): Promise<Tried> {
  const read = readSheetRow(raw);
  if ('faults' in read) throw new Failure('input-wrong', `${read.faults.join('；')}。`);
  const { asked } = read;
  const { kind, fromDay, endsOn, elsewhere, reason } = asked;
  const person = { name: asked.name, number: asked.number };
  const input = (more: object) => askChange.input.parse({ id: row.id, kind, person, fromDay, endsOn, elsewhere, reason, ...more }); // prettier-ignore
  const childId = await childOf(context, kind, input({}));
  const after = await askWith(context, input(await placesOf(context, asked, childId)), true);
  return { changeId: after.id, childId };
}

/** Tries a row within a savepoint; `keep` says whether what it did stays. Answers the change and the child, or why it cannot be asked for. */
async function attempt(context: Context, row: Pick<SheetRowRecord, 'id'>, raw: RawRow, keep: boolean): Promise<Tried> {
  const { client } = context;
  await client.query('SAVEPOINT change_row');
  try {
    const asked = await askRow(withoutNotes(context), row, raw);
    await client.query(keep ? 'RELEASE SAVEPOINT change_row' : 'ROLLBACK TO SAVEPOINT change_row');
    return asked;
  } catch (error) {
    await client.query('ROLLBACK TO SAVEPOINT change_row');
    if (!(error instanceof Failure) || error.code === 'internal') throw error;
    return { reason: error.message };
  }
}

async function requireSheet(context: Context, id: string): Promise<SheetRecord> {
  const found = await findSheet(context.client, context.district, id);
  if (!found) throw notFound('表格', '份');
  return found;
}

/** The schools where the actor may ask, not every one where he holds a post; a sheet of the bureau is the bureau's. */
const reachOf = ({ reach, actor }: Context): readonly string[] =>
  reach.all ? [reachToken('person', actor.id)] : reach.tokens;

/** Takes a sheet in: every row is tried and taken back, so that the preview is what would happen. */
export async function handInSheet(
  context: Context,
  input: ParsedOf<typeof contract.handInSheet>,
  upload: StoredFile | null,
): Promise<Sheet> {
  if (!upload) throw new Failure('file-empty', '没有收到文件，请重新选择后上传。');
  const { client, district, actor, now } = context;
  const raws = await readChangeSheet(context.platform, upload.storedName, input.fileName);
  const id = context.newId();
  const reach = reachOf(context);
  const sealedName = sealName(context.keys, 'change_sheet', district, id, input.fileName);
  await insertSheet(client, district, { id, sealedName, at: now, byId: actor.id, byName: actor.name, reach }); // prettier-ignore
  // The lock of the chain is taken before the savepoints, which would let go of it.
  await context.knownAt();
  for (const { rowNo, raw } of raws) {
    const row = { id: context.newId(), rowNo };
    const tried = await attempt(context, row, raw, false);
    await insertSheetRow(client, district, { ...rowAfter(context, row, raw, tried, 'ready'), sheetId: id, reach });
  }
  context.note({ subjectKind: 'changeSheet', subjectId: id, detail: { rows: raws.length } });
  return shown(context, await requireSheet(context, id));
}

/** A page of the sheets that one's unit handed in. */
export async function listSheets(context: Context, { page, size }: ParsedOf<typeof contract.listSheets>) {
  const { rows, total } = await pageSheets(context.client, context.district, { size, offset: (page - 1) * size });
  return { rows: rows.map((row) => shown(context, row)), total, page, size };
}

/** A sheet row by row. */
export async function getSheet(context: Context, input: { id: string }): Promise<Sheet & { lines: Line[] }> {
  const sheet = await requireSheet(context, input.id);
  const lines = await listSheetRows(context.client, context.district, sheet.id, false);
  context.note({ subjectKind: 'changeSheet', subjectId: sheet.id });
  return { ...shown(context, sheet), lines: lines.map((row) => lineOf(context, row)) };
}

async function requireRow(context: Context, input: { id: string; rowId: string }): Promise<SheetRowRecord> {
  await requireSheet(context, input.id);
  const row = (await listSheetRows(context.client, context.district, input.id, true)).find((one) => one.id === input.rowId); // prettier-ignore
  if (!row) throw notFound('这一行');
  if (row.state === 'asked' || row.state === 'dropped') throw new Failure('wrong-step', '这一行已经办过，请刷新页面。');
  return row;
}

/** Corrects cells of a row and tries it again. */
export async function correctSheetRow(
  context: Context,
  input: ParsedOf<typeof contract.correctSheetRow>,
): Promise<Line> {
  const row = await requireRow(context, input);
  const known = new Set(changeSheetColumns.map(({ key }) => key));
  const changes = Object.fromEntries(Object.entries(input.changes).filter(([key]) => known.has(key)));
  const raw: RawRow = { ...openRow(context, row).raw, ...changes };
  await context.knownAt();
  const changed = rowAfter(context, row, raw, await attempt(context, row, raw, false), 'ready');
  await updateSheetRow(context.client, context.district, changed);
  context.note({ subjectKind: 'changeSheet', subjectId: input.id, detail: { row: row.rowNo, fields: Object.keys(changes), held: changed.state === 'held' } }); // prettier-ignore
  return lineOf(context, changed);
}

/** Leaves a row undone. */
export async function dropSheetRow(context: Context, input: { id: string; rowId: string }): Promise<Line> {
  const changed: SheetRowRecord = { ...(await requireRow(context, input)), state: 'dropped' };
  await updateSheetRow(context.client, context.district, changed);
  context.note({ subjectKind: 'changeSheet', subjectId: input.id, detail: { row: changed.rowNo } });
  return lineOf(context, changed);
}

/** Asks for every row that is ready; what changed meanwhile is held with its reason. Done twice it is done once. */
export async function runSheet(context: Context, input: { id: string }): Promise<Sheet> {
  const { client, district, now } = context;
  await requireSheet(context, input.id);
  await context.knownAt();
  const changes: string[] = [];
  const children: string[] = [];
  for (const row of (await listSheetRows(client, district, input.id, true)).filter((one) => one.state === 'ready')) {
    const { raw } = openRow(context, row);
    const tried = await attempt(context, row, raw, true);
    await updateSheetRow(client, district, rowAfter(context, row, raw, tried, 'asked'));
    if ('reason' in tried) continue;
    changes.push(tried.changeId);
    children.push(tried.childId);
  }
  const asked = changes.length;
  if (asked > 0) await markSheetRun(client, district, input.id, now);
  context.note({ subjectKind: 'changeSheet', subjectId: input.id, detail: { asked, changes, children } });
  return shown(context, await requireSheet(context, input.id));
}

/** The template: an empty sheet of its columns, with what they take in the note. */
export function sheetTemplate(): Promise<FileAnswer> {
  const kinds = sheetKinds.map((kind) => changeKindWords[kind]).join('、');
  const file = sheetStream('学籍异动批量办理表.xlsx', {
    title: '学籍异动批量办理表',
    note: `异动类别可填：${kinds}。学校填全称或标识码，班级填“四年级2班”，日期填2026-11-20。申请书、证明等材料在提出之后逐项上传，材料齐全才能审批。`,
    columns: changeSheetColumns.map(({ label }) => ({ label, kind: 'text' as const })),
    rows: [],
  });
  return Promise.resolve(file);
}
