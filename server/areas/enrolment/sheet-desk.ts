import type { z } from 'zod';
import type { ParsedOf } from '#contract/endpoint.ts';
import type { SheetCalls, SheetLine, WorkSheet } from '#contract/sheets.ts';
import { maskCell } from '#domain/basics/correction.ts';
import { Failure, notFound } from '#domain/basics/failure.ts';
import type { ColumnSpec, RawRow } from '#domain/basics/list-row.ts';
import { openJson, sealJson } from '#server/crypto/seal.ts';
import { openName, sealName } from '#server/crypto/sealed-name.ts';
import type { StoredFile } from '#server/files/store.ts';
import type { Context } from '#server/http/context.ts';
import { withoutNotes } from './change-work.ts';
import { atDesk, rowReach } from './sheet-reach.ts';
import { readWorkSheet } from './sheet-read.ts';
import {
  findSheet,
  findSheetReach,
  insertSheet,
  insertSheetRow,
  listSheetRows,
  markSheetRun,
  pageSheets,
  updateSheetRow,
  widenSheet,
  type SheetKindName,
  type SheetRecord,
  type SheetRowRecord,
} from './store-sheets.ts';

type Sheet = z.output<typeof WorkSheet>;
type Line = z.output<typeof SheetLine>;

/** What became of a row that was tried: held with its reason, done (of which child, with the change it made, if any), or standing already. */
export type Outcome =
  { reason: string } | { changeId: string | null; childId: string; note?: string } | { same: string };
/** The same with the tokens of the schools and classes to which the row belongs; left out where it is not known to whom it does. */
export type Tried = Outcome & { units?: readonly string[] };

/** A row about to be tried. */
export interface OpenRow {
  id: string;
  rowNo: number;
  raw: RawRow;
}

/** A kind of work that is handed in by sheet. */
export interface SheetKind {
  kind: SheetKindName;
  columns: readonly ColumnSpec[];
  /** How many rows a sheet may have. */
  most: number;
  /** Whether rows bear on each other, so that a corrected one has the others tried again. */
  together: boolean;
  /** Carries out rows in their order; where `keep` is false, the caller takes back what was written. One answer for each row. */
  tryRows: (context: Context, rows: readonly OpenRow[], keep: boolean) => Promise<Tried[]>;
}

const sealPlace = (context: Context, id: string) =>
  ({ table: 'change_sheet_row', column: 'sealed', district: context.district, id }) as const;

/** A row without its cells: what it says from now on; who never carried it out cannot any more. */
export function emptiedRow(context: Context, row: SheetRowRecord, words: string): SheetRowRecord {
  const state = row.state === 'held' || row.state === 'ready' ? 'dropped' : row.state;
  return {
    ...row,
    state,
    reason: null,
    sealed: sealJson(context.keys, sealPlace(context, row.id), { $reason: words }),
  };
}

/** Why a row is held names its cells, so that it is sealed with them; rows of earlier versions have it in the open. */
function openRow(
  context: Context,
  row: Pick<SheetRowRecord, 'id' | 'sealed' | 'reason'>,
): { raw: RawRow; reason: string | null } {
  // as: sealed by rowAfter
  const { $reason, ...raw } = openJson(context.keys, sealPlace(context, row.id), row.sealed) as RawRow;
  return { raw, reason: $reason ?? row.reason };
}

/** A row as it stands after a try. */
function rowAfter(
  context: Context,
  { id, rowNo, raw }: OpenRow,
  tried: Tried,
  { follows, before }: { follows: 'ready' | 'asked'; before: Parameters<typeof rowReach>[2] },
): SheetRowRecord {
  const state = 'reason' in tried ? 'held' : 'same' in tried ? 'same' : follows;
  const words = 'reason' in tried ? tried.reason : 'same' in tried ? tried.same : tried.note;
  return {
    id,
    rowNo,
    state,
    reason: null,
    changeId: 'changeId' in tried && follows === 'asked' ? tried.changeId : null,
    sealed: sealJson(context.keys, sealPlace(context, id), words === undefined ? raw : { ...raw, $reason: words }),
    reach: rowReach(context, tried.units ?? [], before),
  };
}

const unionOf = (rows: readonly { reach: readonly string[] }[]): string[] =>
  [...new Set(rows.flatMap((row) => row.reach))].sort();

