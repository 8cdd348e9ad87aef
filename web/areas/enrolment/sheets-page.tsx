import { changeSheetCalls, sheetTemplate } from '#contract/enrolment-sheets.ts';
import { fileUrl } from '#web/api/call.ts';
import { DownloadButton } from '#web/parts/download-button.tsx';
import type { SheetDesk } from '#web/parts/work-sheet-words.ts';
import { WorkSheetPage } from '#web/parts/work-sheet.tsx';
import { WorkSheetsPage } from '#web/parts/work-sheets.tsx';
import { changeRefreshes } from './change-words.ts';

const desk: SheetDesk = {
  calls: changeSheetCalls,
  title: '批量办理学籍异动',
  words: [
    '转学、休学、复学、留级、跳级、转班等可以填在一张表里一次提出。',
    '上传后先逐行预览，有问题的行在页面上更正；确认后逐项提出，再上传各自的材料，由各方审批。',
  ],
  path: '/changes/sheets',
  back: { to: '/changes', words: '回到列表' },
  verb: '提出',
  after: '请到各项异动补交材料。',
  refresh: changeRefreshes,
  made: { to: (id) => `/changes/${id}`, words: '打开这项异动' },
};

/** 批量办理学籍异动: the template, the upload, and the sheets handed in before. */
export function SheetsPage() {
  return <WorkSheetsPage desk={desk} template={<DownloadButton url={fileUrl(sheetTemplate, {})} words="下载模板" />} />;
}

/** One sheet of changes row by row. */
export function SheetPage() {
  return <WorkSheetPage desk={desk} />;
}
