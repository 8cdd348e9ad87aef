import type pg from 'pg';
import { Failure, notFound } from '#domain/basics/failure.ts';
import type { RawRow } from '#domain/basics/list-row.ts';
import { heldWords, type HeldCode } from '#domain/basics/list-row.ts';
import { maskDocument } from '#domain/basics/masking.ts';
import { openJson } from '#server/crypto/seal.ts';
import type { Context } from '#server/http/context.ts';
import {
  findHeld,
  keepHeldReason,
  listHeldOf,
  listRetryable,
  pageHeld,
  settleHeld,
  type HeldRecord,
} from './held-store.ts';
import { stageWorld } from './perform.ts';
import { rebuildReach, type Publishing } from './publish-persons.ts';
import { publishPresence } from './publish-presence.ts';
import { publishRegister } from './publish-register.ts';
import { publishRoster } from './publish-roster.ts';
import { publishKeylist, publishSchools } from './publish-small.ts';
import { columnsOf } from './read-rows.ts';
import { stageRow } from './stage.ts';
import { sealCells, stagedColumns, type StagedRow } from './staged-row.ts';
import { clearStaging, listStagedHeld, touchedChildren } from './store.ts';

const publish = {
  schools: publishSchools,
  register: publishRegister,
  roster: publishRoster,
  presence: publishPresence,
  keylist: publishKeylist,
};
const numberKeys = new Set([
  'documentNumber',
  'registryNo',
  'phone',
  'member1Phone',
  'member2Phone',
  'member1DocumentNumber',
  'member2DocumentNumber',
]);

/** The cells of a held row as they stood in the sheet. */
export function openCells(context: Context, record: HeldRecord): RawRow {
  // as: sealed by sealCells from a RawRow
  return openJson(
    context.keys,
    { table: 'held_row', column: 'sealed_cells', district: context.district, id: record.id },
    record.sealed_cells,
  ) as RawRow;
}

function codeWords(code: string): string {
  return code in heldWords ? heldWords[code as HeldCode] : code; // as: just checked
}

/** A held row for the screen: every column of its list, numbers masked. */
export function heldView(context: Context, record: HeldRecord) {
  const raw = openCells(context, record);
  return {
    id: record.id,
    importId: record.import_id,
    kind: record.kind,
    fileName: record.file_name,
    row: record.row_no,
    code: record.code,
    reason: record.reason,
    also: record.also.map(codeWords),
    name: record.name,
    state: record.state,
    cells: columnsOf[record.kind]
      .filter((column) => column.key in raw || column.required)
      .map((column) => {
        const value = raw[column.key] ?? '';
        const masked = numberKeys.has(column.key) && value !== '';
        return {
          key: column.key,
          label: column.label,
          value: masked ? maskDocument(value, { besideBirth: true }) : value,
          masked,
        };
      }),
  };
}

/** A page of held rows. */
export async function listHeldRows(
  context: Context,
  input: { importId?: string | undefined; kind?: string | undefined; state: string; page: number; size: number },
) {
  const { rows, total } = await pageHeld(context.client, context.district, input);
  return { rows: rows.map((record) => heldView(context, record)), total, page: input.page, size: input.size };
}

async function insertStaged(client: pg.ClientBase, district: string, importId: string, row: StagedRow): Promise<void> {
  const values = [
    district,
    importId,
    row.rowNo,
    row.rowPrint,
    row.childNewId,
    row.entryNewId,
    row.name,
    row.nameTail,
    row.pinyin,
    row.initials,
    row.sex,
    row.birth,
    row.documentType,
    row.documentIndex,
    row.registryIndex,
    row.phoneIndex,
    row.suspect,
    row.guardian,
    row.schoolCode,
    row.schoolId,
    row.grade,
    row.classNo,
    row.householdNo,
    row.subdistrictCode,
    row.communityCode,
    row.address,
    row.sealedChild,
    row.sealedEntry,
    row.sealedCells,
    row.held?.code ?? null,
    row.held?.reason ?? null,
    row.held?.also ?? null,
    JSON.stringify(row.facts),
    null,
  ];
  await client.query(
    `INSERT INTO import_row (${stagedColumns.join(', ')}) VALUES (${values.map((_, index) => `$${String(index + 1)}`).join(', ')})`,
    values,
  );
}

