import { PassThrough } from 'node:stream';
import { writeXlsx, type ExportResult, type ExportSheet } from './write.ts';

/** The content type of an .xlsx file (ISO/IEC 29500). */
export const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** A sheet as a whole file in memory, with how many rows were written and whether they are complete. */
export async function sheetFile(
  fileName: string,
  sheet: ExportSheet,
): Promise<
  Pick<ExportResult, 'rows' | 'complete'> & { file: { fileName: string; contentType: string; body: Buffer } }
> {
  const chunks: Buffer[] = [];
  const target = new PassThrough();
  target.on('data', (chunk: Buffer) => chunks.push(chunk));
  const { rows, complete } = await writeXlsx(target, sheet);
  return { rows, complete, file: { fileName, contentType: xlsxType, body: Buffer.concat(chunks) } };
}
