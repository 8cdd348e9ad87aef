import { schoolYearOf } from '#domain/basics/school-year.ts';
import { isOfLevel } from '#domain/books/rules.ts';
import type { BookLevel } from '#domain/books/record.ts';
import { changeKindWords, changeStateWords } from '#domain/enrolment/change-words.ts';
import { changeKinds, changeStates } from '#domain/enrolment/changes-record.ts';
import { schoolsOf } from '#server/areas/organisations/actions.ts';
import type { Block } from '#server/documents/model.ts';
import type { Context } from '#server/http/context.ts';
import { heading, linesOf, paperLine, table, type BookWork } from './book-work.ts';
import { wordOf } from './sheets/ledgers.ts';
import type { SheetAsk } from './sheet.ts';
import { countAbsences } from './store-entry.ts';
import { readChangeRows } from './store-rows.ts';
import type { RollRow } from './store-work.ts';

type Span = SheetAsk & { from: string };

const gradesOf: Record<BookLevel, { from: number; to: number }> = {
  all: { from: 1, to: 9 },
  primary: { from: 1, to: 6 },
  junior: { from: 7, to: 9 },
};

/** How many entrants are on the roll and whose notice of entry was handed out, by class or by school. */
function noticeBlocks(span: Span, work: BookWork): Block[] {
  const whole = span.schoolId === null;
  const entrants = work.roll.filter((row) => row.grade === 1 || row.grade === 7);
  const given = work.signed.get('entryNotice');
  const groups = new Map<string, RollRow[]>();
  for (const row of entrants) {
    const name = whole ? row.schoolName : (row.className ?? '未分班');
    groups.set(name, [...(groups.get(name) ?? []), row]);
  }
  const rows = [...groups].map(([name, pupils]) => {
    const count = pupils.filter((one) => given?.has(one.childId) === true).length;
    return [name, String(pupils.length), String(count), String(pupils.length - count)];
  });
  const notices = work.records.filter((row) => row.kind === 'letter' && row.sort === 'entryNotice');
  const scans = notices.map((row) => linesOf(`${row.day} ${row.class_name ?? ''} ${row.content.title}`, paperLine(work, row))); // prettier-ignore
  return [
    table([4, 2.4, 2.8, 3], [whole ? '学校' : '班级', '在册新生', '通知书已送达', '尚无送达登记'], rows),
    ...(whole || scans.length === 0 ? [] : [{ as: 'note' as const, text: scans.join('\n') }]),
  ];
}

/** Notices of entry handed out, entrants expected and arrived, and by name who did not arrive. */
export async function entryBlocks(context: Context, span: Span, work: BookWork): Promise<Block[]> {
  // Places at junior schools are given in the summer before the year.
  const from = `${String(schoolYearOf(span.day))}-05-01`;
  const found = await readChangeRows(context.client, context.district, { ...span, from });
  const own = (await schoolsOf(context)).find((one) => one.id === span.schoolId)?.name;
  const changes = found.filter(
    (row) =>
      (row.grade === null || isOfLevel(row.toGrade ?? row.grade, span.level)) &&
      !['refused', 'withdrawn', 'corrected'].includes(row.state),
  );
  const placed = changes.filter((row) => row.kind === 'placement' && (own === undefined || row.toSchoolName === own));
  const late = changes.filter((row) => row.state === 'late');
  const count = (state: string) => String(placed.filter((row) => row.state === state).length);
  return [
    heading('（一）入学通知书送达'),
    ...noticeBlocks(span, work),
    heading('（二）小学升初中报到'),
    table(
      [3, 3, 3, 3],
      ['应报到', '已报到', '待到校确认', '去向未落实'],
      placed.length === 0 ? [] : [[String(placed.length), count('done'), count('arrival'), count('late')]],
    ),
    heading('（三）未报到、未到校学生'),
    table(
      [2, 2.6, 3.4, 3.4, 2.2, 2.2],
      ['学生', '事项', '原学校', '应到学校', '状态', '自'],
      late.map((row) => [
        row.name,
        wordOf(changeKinds, changeKindWords, row.kind),
        row.schoolName ?? '—',
        row.toSchoolName ?? '—',
        wordOf(changeStates, changeStateWords, row.state),
        row.stateDay,
      ]),
    ),
  ];
}

/** The roll calls of the year by month, absences in school days, and how many unexcused ones were followed up. */
export async function absenceBlocks(context: Context, span: Span): Promise<Block[]> {
  const rows = await countAbsences(context.client, context.district, { ...span, grades: gradesOf[span.level] });
  const days = (value: number) => (Number.isInteger(value) ? String(value) : value.toFixed(1));
  return [
    table(
      [2, 2, 2.4, 2.4, 2.4, 3],
      ['月份', '点名班次', '缺课（天）', '无故缺课（天）', '涉及学生', '无故缺课已联系家长'],
      rows.map((row) => [
        row.month,
        String(row.calls),
        days(row.days),
        days(row.unexcused),
        String(row.pupils),
        `${String(row.told)}/${String(row.entries)}`,
      ]),
    ),
    { as: 'note', text: '缺课按上课日计，半天计 0.5 天；已联系家长按次计。没有点名的班次不计入。' },
  ];
}
