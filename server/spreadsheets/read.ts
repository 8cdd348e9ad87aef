import { stat } from 'node:fs/promises';
import { findFileKind } from './file-kind.ts';
import { defaultLimits, type Limits } from './limits.ts';
import { openCsv } from './read-csv.ts';
import { openXls } from './read-xls.ts';
import { openXlsx } from './read-xlsx.ts';
import { emptyFile, tooManyBytes } from './refusals.ts';
import type { SheetReader } from './sheet-row.ts';

/** How a file is opened: its name as uploaded, limits other than the usual ones, a sheet other than the first with data. */
export interface OpenOptions {
  fileName: string;
  limits?: Partial<Limits>;
  sheet?: string;
}

/**
 * Opens a spreadsheet, its kind found by content: .xlsx streamed, .xls whole, else a text table. Throws `Failure` with
 * file-empty, file-too-large, file-wrong-kind, file-encrypted or file-unreadable and words that tell what to do.
 */
export async function openSheet(path: string, options: OpenOptions): Promise<SheetReader> {
  const limits: Limits = { ...defaultLimits, ...options.limits };
  const { size } = await stat(path);
  if (size === 0) throw emptyFile();
  if (size > limits.fileBytes) throw tooManyBytes(size, limits.fileBytes);
  const kind = await findFileKind(path);
  if (kind === 'zip') return openXlsx(path, size, options.sheet, limits);
  if (kind === 'ole') return openXls(path, size, options.sheet, limits);
  return openCsv(path, options.fileName, size, limits);
}
