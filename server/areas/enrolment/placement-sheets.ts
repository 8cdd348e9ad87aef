import type { ParsedOf } from '#contract/endpoint.ts';
import type { placementTemplate as template } from '#contract/enrolment-sheets.ts';
import { placeLeavers as place } from '#contract/enrolment-year.ts';
import { Failure } from '#domain/basics/failure.ts';
import { parseGrade } from '#domain/basics/grade.ts';
import {
  placementColumns,
  placementRows,
  readPlacementRow,
  type PlacementAsked,
} from '#domain/enrolment/placement-sheet.ts';
import { schoolsOf } from '#server/areas/organisations/actions.ts';
import { chinaMoment } from '#server/clock.ts';
import type { Context } from '#server/http/context.ts';
import type { FileAnswer } from '#server/http/serve.ts';
import { sheetFile } from '#server/spreadsheets/sheet-file.ts';
import { placeLeavers } from './leavers.ts';
import { attempted, sheetDesk, type OpenRow, type Tried } from './sheet-desk.ts';
import { readLeavers, type LeaverView } from './store-year.ts';
import { childByNumber } from './who.ts';

const held = (words: string): Failure => new Failure('input-wrong', words);
const sameClass = (cell: string, className: string | null): boolean => {
  if (cell === '' || className === null) return cell === '';
  const [left, right] = [parseGrade(cell), parseGrade(className)];
  return cell === className || (left.grade > 0 && left.grade === right.grade && left.classNo === right.classNo);
};

/** The schools by name or code, and the leavers of each primary school, read once for a sheet. */
function groundOf(context: Context) {
  const leavers = new Map<string, Promise<LeaverView[]>>();
  const schools = schoolsOf(context);
  return {
    school: async (named: string) => (await schools).find((one) => one.name === named || one.code === named),
    leaversOf: (schoolId: string) => {
      const known = leavers.get(schoolId);
      if (known) return known;
      const read = readLeavers(context.client, context.district, { schoolId, show: 'all' }, { size: 5000, offset: 0 });
      leavers.set(schoolId, read);
      return read;
    },
  };
}

/** The leaver that a row names: by school, class and name, and by his number where the name is not his alone. */
async function leaverOf(context: Context, asked: PlacementAsked, leavers: readonly LeaverView[]): Promise<LeaverView> {
  const named = leavers.filter((one) => one.name === asked.name && sameClass(asked.className, one.className));
  if (named.length === 0) throw held(`${asked.school}没有待升学的毕业生“${asked.name}”，请核对学校、班级和姓名。`);
  if (asked.number === '') {
    const [only, ...more] = named;
    if (only && more.length === 0) return only;
    throw held(`有${String(named.length)}名毕业生同名，请填写身份证件号或学籍号。`);
  }
  const childId = await childByNumber(context, { name: asked.name, number: asked.number });
  const found = named.find((one) => one.childId === childId);
  if (!found) throw held('姓名和号码不是同一名毕业生，请核对证件。');
  return found;
}

async function placeRow(context: Context, row: OpenRow, ground: ReturnType<typeof groundOf>): Promise<Tried> {
  const read = readPlacementRow(row.raw);
  if ('faults' in read) throw held(`${read.faults.join('；')}。`);
  const { asked } = read;
  const [from, to] = [await ground.school(asked.school), await ground.school(asked.toSchool)];
  if (!from) throw held(`本区没有名为“${asked.school}”的学校，请填写学校全称或标识码。`);
  if (!to) throw held(`本区没有名为“${asked.toSchool}”的初中，请填写学校全称或标识码。`);
  const leaver = await leaverOf(context, asked, await ground.leaversOf(from.id));
  if (leaver.changeId !== null) {
    if (leaver.changeKind === 'placement' && leaver.toSchoolName === to.name && leaver.reportDay === asked.reportDay)
      return { same: `已分配到${to.name}，报到日 ${asked.reportDay}。` };
    throw held(
      leaver.changeKind === 'placement'
        ? `已分配到${leaver.toSchoolName ?? ''}，报到日 ${leaver.reportDay ?? ''}。要改派的，请先撤回那一项再导入。`
        : '已在办理去区外升学，请先办完那一项。',
    );
  }
  const input = place.input.parse({ childIds: [leaver.childId], toSchoolId: to.id, reportDay: asked.reportDay });
  const done = await placeLeavers(context, input);
  const refused = done.refused[0];
  if (refused) throw held(`${refused.why}，不能分配。`);
  return { changeId: null, childId: leaver.childId, note: `分配到${to.name}，报到日 ${asked.reportDay}` };
}

/** What answers the calls of sheets that place leavers. */
export const placementSheets = sheetDesk({
  kind: 'placements',
  columns: placementColumns,
  most: placementRows,
  together: true,
  async tryRows(context, rows, keep) {
    const ground = groundOf(context);
    const tried: Tried[] = [];
    const named = new Set<string>();
    for (const row of rows) {
      const one = await attempted(context, keep, (quiet) => placeRow(quiet, row, ground));
      if ('childId' in one && named.has(one.childId))
        tried.push({ reason: '这名毕业生在表中写了两次，请删去多余的一行。' });
      else tried.push(one);
      if ('childId' in one) named.add(one.childId);
    }
    return tried;
  },
});

/** The template: the leavers whom nobody placed, of one primary school or of all, with the columns to fill. */
export async function placementTemplate(context: Context, input: ParsedOf<typeof template>): Promise<FileAnswer> {
  const asked = { show: 'unplaced', schoolId: input.schoolId } as const;
  const leavers = await readLeavers(context.client, context.district, asked, { size: placementRows, offset: 0 });
  const { rows, complete, file } = await sheetFile('小学毕业生分配表.xlsx', {
    title: '小学毕业生分配表',
    note: `填写“分配初中”（学校全称或标识码）和“报到日”（如2026-08-30）后上传。同校同班有同名毕业生的，填写身份证件号或学籍号；一份表最多${String(placementRows)}行。`,
    columns: placementColumns.map(({ label }) => ({ label, kind: 'text' as const })),
    rows: leavers.map((one) => [one.schoolName, one.className ?? '', one.name, '', '', '']),
    watermark: `${context.actor.name} ${chinaMoment(context.now, 'seconds')}`,
  });
  context.note({ ...(input.schoolId === undefined ? {} : { subjectKind: 'school', subjectId: input.schoolId }), detail: { rows, complete } }); // prettier-ignore
  return file;
}
