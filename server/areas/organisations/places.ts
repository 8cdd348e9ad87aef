import type { OutputOf, ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/organisations.ts';
import { addCalendarDays } from '#domain/basics/calendar.ts';
import { Failure, notFound, type FieldIssue } from '#domain/basics/failure.ts';
import { catchmentChanges, placeFault } from '#domain/organisations/rules.ts';
import { stageOfForm, stageWords } from '#domain/organisations/words.ts';
import type { Context, Platform } from '#server/http/context.ts';
import { beginCatchment, endCatchment, listCatchmentRows } from './store-catchment.ts';
import { findPlaceRow, listPlaceRows, listPlaceWorkers, writePlace } from './store-places.ts';
import {
  chainHead,
  countPupils,
  findSchoolRow,
  listClassRows,
  listSchoolRows,
  writeSchool,
  type SchoolRow,
} from './store-schools.ts';

function fieldFailure(issue: FieldIssue): Failure {
  return new Failure('input-wrong', issue.words, { issues: [issue] });
}

/** Every street and community with those who work there today. */
export async function listPlaces(context: Context): Promise<OutputOf<typeof contract.listPlaces>> {
  const rows = await listPlaceRows(context.client, context.district);
  const workers = new Map<string, string[]>();
  for (const worker of await listPlaceWorkers(context.client, context.district, context.today))
    workers.set(worker.code, [...(workers.get(worker.code) ?? []), worker.name]);
  return rows.map((row) => ({
    code: row.code,
    kind: row.kind,
    parentCode: row.parent_code,
    name: row.name,
    contact: row.contact,
    fromDate: row.from_date,
    toDate: row.to_date,
    workers: workers.get(row.code) ?? [],
  }));
}

/** Adds or changes a street or community; its code and kind stay. */
export async function savePlace(context: Context, input: ParsedOf<typeof contract.savePlace>): Promise<{ done: true }> {
  const { client, district } = context;
  const fault = placeFault(district, input);
  if (fault) throw fieldFailure(fault);
  if (input.toDate !== null && input.toDate < input.fromDate)
    throw fieldFailure({ path: 'toDate', words: '结束日期早于开始日期。' });
  if (input.parentCode !== null && (await findPlaceRow(client, district, input.parentCode))?.kind !== 'subdistrict')
    throw fieldFailure({ path: 'parentCode', words: '没有这个街道。' });
  await writePlace(client, district, {
    code: input.code,
    kind: input.kind,
    parent_code: input.parentCode,
    name: input.name,
    contact: input.contact,
    from_date: input.fromDate,
    to_date: input.toDate,
  });
  context.note({ subjectKind: 'place', subjectId: input.code });
  return { done: true };
}

interface Sizes {
  schools: Map<string, { pupils: number; classes: number }>;
  classes: Map<string, number>;
}

const remembered = new WeakMap<Platform, Map<string, { head: number; day: string; sizes: Sizes }>>();

/** Pupils by school and class; counted again only after a recorded write in the district. */
async function sizesOf(context: Context): Promise<Sizes> {
  const all = remembered.get(context.platform) ?? new Map<string, { head: number; day: string; sizes: Sizes }>();
  remembered.set(context.platform, all);
  const head = await chainHead(context.client, context.district);
  const before = all.get(context.district);
  if (before?.head === head && before.day === context.today) return before.sizes;
  const sizes: Sizes = { schools: new Map(), classes: new Map() };
  for (const row of await countPupils(context.client, context.district, context.today)) {
    const school = sizes.schools.get(row.school_id) ?? { pupils: 0, classes: 0 };
    sizes.schools.set(row.school_id, {
      pupils: school.pupils + row.pupils,
      classes: school.classes + (row.class_id === null ? 0 : 1),
    });
    if (row.class_id !== null) sizes.classes.set(row.class_id, row.pupils);
  }
  all.set(context.district, { head, day: context.today, sizes });
  return sizes;
}

function schoolOf(row: SchoolRow, sizes: Sizes) {
  return {
    id: row.id,
    code: row.code,
    name: row.name,
    stage: stageWords(row.stage),
    subdistrictCode: row.subdistrict_code,
    subdistrictName: row.subdistrict_name,
    contact: row.contact,
    fromDate: row.from_date,
    toDate: row.to_date,
    ...(sizes.schools.get(row.id) ?? { classes: 0, pupils: 0 }),
  };
}

/** A page of schools with their sizes. */
export async function listSchools(
  context: Context,
  input: ParsedOf<typeof contract.listSchools>,
): Promise<OutputOf<typeof contract.listSchools>> {
  const { rows, total } = await listSchoolRows(context.client, context.district, input);
  const sizes = await sizesOf(context);
  return { rows: rows.map((row) => schoolOf(row, sizes)), total, page: input.page, size: input.size };
}

/** A school with the classes of its newest school year and its catchment today. */
export async function getSchool(context: Context, input: { id: string }): Promise<OutputOf<typeof contract.getSchool>> {
  const { client, district, today } = context;
  const row = await findSchoolRow(client, district, { id: input.id });
  if (!row) throw notFound('学校');
  const sizes = await sizesOf(context);
  const classes = await listClassRows(client, district, row.id, today);
  const catchment = await listCatchmentRows(client, district, today, row.id);
  return {
    ...schoolOf(row, sizes),
    classList: classes.map((each) => ({
      id: each.id,
      schoolYear: each.school_year,
      grade: each.grade,
      classNo: each.class_no,
      name: each.name,
      pupils: sizes.classes.get(each.id) ?? 0,
      teacher: each.teacher,
    })),
    catchment: catchment.map(({ code, name }) => ({ code, name })),
  };
}

/** Adds or changes a school; its code is unique in the district. */
export async function saveSchool(
  context: Context,
  input: ParsedOf<typeof contract.saveSchool>,
): Promise<{ id: string }> {
  const { client, district } = context;
  if (input.toDate !== null && input.toDate < input.fromDate)
    throw fieldFailure({ path: 'toDate', words: '结束日期早于开始日期。' });
  if (input.id !== undefined && !(await findSchoolRow(client, district, { id: input.id }))) throw notFound('学校');
  const same = await findSchoolRow(client, district, { code: input.code });
  if (same && same.id !== input.id)
    throw new Failure('already-exists', `学校标识码 ${input.code} 已属于${same.name}。`, {
      issues: [{ path: 'code', words: '已被使用。' }],
    });
  if (
    input.subdistrictCode !== null &&
    (await findPlaceRow(client, district, input.subdistrictCode))?.kind !== 'subdistrict'
  )
    throw fieldFailure({ path: 'subdistrictCode', words: '没有这个街道。' });
  const id = input.id ?? context.newId();
  await writeSchool(client, district, {
    id,
    code: input.code,
    name: input.name,
    stage: stageOfForm(input.stage),
    subdistrict_code: input.subdistrictCode,
    contact: input.contact,
    from_date: input.fromDate,
    to_date: input.toDate,
  });
  context.note({ subjectKind: 'school', subjectId: id });
  return { id };
}

/** Sets which communities a school serves from a day on; what was before ends the day before. */
export async function setCatchment(
  context: Context,
  input: ParsedOf<typeof contract.setCatchment>,
): Promise<{ done: true }> {
  const { client, district } = context;
  if (!(await findSchoolRow(client, district, { id: input.id }))) throw notFound('学校');
  const communities = new Set(
    (await listPlaceRows(client, district)).filter((place) => place.kind === 'community').map((place) => place.code),
  );
  const unknown = input.communityCodes.filter((code) => !communities.has(code));
  if (unknown.length > 0)
    throw fieldFailure({ path: 'communityCodes', words: `没有代码为 ${unknown.slice(0, 5).join('、')} 的社区。` });
  const held = await listCatchmentRows(client, district, input.fromDate, input.id);
  const { begin, end } = catchmentChanges(
    held.map((row) => row.code),
    input.communityCodes,
  );
  if (end.length > 0) await endCatchment(client, district, input.id, end, addCalendarDays(input.fromDate, -1));
  for (const code of begin) await beginCatchment(client, district, input.id, code, input.fromDate);
  context.note({
    subjectKind: 'school',
    subjectId: input.id,
    detail: { fromDate: input.fromDate, begun: begin.length, ended: end.length },
  });
  return { done: true };
}
