import { askChange } from '#contract/enrolment-changes.ts';
import { Failure } from '#domain/basics/failure.ts';
import type { RawRow } from '#domain/basics/list-row.ts';
import { reachToken } from '#domain/basics/reach.ts';
import { schoolYearOf } from '#domain/basics/school-year.ts';
import { changeKindWords } from '#domain/enrolment/change-words.ts';
import { changeSheetColumns, readSheetRow, sheetKinds, sheetRows, type SheetAsked } from '#domain/enrolment/sheet.ts';
import { schoolsOf } from '#server/areas/organisations/actions.ts';
import type { Context } from '#server/http/context.ts';
import type { FileAnswer } from '#server/http/serve.ts';
import { underReach, wholeReach } from '#server/http/under-reach.ts';
import { sheetStream } from '#server/spreadsheets/sheet-file.ts';
import { askWith } from './ask.ts';
import { attempted, sheetDesk, type OpenRow, type Outcome, type Tried } from './sheet-desk.ts';
import { readLastRoll } from './store-roll.ts';
import { findClassByNo } from './store-sheets.ts';
import { childOf } from './who.ts';

/** Where a pupil was on roll last, whoever asks. */
const lastRollOf = (context: Context, childId: string) =>
  underReach(context, wholeReach, ({ client, district }) => readLastRoll(client, district, childId));

/** The school that a row names, and the class there or at the pupil's own school. */
async function placesOf(context: Context, asked: SheetAsked, roll: Awaited<ReturnType<typeof lastRollOf>>) {
  const { client, district, today } = context;
  const named = asked.toSchool;
  const school = named === '' ? null : (await schoolsOf(context)).find((one) => one.name === named || one.code === named); // prettier-ignore
  if (school === undefined) throw new Failure('input-wrong', `本区没有名为“${named}”的学校，请填写学校全称或标识码。`);
  const schoolId = school?.id ?? roll?.schoolId;
  const grade = asked.toGrade ?? roll?.grade ?? null;
  if (asked.classNo === '' || schoolId === undefined || grade === null)
    return { toSchoolId: school?.id ?? null, toClassId: null, toGrade: asked.toGrade };
  const toClassId = await findClassByNo(client, district, { schoolId, schoolYear: schoolYearOf(today), grade, classNo: asked.classNo }); // prettier-ignore
  if (toClassId === null) throw new Failure('input-wrong', `该校本学年没有${String(grade)}年级${asked.classNo}班。`);
  return { toSchoolId: school?.id ?? null, toClassId, toGrade: asked.toGrade };
}

/** Asks for what a row says, as if it were asked one by one; its papers follow. `found` hears to which schools the row belongs. */
async function askRow(
  context: Context,
  row: Pick<OpenRow, 'id'>,
  raw: RawRow,
  found: (schoolIds: readonly (string | null)[]) => void,
): Promise<Outcome> {
  const read = readSheetRow(raw);
  if ('faults' in read) throw new Failure('input-wrong', `${read.faults.join('；')}。`);
  const { asked } = read;
  const { kind, fromDay, endsOn, elsewhere, reason } = asked;
  const person = { name: asked.name, number: asked.number };
  const input = (more: object) => askChange.input.parse({ id: row.id, kind, person, fromDay, endsOn, elsewhere, reason, ...more }); // prettier-ignore
  const childId = await childOf(context, kind, input({}));
  const roll = await lastRollOf(context, childId);
  found([roll?.schoolId ?? null]);
  const places = await placesOf(context, asked, roll);
  found([roll?.schoolId ?? null, places.toSchoolId]);
  const after = await askWith(context, input(places), true);
  return { changeId: after.id, childId };
}

/** What answers the calls of sheets of registry changes. */
export const changeSheets = sheetDesk({
  kind: 'changes',
  columns: changeSheetColumns,
  most: sheetRows,
  together: false,
  async tryRows(context, rows, keep) {
    const tried: Tried[] = [];
    for (const row of rows) {
      let units: string[] = [];
      const found = (ids: readonly (string | null)[]) => {
        units = ids.flatMap((id) => (id === null ? [] : [reachToken('school', id)]));
      };
      const outcome = await attempted(context, keep, (quiet) => askRow(quiet, row, row.raw, found));
      tried.push({ ...outcome, units });
    }
    return tried;
  },
});

/** The template: an empty sheet of its columns, with what they take in the note. */
export function sheetTemplate(): Promise<FileAnswer> {
  const kinds = sheetKinds.map((kind) => changeKindWords[kind]).join('、');
  const file = sheetStream('学籍异动批量办理表.xlsx', {
    title: '学籍异动批量办理表',
    note: `异动类别可填：${kinds}。学校填全称或标识码，班级填“四年级2班”，日期填2026-11-20。申请书、证明等材料在提出之后逐项上传，材料齐全才能审批。`,
    columns: changeSheetColumns.map(({ label }) => ({ label, kind: 'text' as const })),
    rows: [],
  });
  return Promise.resolve(file);
}
