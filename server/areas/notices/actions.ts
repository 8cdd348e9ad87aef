import type { z } from 'zod';
import type { DocumentRow as DocumentView, ServiceRow as ServiceView } from '#contract/notices.ts';
import { notFound } from '#domain/basics/failure.ts';
import { dayWords } from '#domain/notices/fill.ts';
import type { IssuingUnit } from '#domain/notices/record.ts';
import type { Block, Book, Picture } from '#server/documents/model.ts';
import { renderPdf, type Pdf } from '#server/documents/render.ts';
import type { Context } from '#server/http/context.ts';
import { shownDocument, shownService } from './documents.ts';
import { wordFileOf } from './editable.ts';
import { documentRowsOfCase, markCase, serviceRows } from './store-documents.ts';

export { getDocument as documentInFull } from './documents.ts';
export { wordType } from './editable.ts';
export { issueFor } from './issue.ts';
export { numberOfBureau } from './numbering.ts';
export { interruptedNotices, noticeTasks } from './jobs.ts';
export { signaturePicture } from '#server/documents/signature.ts';
export type { Block, Picture } from '#server/documents/model.ts';

/** A document of a case with how it was served. */
export type CaseDocument = z.input<typeof DocumentView> & {
  /** SHA-256 of the file, hexadecimal. */
  fingerprint: string;
  needsService: boolean;
  services: z.output<typeof ServiceView>[];
};

/** The documents of a case within reach, oldest first, void ones too. */
export async function documentsOfCase(context: Context, caseId: string): Promise<CaseDocument[]> {
  const rows = await documentRowsOfCase(context.client, context.district, caseId);
  const shown: CaseDocument[] = [];
  for (const row of rows)
    shown.push({
      ...shownDocument(context, row),
      fingerprint: row.fingerprint.toString('hex'),
      needsService: row.needs_service,
      services: await serviceOf(context, row.id),
    });
  return shown;
}

/** Puts a document that was issued just now to the case it belongs to; answers in whose name it was issued. */
export async function putToCase(context: Context, documentId: string, caseId: string): Promise<IssuingUnit> {
  const unit = await markCase(context.client, context.district, documentId, caseId);
  if (!unit) throw notFound('文书');
  return unit;
}

/** How a document was served, with the attempts that failed, oldest first; empty when out of reach. */
export async function serviceOf(context: Context, documentId: string): Promise<z.output<typeof ServiceView>[]> {
  return (await serviceRows(context.client, context.district, documentId)).map((row) => shownService(context, row));
}

/** What a 一生一案 book holds: lines of the cover, and sections of blocks; pictures are named by blocks. */
export interface BookData {
  title?: string | undefined;
  subtitle?: string | undefined;
  cover: readonly { label: string; value: string }[];
  sections: readonly { title: string; blocks: readonly Block[]; ownPage?: boolean | undefined }[];
  pictures?: readonly Picture[] | undefined;
  /** Who made it, at the end with the day. */
  unit: string;
  /** Words across each page, for copies that leave the office. */
  watermark?: string | undefined;
}

function bookOf(context: Context, data: BookData): Book {
  return {
    layout: 'book',
    title: data.title ?? '一生一案',
    to: data.subtitle ?? '控辍保学个案档案',
    cover: data.cover,
    sections: data.sections,
    watermark: data.watermark,
    close: { unit: data.unit, day: dayWords(context.today), seal: '', signers: [] },
  };
}

/** Lays a 一生一案 out as a book with cover, contents and page numbers. */
export function renderBook(context: Context, data: BookData): Promise<Pdf> {
  return renderPdf(context.platform.config.dataDirectory, [bookOf(context, data)], data.pictures ?? []);
}

/** The same book as a Word file to work on; `mark` stands at the head of each page, and pictures stay with the PDF. */
export function wordBook(context: Context, data: BookData, mark: string): Promise<Buffer> {
  return wordFileOf([bookOf(context, data)], mark);
}
