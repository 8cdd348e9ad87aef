import { isId } from '#domain/basics/id.ts';
import { Failure } from '#domain/basics/failure.ts';
import { isTotalRow, type ColumnSpec, type RawRow } from '#domain/basics/list-row.ts';
import { presenceColumns, registryColumns, rosterColumns, schoolColumns } from '#domain/enrolment/columns.ts';
import { keylistColumns, registerColumns } from '#domain/population/columns.ts';
import type { listKinds } from '#contract/imports.ts';
import {
  findHeader,
  isRepeatedHeader,
  isTotalRow as isFootRow,
  type FoundHeader,
} from '#server/spreadsheets/header.ts';
import { openSheet } from '#server/spreadsheets/read.ts';
import type { SheetRow } from '#server/spreadsheets/sheet-row.ts';

/** A kind of list. */
export type ListKind = (typeof listKinds)[number];

/** Columns of each list. */
export const columnsOf: Record<ListKind, readonly ColumnSpec[]> = {
  schools: schoolColumns,
  register: registerColumns,
  roster: rosterColumns,
  presence: presenceColumns,
  keylist: keylistColumns,
  registry: registryColumns,
};

/** The heading of the column by which a sheet of held rows names them; it belongs to no list. */
export const heldIdLabel = '行标识';
/** Headings that a sheet of held rows adds beside those of its list. */
export const heldHeadings = ['原行号', heldIdLabel, '未接收原因'] as const;
const heldIdColumn: ColumnSpec = { key: 'heldId', label: heldIdLabel, aliases: [], required: false };

/** The header of a list as it was found: each column with the heading it stands under, and headings nobody claims. */
export interface FoundColumns {
  columns: { label: string; found: string | null; required: boolean }[];
  unknownColumns: string[];
}

/** A row of a list, its cells by column; `lost` says that a number's last digits were lost in the sheet, `heldId` which held row it corrects. */
export interface ListRow {
  rowNo: number;
  raw: RawRow;
  lost: boolean;
  heldId: string | null;
}

/** Which file is read as which list. */
export interface ListSource {
  kind: ListKind;
  file: string;
  fileName: string;
}

function headerMissing(columns: readonly ColumnSpec[]): Failure {
  const labels = columns
    .filter((column) => column.required)
    .map((column) => column.label)
    .join('、');
  return new Failure(
    'file-columns-missing',
    `没有找到表头。前 20 行里应有一行列名，至少包括：${labels}。请核对是否选错了名单种类或工作表。`,
  );
}

function pick(row: SheetRow, indexes: readonly (readonly [string, number])[]): RawRow {
  const raw: Record<string, string> = {};
  for (const [key, index] of indexes) {
    const cell = row.cells[index];
    if (cell) raw[key] = cell;
  }
  return raw;
}

function heldIdOf(cell: string | undefined): string | null {
  const id = (cell ?? '').trim().toLowerCase();
  return isId(id) ? id : null;
}

/** Finds the header among the first rows; null while more rows are needed, `Failure` where there is none or a column is missing. */
function findColumns(
  first: readonly SheetRow[],
  columns: readonly ColumnSpec[],
): (FoundColumns & { header: FoundHeader }) | null {
  const header = findHeader(first, [...columns, heldIdColumn]);
  if (!header) {
    if (first.length < 40) return null;
    throw headerMissing(columns);
  }
  const missing = header.missing.filter((column) => column.required);
  if (missing.length > 0)
    throw new Failure(
      'file-columns-missing',
      `表头里没有找到：${missing.map((column) => column.label).join('、')}。请按模板补上这${missing.length > 1 ? '几列' : '一列'}再导入（列的先后不限）。`,
      { missing: missing.map((column) => column.label) },
    );
  const headings = first.find((row) => row.number === header.rowNumber)?.cells ?? [];
  return {
    header,
    columns: columns.map((column) => {
      const index = header.map.get(column.key);
      return {
        label: column.label,
        found: index === undefined ? null : (headings[index] ?? ''),
        required: column.required,
      };
    }),
    unknownColumns: header.unknown.filter((heading) => !heldHeadings.some((ours) => ours === heading)),
  };
}

/** Reads the rows of a list, batch by batch; title, total and repeated header rows are left out. Tells its header once, before the first batch. */
export async function* readRows(source: ListSource, tell: (found: FoundColumns) => void): AsyncGenerator<ListRow[]> {
  const sheet = await openSheet(source.file, { fileName: source.fileName });
  const columns = columnsOf[source.kind];
  let header: FoundHeader | null = null;
  let waiting: SheetRow[] = [];
  for await (const batch of sheet.rows()) {
    let rows = batch;
    if (!header) {
      waiting = [...waiting, ...batch];
      const found = findColumns(waiting, columns);
      if (!found) continue;
      tell({ columns: found.columns, unknownColumns: found.unknownColumns });
      header = found.header;
      const { rowNumber } = header;
      rows = waiting.filter((row) => row.number > rowNumber);
      waiting = [];
    }
    const head = header;
    const indexes = [...head.map.entries()].filter(([key]) => key !== heldIdColumn.key);
    const heldAt = head.map.get(heldIdColumn.key) ?? -1;
    const numbers = new Set(['documentNumber', 'registryNo'].map((key) => head.map.get(key)));
    const nameIndex = head.map.get('name') ?? -1;
    yield rows
      .filter((row) => !isFootRow(row.cells, nameIndex) && !isRepeatedHeader(row.cells, head))
      .map((row) => ({
        rowNo: row.number,
        raw: pick(row, indexes),
        lost: row.lostDigits?.some((index) => numbers.has(index)) ?? false,
        heldId: heldIdOf(row.cells[heldAt]),
      }))
      .filter(({ raw }) => Object.keys(raw).length > 0 && !isTotalRow(raw));
  }
  if (!header) throw headerMissing(columns);
}
