import { PassThrough, type Readable, type Writable } from 'node:stream';
import { writeXlsx, type ExportResult, type ExportSheet } from './write.ts';

/** The content type of an .xlsx file (ISO/IEC 29500). */
export const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** An .xlsx file in memory. */
export interface XlsxFile {
  fileName: string;
  contentType: string;
  body: Buffer;
}

/** A sheet as a file that is written while it is sent, for lists too long to stand in memory whole. */
export function sheetStream(
  fileName: string,
  sheet: ExportSheet,
): { fileName: string; contentType: string; body: Readable } {
  const body = new PassThrough();
  void writeXlsx(body, sheet).catch((error: unknown) =>
    body.destroy(error instanceof Error ? error : new Error('export')),
  );
  return { fileName, contentType: xlsxType, body };
}

/** What is written into a stream as a whole file in memory, with what the writing answered. */
export async function xlsxInMemory<Answer>(
  fileName: string,
  write: (target: Writable) => Promise<Answer>,
): Promise<{ file: XlsxFile; answer: Answer }> {
  const chunks: Buffer[] = [];
  const target = new PassThrough();
  target.on('data', (chunk: Buffer) => chunks.push(chunk));
  const answer = await write(target);
  return { answer, file: { fileName, contentType: xlsxType, body: Buffer.concat(chunks) } };
}

/** A sheet as a whole file in memory, with how many rows were written and whether they are complete. */
export async function sheetFile(
  fileName: string,
  sheet: ExportSheet,
): Promise<Pick<ExportResult, 'rows' | 'complete'> & { file: XlsxFile }> {
  const { file, answer } = await xlsxInMemory(fileName, (target) => writeXlsx(target, sheet));
  return { rows: answer.rows, complete: answer.complete, file };
}
