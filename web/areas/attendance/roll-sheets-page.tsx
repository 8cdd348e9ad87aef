import { Select } from 'antd';
import { useState } from 'react';
import { rollCallSheetCalls, rollCallTemplate } from '#contract/attendance-sheets.ts';
import { dayParts, type DayPart } from '#domain/attendance/record.ts';
import { dayPartWords } from '#domain/attendance/words.ts';
import { fileUrl } from '#web/api/call.ts';
import { useMe } from '#web/api/me.ts';
import { DayField } from '#web/parts/day-field.tsx';
import { DownloadButton } from '#web/parts/download-button.tsx';
import type { SheetDesk } from '#web/parts/work-sheet-words.ts';
import { WorkSheetPage } from '#web/parts/work-sheet.tsx';
import { WorkSheetsPage } from '#web/parts/work-sheets.tsx';
import { markRefreshes } from './attendance-words.ts';

const desk: SheetDesk = {
  calls: rollCallSheetCalls,
  title: '按表点名',
  words: [
    '下载当天的点名表，没有到校的学生改写“到校情况”后上传；整班写齐才能点名。',
    '先逐行预览，有问题的行在页面上更正，确认后再登记。',
    '补前几天的要写补报原因；已点过名要改的写更正原因。会使疑似辍学预警或逾期未联系的缺勤消失的，还要写依据并经学校另一人同意。',
  ],
  path: '/rollcall/sheets',
  back: { to: '/rollcall', words: '回到点名' },
  verb: '登记',
  after: '点名已登记；待同意的更正在“更正与同意”里办理。',
  refresh: markRefreshes,
};

/** 按表点名: the template of a day, the upload, and the sheets handed in before. */
export function RollSheetsPage() {
  const { today } = useMe();
  const [day, setDay] = useState(today);
  const [part, setPart] = useState<DayPart>('morning');
  return (
    <WorkSheetsPage
      desk={desk}
      template={
        <>
          <DayField
            words="点名日期"
            value={day}
            latest={today}
            onChange={(next) => {
              setDay(next ?? today);
            }}
          />
          <Select
            aria-label="时段"
            value={part}
            options={dayParts.map((value) => ({ value, label: dayPartWords[value] }))}
            onChange={setPart}
          />
          <DownloadButton url={fileUrl(rollCallTemplate, { day, part })} words="下载这一天的点名表" />
        </>
      }
    />
  );
}

/** One sheet of a roll call row by row. */
export function RollSheetPage() {
  return <WorkSheetPage desk={desk} />;
}
