import { useState } from 'react';
import { placementSheetCalls, placementTemplate } from '#contract/enrolment-sheets.ts';
import { fileUrl } from '#web/api/call.ts';
import { DownloadButton } from '#web/parts/download-button.tsx';
import { PickSchool } from '#web/parts/pick.tsx';
import type { SheetDesk } from '#web/parts/work-sheet-words.ts';
import { WorkSheetPage } from '#web/parts/work-sheet.tsx';
import { WorkSheetsPage } from '#web/parts/work-sheets.tsx';
import { changeRefreshes } from './change-words.ts';

const desk: SheetDesk = {
  calls: placementSheetCalls,
  title: '按表分配小学毕业生',
  words: [
    '下载的表里列出还没有分配的小学毕业生，逐行填写分配的初中和报到日后上传。',
    '先逐行预览，有问题的行在页面上更正；确认后逐人分配，由初中在报到时确认。',
  ],
  path: '/leavers/sheets',
  back: { to: '/leavers', words: '回到小学毕业生升学' },
  verb: '分配',
  after: '报到时由初中学籍管理员确认到校。',
  refresh: changeRefreshes,
};

/** 按表分配小学毕业生: the leavers out as a sheet, the upload, and the sheets handed in before. */
export function PlacementSheetsPage() {
  const [schoolId, setSchoolId] = useState<string>();
  return (
    <WorkSheetsPage
      desk={desk}
      template={
        <>
          <PickSchool value={schoolId} onChange={setSchoolId} />
          <DownloadButton
            url={fileUrl(placementTemplate, schoolId === undefined ? {} : { schoolId })}
            words={schoolId === undefined ? '下载全区未分配毕业生表' : '下载这所小学的毕业生表'}
          />
        </>
      }
    />
  );
}

/** One sheet of placements row by row. */
export function PlacementSheetPage() {
  return <WorkSheetPage desk={desk} />;
}