/** Keeps how rows stand after a try; their sheet is seen by whoever sees one of them. */
async function keepRows(context: Context, sheetId: string, rows: readonly SheetRowRecord[]): Promise<void> {
  const { client, district } = context;
  await atDesk(context, async () => {
    for (const row of rows) await updateSheetRow(client, district, row);
    const sheet = await findSheetReach(client, district, sheetId);
    const wider = unionOf([{ reach: sheet }, ...rows]);
    if (wider.length > sheet.length) await widenSheet(client, district, sheetId, wider);
  });
}

function shown({ keys, district }: Context, { reach: _reach, sealed_name, ...row }: SheetRecord): Sheet {
  const fileName = openName(keys, 'change_sheet', district, { id: row.id, sealed_name });
  return { ...row, fileName, at: row.at.toISOString(), runAt: row.runAt?.toISOString() ?? null };
}

/** Tries one thing within a savepoint; `keep` says whether what it did stays. A refusal is answered with its words. */
export async function attempted(
  context: Context,
  keep: boolean,
  work: (quiet: Context) => Promise<Outcome>,
): Promise<Outcome> {
  const { client } = context;
  await client.query('SAVEPOINT change_row');
  try {
    const done = await work(withoutNotes(context));
    await client.query(keep ? 'RELEASE SAVEPOINT change_row' : 'ROLLBACK TO SAVEPOINT change_row');
    return done;
  } catch (error) {
    await client.query('ROLLBACK TO SAVEPOINT change_row');
    if (!(error instanceof Failure) || error.code === 'internal') throw error;
    return { reason: error.message };
  }
}

