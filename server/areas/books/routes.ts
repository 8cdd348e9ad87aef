import * as design from '#contract/books-design.ts';
import * as records from '#contract/books-records.ts';
import * as contract from '#contract/books.ts';
import { Failure } from '#domain/basics/failure.ts';
import { answer, type Route } from '#server/http/serve.ts';
import { addField, getDesign, listBooks, listFields, saveLayout, switchField } from './design.ts';
import { fieldSheet, takeFieldSheet } from './field-sheet.ts';
import { downloadFile, exportSheet, listFiles, orderFile, previewSheet } from './files.ts';
import { getRecord, listRecords } from './list-records.ts';
import { addHelp, mendFindings, recheckFindings } from './record-steps.ts';
import { keepInspection, keepRecord, withdrawRecord } from './records.ts';
import { getValues, saveValues } from './values.ts';

/** What answers the calls of books, sheets, layouts and own fields. */
export const booksRoutes: readonly Route[] = [
  answer(contract.listBooks, (context) => listBooks(context)),
  answer(contract.previewSheet, previewSheet),
  answer(contract.exportSheet, exportSheet),
  answer(contract.orderFile, orderFile),
  answer(contract.listFiles, listFiles),
  answer(contract.downloadFile, downloadFile),
  answer(design.getDesign, getDesign),
  answer(design.saveLayout, saveLayout),
  answer(design.listFields, (context) => listFields(context)),
  answer(design.addField, addField),
  answer(design.switchField, switchField),
  answer(design.getValues, getValues),
  answer(design.saveValues, saveValues),
  answer(records.listRecords, listRecords),
  answer(records.getRecord, getRecord),
  answer(records.keepRecord, keepRecord),
  answer(records.keepInspection, keepInspection),
  answer(records.addHelp, addHelp),
  answer(records.mendFindings, mendFindings),
  answer(records.recheckFindings, recheckFindings),
  answer(records.withdrawRecord, withdrawRecord),
  answer(design.fieldSheet, fieldSheet),
  answer(design.takeFieldSheet, async (context, input, { upload }) => {
    if (!upload) throw new Failure('file-empty', '没有收到文件，请重新选择后上传。');
    return takeFieldSheet(context, input, upload);
  }),
];
