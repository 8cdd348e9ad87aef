/**
 * One row of a sheet with its cells as text, from column A on; the array ends with the last cell that holds something.
 * A merged range has its value in its first cell and '' in the others.
 */
export interface SheetRow {
  /** Row in the file as Excel shows it, from 1. */
  number: number;
  cells: string[];
  /** Cells (from 0) that hold a number of over fifteen digits whose end was lost: 身份证号在表格里成了数值，末位已丢失. */
  lostDigits?: number[];
}

/** A sheet that can be read, batch by batch of at most 500 rows; rows without content are left out. */
export interface SheetReader {
  kind: 'xlsx' | 'xls' | 'csv';
  sheetName: string;
  /** Names of all sheets, hidden ones left out. */
  sheets: string[];
  /** Reads from the first row; may be called again. Throws `Failure` at the row where reading fails. */
  rows(): AsyncGenerator<SheetRow[]>;
  /** Size of the file. */
  bytes: number;
}

/** Rows handed over at a time. */
export const batchSize = 500;

/** A note sheet that templates put before the data. */
const noteSheet = /说明|须知|填报要求|示例|样例|字典|代码表|数据源|选项|封面/u;

/** The sheet an official means without saying: the first one that is not a page of notes. */
export function chooseSheet(names: readonly string[]): string | undefined {
  return names.find((name) => !noteSheet.test(name)) ?? names[0];
}
