import { Failure, notFound } from '#domain/basics/failure.ts';
import type { RawRow } from '#domain/basics/list-row.ts';
import { heldWords, type HeldCode } from '#domain/basics/list-row.ts';
import { faultyNumberKeys, maskCell, numberKeys } from '#domain/basics/correction.ts';
import { openJson } from '#server/crypto/seal.ts';
import { openName } from '#server/crypto/sealed-name.ts';
import type { Context } from '#server/http/context.ts';
import type { Publishing } from './publish-bulk.ts';
import { publishFollowing, publishStaged } from './publish-list.ts';
import { columnsOf, heldHeadings } from './read-rows.ts';
import { stageRow } from './stage.ts';
import { stageWorld } from './stage-world.ts';
import { sealCells } from './staged-row.ts';
import { findHeld, keepHeldReason, listHeldOf, pageHeld, settleHeld, type HeldRecord } from './store-held.ts';
import { insertStaged } from './store-staged.ts';
import { clearStaging, listStagedHeld } from './store.ts';

/** The cells of a held row as they stood in the sheet. */
export function openCells(context: Context, record: HeldRecord): RawRow {
  // as: sealed by sealCells from a RawRow
  return openJson(
    context.keys,
    { table: 'held_row', column: 'sealed_cells', district: context.district, id: record.id },
    record.sealed_cells,
  ) as RawRow;
}

/** What the file of a held row is called. */
const nameOf = ({ keys, district }: Context, { import_id: id, sealed_name }: HeldRecord): string =>
  openName(keys, 'import_file', district, { id, sealed_name });

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
    fileName: nameOf(context, record),
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
        const masked = numberKeys.has(column.key) && maskCell(value) !== value;
        return {
          key: column.key,
          label: column.label,
          value: masked ? maskCell(value) : value,
          masked,
        };
      }),
  };
}

/** A page of held rows. */
export async function listHeldRows(
  context: Context,
  input: {
    importId?: readonly string[] | undefined;
    kind?: string | undefined;
    state: string;
    page: number;
    size: number;
  },
) {
  const { rows, total } = await pageHeld(context.client, context.district, input);
  return { rows: rows.map((record) => heldView(context, record)), total, page: input.page, size: input.size };
}

/** Tries a held row again with changes; publishes it when nothing holds it any more. */
export async function tryRow(
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
    bulk: false,
  };
  await publishStaged(record.kind, publishing);
  const [held] = await listStagedHeld(client, district, record.import_id);
  if (!held) await publishFollowing(record.kind, publishing);
  await clearStaging(client, district, record.import_id);
  if (held) return stillHeld(held.code, held.reason, held.also);
  await settleHeld(client, district, record.id, 'accepted', context.actor.id, context.now);
  return { accepted: true, code: null, reason: null };
}

/** Decides that a held row is not taken, with the reason. */
export async function discardHeldRow(context: Context, input: { id: string; reason: string }): Promise<void> {
  const record = await findHeld(context.client, context.district, input.id);
  if (!record) throw notFound('待更正的行');
  if (record.state !== 'held') throw new Failure('wrong-step', '这一行已经处理过了，请刷新列表。');
  await settleHeld(context.client, context.district, record.id, 'discarded', context.actor.id, context.now);
  context.note({ subjectKind: 'heldRow', subjectId: record.id, reason: input.reason });
}

/**
 * The held rows of an import as a sheet: the list's own columns, the row's number and id, and the reason. Numbers are masked; where
 * `mayOpen` allows it the number that a row's own reasons put in doubt stands in full, so that it can be compared with the papers.
 */
export async function heldSheet(
  context: Context,
  importId: string,
  mayOpen: (startedBy: string) => Promise<{ approvedBy: string } | null>,
) {
  const records = await listHeldOf(context.client, context.district, importId);
  const first = records[0];
  if (!first) throw new Failure('wrong-step', '这次导入没有待更正的行。');
  const open = await mayOpen(first.started_by);
  const rows = records.map((record) => ({ record, raw: openCells(context, record) }));
  const columns = columnsOf[first.kind].filter(
    (column) => column.required || rows.some(({ raw }) => (raw[column.key] ?? '') !== ''),
  );
  return {
    kind: first.kind,
    fileName: nameOf(context, first),
    open,
    columns: [...columns, ...heldHeadings.map((label) => ({ label }))].map(({ label }) => ({ label })),
    rows: rows.map(({ record, raw }) => {
      const whole = open === null ? new Set<string>() : faultyNumberKeys([record.code, ...record.also]);
      return [
        ...columns.map(({ key }) => {
          const cell = raw[key] ?? '';
          return numberKeys.has(key) && !whole.has(key) ? maskCell(cell) : cell;
        }),
        String(record.row_no),
        record.id,
        record.reason,
      ];
    }),
  };
}
