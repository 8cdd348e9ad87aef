import * as work from '#contract/notices-work.ts';
import * as contract from '#contract/notices.ts';
import { answer, type Route } from '#server/http/serve.ts';
import { cancelJob, downloadJob, getJob, issueBulk, listJobs } from './bulk.ts';
import { downloadDocument, getDocument, listDocuments, voidDocument } from './documents.ts';
import { copyDocument, copyJob, draftDocument } from './editable.ts';
import { issueFor, previewFor } from './issue.ts';
import { recordService } from './serve-document.ts';
import { listTemplates, listTemplateVersions, previewTemplate, saveScheme, saveTemplate } from './templates.ts';

/** What answers the calls of the documents. */
export const noticesRoutes: readonly Route[] = [
  answer(contract.listDocuments, listDocuments),
  answer(contract.getDocument, getDocument),
  answer(contract.downloadDocument, downloadDocument),
  answer(contract.previewDocument, async (context, input) => {
    const { name, pdf } = await previewFor(context, input);
    context.note({ subjectKind: 'child', subjectId: input.childId, detail: { kind: input.kind } });
    return { fileName: `${name}_预览.pdf`, contentType: 'application/pdf', body: pdf.content };
  }),
  answer(contract.draftDocument, draftDocument),
  answer(contract.copyDocument, copyDocument),
  answer(contract.issueDocument, issueFor),
  answer(contract.recordService, recordService),
  answer(contract.voidDocument, voidDocument),
  answer(work.listTemplates, listTemplates),
  answer(work.listTemplateVersions, listTemplateVersions),
  answer(work.previewTemplate, previewTemplate),
  answer(work.saveTemplate, saveTemplate),
  answer(work.saveScheme, saveScheme),
  answer(work.issueBulk, issueBulk),
  answer(work.listJobs, listJobs),
  answer(work.getJob, getJob),
  answer(work.cancelJob, cancelJob),
  answer(work.downloadJob, downloadJob),
  answer(work.copyJob, copyJob),
];