/** Tries a held row again with changes; publishes it when nothing holds it any more. */
async function tryRow(
  context: Context,
  record: HeldRecord,
  changes: Record<string, string>,
): Promise<{ accepted: boolean; code: string | null; reason: string | null }> {
  const { client, district } = context;
  const known = new Set(columnsOf[record.kind].map((column) => column.key));
  const raw: RawRow = {
    ...openCells(context, record),
    ...Object.fromEntries(Object.entries(changes).filter(([key]) => known.has(key))),
  };
  const world = await stageWorld(context.platform, district, record, () => context.newId());
  const staged = stageRow(record.kind, world, record.row_no, raw);
  if (record.kind === 'keylist' && staged.facts['closed'] === true)
    throw new Failure('wrong-step', '健康类名单属封闭信息，请在表格中改正后重新导入。');
  const stillHeld = async (code: string, reason: string, also: string[]) => {
    await keepHeldReason(
      client,
      district,
      record.id,
      code,
      reason,
      also,
      staged.name,
      staged.birth,
      sealCells(context.keys, district, record.id, raw),
    );
    return { accepted: false, code, reason };
  };
  if (staged.held) return stillHeld(staged.held.code, staged.held.reason, staged.held.also);
  await insertStaged(client, district, record.import_id, staged);
  const publishing: Publishing = {
    client,
    district,
    importId: record.import_id,
    asOf: record.as_of,
    knownAt: await context.knownAt(),
  };
  await publish[record.kind](publishing);
  const held = (await listStagedHeld(client, district, record.import_id))[0];
  if (!held && (record.kind === 'register' || record.kind === 'roster'))
    await rebuildReach(client, district, await touchedChildren(client, district, record.import_id));
  await clearStaging(client, district, record.import_id);
  if (held) return stillHeld(held.code, held.reason, held.also);
  await settleHeld(client, district, record.id, 'accepted', context.actor.id, context.now);
  return { accepted: true, code: null, reason: null };
}

/** Corrects a held row and accepts it when nothing holds it any more (product, section 4: nothing entered is lost). */
export async function correctHeldRow(
  context: Context,
  input: { id: string; changes: Record<string, string>; reason: string },
) {
  const record = await findHeld(context.client, context.district, input.id);
  if (!record) throw notFound('待更正的行');
  if (record.state !== 'held') throw new Failure('wrong-step', '这一行已经处理过了，请刷新列表。');
  const outcome = await tryRow(context, record, input.changes);
  context.note({
    subjectKind: 'heldRow',
    subjectId: record.id,
    reason: input.reason,
    detail: { fields: Object.keys(input.changes), accepted: outcome.accepted, code: outcome.code },
  });
  return outcome;
}

/** Decides that a held row is not taken, with the reason. */
export async function discardHeldRow(context: Context, input: { id: string; reason: string }): Promise<void> {
  const record = await findHeld(context.client, context.district, input.id);
  if (!record) throw notFound('待更正的行');
  if (record.state !== 'held') throw new Failure('wrong-step', '这一行已经处理过了，请刷新列表。');
  await settleHeld(context.client, context.district, record.id, 'discarded', context.actor.id, context.now);
  context.note({ subjectKind: 'heldRow', subjectId: record.id, reason: input.reason });
}

/** Tries held roster rows again whose failing number now meets a known child, so that the order of the files does not matter. Returns how many were accepted. */
export async function retryHeldRoster(context: Context): Promise<number> {
  let accepted = 0;
  for (const id of await listRetryable(context.client, context.district)) {
    const record = await findHeld(context.client, context.district, id);
    if (record && (await tryRow(context, record, {})).accepted) accepted += 1;
  }
  return accepted;
}

/** The held rows of an import as a sheet: the list's own columns with the reason beside each row. */
export async function heldSheet(context: Context, importId: string) {
  const records = await listHeldOf(context.client, context.district, importId);
  const first = records[0];
  if (!first) throw new Failure('wrong-step', '这次导入没有待更正的行。');
  const rows = records.map((record) => ({ record, raw: openCells(context, record) }));
  const columns = columnsOf[first.kind].filter(
    (column) => column.required || rows.some(({ raw }) => (raw[column.key] ?? '') !== ''),
  );
  return {
    kind: first.kind,
    fileName: first.file_name,
    columns: [...columns.map((column) => ({ label: column.label })), { label: '原行号' }, { label: '未接收原因' }],
    rows: rows.map(({ record, raw }) => [
      ...columns.map((column) => raw[column.key] ?? ''),
      String(record.row_no),
      record.reason,
    ]),
  };
}
