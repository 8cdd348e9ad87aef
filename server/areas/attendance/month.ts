import type { ParsedOf } from '#contract/endpoint.ts';
import type * as views from '#contract/attendance-views.ts';
import type { ChildMark } from '#domain/attendance/record.ts';
import { isPresent, partsToMark, schoolDaysBetween } from '#domain/attendance/rules.ts';
import { dayPartWords, markSigns } from '#domain/attendance/words.ts';
import { addCalendarDays } from '#domain/basics/calendar.ts';
import { pupilsOfClass } from '#server/areas/enrolment/actions.ts';
import { chinaMoment } from '#server/clock.ts';
import type { Context } from '#server/http/context.ts';
import type { FileAnswer } from '#server/http/serve.ts';
import { sheetFile } from '#server/spreadsheets/sheet-file.ts';
import type { ExportColumn } from '#server/spreadsheets/write.ts';
import { inClass } from './access.ts';
import { groundOf } from './standing.ts';
import { readMarks } from './store-marks.ts';

const legend =
  '√ 到校　× 无故缺勤　病 病假　事 事假　公 公假　丧 丧假　假 其他请假　迟 迟到　核 待核　— 未点名（未知，不算到校也不算缺勤）';

/** The last day of a month, or today while it runs. */
function lastDay(month: string, today: string): string {
  const next = addCalendarDays(`${month}-28`, 4).slice(0, 7);
  const last = addCalendarDays(`${next}-01`, -1);
  return last < today ? last : today;
}

function sumOf(marks: readonly ChildMark[], of: (mark: ChildMark) => boolean): number {
  return marks.filter(of).reduce((total, mark) => total + mark.weight, 0);
}

/** A class and month as a sheet: one row a pupil, one column a half-day, gaps marked as such; watermarked and logged. */
export async function exportClassMonth(
  context: Context,
  input: ParsedOf<typeof views.exportClassMonth>,
): Promise<FileAnswer> {
  const to = lastDay(input.month, context.today);
  const from = `${input.month}-01`;
  return inClass(context, input.classId, to, async (inner, access) => {
    const ground = await groundOf(inner, to);
    const pupils = await pupilsOfClass(inner, input.classId, to);
    const marks = await readMarks(
      inner.client,
      inner.district,
      pupils.map((pupil) => pupil.childId),
      from,
      to,
    );
    const parts = partsToMark(ground.settings['attendance.afternoon']);
    const slots = schoolDaysBetween(from, to, ground.isSchoolDay).flatMap((day) =>
      parts.map((part) => ({ day, part })),
    );
    const byKey = new Map(marks.map((mark) => [`${mark.childId} ${mark.day} ${mark.part}`, mark] as const));
    const columns: ExportColumn[] = [
      { label: '序号', kind: 'number', width: 6 },
      { label: '姓名', width: 12 },
      ...slots.map(({ day, part }) => ({
        label: `${String(Number(day.slice(8)))}日${parts.length > 1 ? dayPartWords[part].slice(0, 1) : ''}`,
        width: 5,
      })),
      { label: '到校天数', kind: 'number', width: 9 },
      { label: '无故缺勤', kind: 'number', width: 9 },
      { label: '请假', kind: 'number', width: 7 },
      { label: '未点名', kind: 'number', width: 8 },
    ];
    const rows = pupils.map((pupil, index) => {
      const own = marks.filter((mark) => mark.childId === pupil.childId);
      const signs = slots.map(({ day, part }) => {
        const mark = byKey.get(`${pupil.childId} ${day} ${part}`);
        return markSigns[mark ? (mark.kind ?? 'present') : 'gap'];
      });
      const gap = signs.filter((sign) => sign === markSigns.gap).length / parts.length;
      return [
        index + 1,
        pupil.name,
        ...signs,
        sumOf(own, (mark) => isPresent(mark.kind)),
        sumOf(own, (mark) => mark.kind === 'unexcused'),
        sumOf(own, (mark) => !isPresent(mark.kind) && mark.kind !== 'unexcused' && mark.kind !== 'unknown'),
        gap,
      ];
    });
    const title = `${access.place.school_name}${access.place.name} ${input.month.slice(0, 4)}年${String(Number(input.month.slice(5)))}月考勤表`;
    const {
      rows: written,
      complete,
      file,
    } = await sheetFile(`${title}.xlsx`, {
      title,
      unit: access.place.school_name,
      note: legend,
      columns,
      rows,
      complete: { total: pupils.length },
      watermark: `${inner.actor.name} ${chinaMoment(inner.now, 'seconds')}`,
    });
    inner.note({
      subjectKind: 'class',
      subjectId: input.classId,
      detail: { month: input.month, rows: written, complete },
    });
    return file;
  });
}
