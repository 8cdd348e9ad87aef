import type { Context } from '#server/http/context.ts';
import { listCatchmentRows } from './store-catchment.ts';
import { listPlaceRows } from './store-places.ts';
import { allSchoolRows } from './store-schools.ts';

export { createDistrict, findClassUnit, listDistricts, setCatchmentsByAddress } from './districts.ts';
export { isWorkday, readDatedSettings, readSettings, schoolCalendar } from './settings.ts';

/** A school as other areas need it; `stage` as stored (`primary`, `junior` …). Days are inclusive, `toDate` null while it is open. */
export interface KnownSchool {
  id: string;
  code: string;
  name: string;
  stage: string;
  subdistrictCode: string | null;
  fromDate: string;
  toDate: string | null;
}

/** A street or community as other areas need it. */
export interface KnownPlace {
  code: string;
  kind: 'subdistrict' | 'community';
  parentCode: string | null;
  name: string;
  fromDate: string;
  toDate: string | null;
}

function known(row: Awaited<ReturnType<typeof allSchoolRows>>[number]): KnownSchool {
  return {
    id: row.id,
    code: row.code,
    name: row.name,
    stage: row.stage,
    subdistrictCode: row.subdistrict_code,
    fromDate: row.from_date,
    toDate: row.to_date,
  };
}

/** Every school of the district, closed ones too, in order of code. */
export async function schoolsOf(context: Context): Promise<KnownSchool[]> {
  return (await allSchoolRows(context.client, context.district)).map(known);
}

/** Every street and community of the district, ended ones too, in order of code. */
export async function placesOf(context: Context): Promise<KnownPlace[]> {
  const rows = await listPlaceRows(context.client, context.district);
  return rows.map((row) => ({
    code: row.code,
    kind: row.kind,
    parentCode: row.parent_code,
    name: row.name,
    fromDate: row.from_date,
    toDate: row.to_date,
  }));
}

/** Which schools serve which communities on a day (对口学校); a community may have one for each stage. */
export async function catchmentsOf(
  context: Context,
  day: string,
): Promise<{ communityCode: string; schoolId: string }[]> {
  const rows = await listCatchmentRows(context.client, context.district, day, null);
  return rows.map((row) => ({ communityCode: row.code, schoolId: row.school_id }));
}