/** What answers the calls of a kind of sheet. */
export function sheetDesk(of: SheetKind) {
  const { kind, columns, most } = of;
  const note = { subjectKind: 'changeSheet' as const };
  const lineOf = (context: Context, row: SheetRowRecord): Line => {
    const { raw, reason } = openRow(context, row);
    const { id, rowNo, state, changeId } = row;
    const cells = columns.map(({ key, label }) => {
      const value = raw[key] ?? '';
      const masked = key === 'documentNumber' && maskCell(value) !== value;
      return { key, label, value: masked ? maskCell(value) : value, masked };
    });
    return { id, rowNo, state, reason, changeId, cells };
  };
  const requireSheet = async (context: Context, id: string): Promise<SheetRecord> => {
    const found = await atDesk(context, ({ client, district }) => findSheet(client, district, kind, id));
    if (!found) throw notFound('表格', '份');
    return found;
  };
  const rowsOf = (context: Context, id: string, lock: boolean): Promise<SheetRowRecord[]> =>
    atDesk(context, ({ client, district }) => listSheetRows(client, district, id, lock));
  const requireRow = async (context: Context, input: { id: string; rowId: string }): Promise<SheetRowRecord> => {
    await requireSheet(context, input.id);
    const row = (await rowsOf(context, input.id, true)).find((one) => one.id === input.rowId);
    if (!row) throw notFound('这一行');
    if (row.state === 'asked' || row.state === 'dropped')
      throw new Failure('wrong-step', '这一行已经办过，请刷新页面。');
    return row;
  };
  /** Tries the rows that are open again, with one of them changed; where rows stand alone, that one only. */
  const tryAgain = async (
    context: Context,
    sheet: SheetRecord,
    changed: OpenRow & { reach: readonly string[] },
  ): Promise<SheetRowRecord> => {
    const others = of.together ? await rowsOf(context, sheet.id, true) : [];
    const open = others.filter((row) => row.id !== changed.id && (row.state === 'held' || row.state === 'ready'));
    const rows = [...open.map((row) => ({ ...row, raw: openRow(context, row).raw })), changed].sort((a, b) => a.rowNo - b.rowNo); // prettier-ignore
    const tried = await of.tryRows(context, rows, false);
    const after = rows.map((row, at) =>
      rowAfter(context, row, tried[at] ?? { reason: '' }, {
        follows: 'ready',
        before: { row: row.reach, sheet: sheet.reach },
      }),
    );
    await keepRows(context, sheet.id, after);
    const found = after.find((row) => row.id === changed.id);
    if (!found) throw notFound('这一行');
    return found;
  };

  return {
    /** Takes a sheet in: every row is tried and taken back, so that the preview is what would happen. */
    handIn: async (
      context: Context,
      input: ParsedOf<SheetCalls['handIn']>,
      upload: StoredFile | null,
    ): Promise<Sheet> => {
      if (!upload) throw new Failure('file-empty', '没有收到文件，请重新选择后上传。');
      const { client, district, actor, now } = context;
      const raws = await readWorkSheet(context.platform, upload.storedName, input.fileName, { columns, most });
      const id = context.newId();
      // The lock of the chain is taken before the savepoints, which would let go of it.
      await context.knownAt();
      const rows = raws.map((row) => ({ id: context.newId(), ...row }));
      const tried = await of.tryRows(context, rows, false);
      const after = rows.map((row, at) =>
        rowAfter(context, row, tried[at] ?? { reason: '' }, { follows: 'ready', before: null }),
      );
      const sealedName = sealName(context.keys, 'change_sheet', district, id, input.fileName);
      await insertSheet(client, district, { id, kind, sealedName, at: now, byId: actor.id, byName: actor.name, reach: unionOf(after) }); // prettier-ignore
      for (const row of after) await insertSheetRow(client, district, { ...row, sheetId: id });
      context.note({ ...note, subjectId: id, detail: { rows: raws.length } });
      return shown(context, await requireSheet(context, id));
    },

    /** A page of the sheets in which rows of one's unit stand. */
    list: async (context: Context, { page, size }: ParsedOf<SheetCalls['list']>) => {
      const { rows, total } = await atDesk(context, ({ client, district }) =>
        pageSheets(client, district, kind, { size, offset: (page - 1) * size }),
      );
      return { rows: rows.map((row) => shown(context, row)), total, page, size };
    },

    /** A sheet row by row, as far as rows are within reach. */
    get: async (context: Context, input: { id: string }): Promise<Sheet & { lines: Line[] }> => {
      const sheet = await requireSheet(context, input.id);
      const lines = await rowsOf(context, sheet.id, false);
      context.note({ ...note, subjectId: sheet.id });
      return { ...shown(context, sheet), lines: lines.map((row) => lineOf(context, row)) };
    },

    /** Corrects cells of a row and tries it again. */
    correct: async (context: Context, input: ParsedOf<SheetCalls['correct']>): Promise<Line> => {
      const row = await requireRow(context, input);
      const known = new Set(columns.map(({ key }) => key));
      const changes = Object.fromEntries(Object.entries(input.changes).filter(([key]) => known.has(key)));
      const raw: RawRow = { ...openRow(context, row).raw, ...changes };
      await context.knownAt();
      const { id, rowNo, reach } = row;
      const changed = await tryAgain(context, await requireSheet(context, input.id), { id, rowNo, raw, reach });
      context.note({ ...note, subjectId: input.id, detail: { row: row.rowNo, fields: Object.keys(changes), held: changed.state === 'held' } }); // prettier-ignore
      return lineOf(context, changed);
    },

    /** Leaves a row undone. */
    drop: async (context: Context, input: { id: string; rowId: string }): Promise<Line> => {
      const changed: SheetRowRecord = { ...(await requireRow(context, input)), state: 'dropped' };
      await keepRows(context, input.id, [changed]);
      context.note({ ...note, subjectId: input.id, detail: { row: changed.rowNo } });
      return lineOf(context, changed);
    },

    /** Carries out every row within reach that is ready; what changed meanwhile is held with its reason. Done twice it is done once. */
    run: async (context: Context, input: { id: string }): Promise<Sheet> => {
      const { now } = context;
      const sheet = await requireSheet(context, input.id);
      await context.knownAt();
      const stored = await rowsOf(context, input.id, true);
      const ready = stored.filter((one) => one.state === 'ready').map((row) => ({ ...row, raw: openRow(context, row).raw })); // prettier-ignore
      const tried = ready.length === 0 ? [] : await of.tryRows(context, ready, true);
      const after = ready.map((row, at) =>
        rowAfter(context, row, tried[at] ?? { reason: '' }, {
          follows: 'asked',
          before: { row: row.reach, sheet: sheet.reach },
        }),
      );
      await keepRows(context, input.id, after);
      const done = tried.flatMap((one) => ('childId' in one ? [one] : []));
      if (done.length > 0)
        await atDesk(context, ({ client, district }) => markSheetRun(client, district, input.id, now));
      const changes = done.flatMap((one) => (one.changeId === null ? [] : [one.changeId]));
      context.note({ ...note, subjectId: input.id, detail: { asked: done.length, changes, children: done.map((one) => one.childId) } }); // prettier-ignore
      return shown(context, await requireSheet(context, input.id));
    },
  };
}
