import { Failure, notFound } from '#domain/basics/failure.ts';
import type { UnitKind } from '#domain/basics/roles.ts';
import { readAreas } from '#server/files/areas.ts';
import type { Platform } from '#server/http/context.ts';
import { platformActor, runAs } from '#server/http/run.ts';
import { beginCatchment, busiestSchools, listCatchmentRows } from './store-catchment.ts';
import { addDistrict, addPlaces, districtRows, type DistrictRow } from './store-places.ts';
import { findClassId } from './store-schools.ts';

/** The districts that the installation serves, in order of code. */
export function listDistricts(platform: Platform): Promise<DistrictRow[]> {
  return districtRows(platform.database.appPool);
}

/** A city (4201…00) or province (42…0000) above the districts, known by what lies below it; it has no streets of its own. */
function findAbove(
  areas: ReturnType<typeof readAreas>,
  code: string,
): { name: string; city: string; province: string } | null {
  if (!/^\d{4}00$/.test(code)) return null;
  const [below] = areas.districtsOf(code.replace(/(00)+$/, ''));
  if (below === undefined) return null;
  return code.endsWith('0000')
    ? { name: below.province, city: '', province: below.province }
    : { name: below.city, city: below.city, province: below.province };
}

/**
 * Begins to serve a district (6 digits, GB/T 2260) with its streets and communities (statistics office, edition of the area file).
 * Called again it adds only what is missing. Fails with `input-wrong` when there is no such district.
 */
export async function createDistrict(
  platform: Platform,
  code: string,
): Promise<DistrictRow & { created: boolean; subdistricts: number; communities: number }> {
  const areas = readAreas();
  const area = areas.findDistrict(code) ?? findAbove(areas, code);
  if (!area)
    throw new Failure('input-wrong', `没有代码为 ${code} 的区县，请核对六位行政区划代码。`, {
      issues: [{ path: 'code', words: '没有这个区县。' }],
    });
  const district: DistrictRow = { code, name: area.name, city: area.city, province: area.province };
  const created = await addDistrict(platform.database.ownerPool, district, platform.clock.now());
  const streets = areas.subdistrictsOf(code);
  const communities = areas.communitiesOf(code);
  const places = [
    ...streets.map((street) => ({
      code: street.code,
      kind: 'subdistrict' as const,
      parentCode: null,
      name: street.name,
      fromDate: areas.edition,
    })),
    ...communities.map((each) => ({
      code: each.code,
      kind: 'community' as const,
      parentCode: each.subdistrictCode,
      name: each.name,
      fromDate: areas.edition,
    })),
  ];
  await runAs(
    platform,
    { actor: platformActor(code), reach: { all: true, tokens: [] }, audit: 'organisations.createDistrict' },
    async (context) => {
      const added = await addPlaces(context.client, code, places);
      context.note({
        subjectKind: 'district',
        subjectId: code,
        detail: { created, placesAdded: added, edition: areas.edition },
      });
    },
  );
  return { ...district, created, subdistricts: streets.length, communities: communities.length };
}

/** The unit of a post as it is kept: a class named `school code-class code` (2142010201-0701, as on rosters) becomes its id, any other unit stays. */
export async function findClassUnit(
  platform: Platform,
  district: string,
  unitKind: UnitKind,
  unit: string,
): Promise<string> {
  if (unitKind !== 'class') return unit;
  const named = /^(\d{10})-(\d{2})(\d{2})$/.exec(unit);
  const id = await runAs(
    platform,
    { actor: platformActor(district), reach: { all: true, tokens: [] }, audit: null },
    (context) =>
      named
        ? findClassId(context.client, district, {
            schoolCode: named[1] ?? '',
            grade: Number(named[2]),
            classNo: String(Number(named[3])),
          })
        : Promise.resolve(unit),
  );
  if (id === null) throw notFound('班级');
  return id;
}

/**
 * Proposes catchments from where the pupils live: to each community, for grades 1–6 and for 7–9, the school that most of its pupils attend.
 * They hold from the given day; catchments that stand already stay. Answers how many were set.
 */
export function setCatchmentsByAddress(platform: Platform, district: string, fromDate: string): Promise<number> {
  return runAs(
    platform,
    { actor: platformActor(district), reach: { all: true, tokens: [] }, audit: 'organisations.setCatchmentsByAddress' },
    async (context) => {
      const standing = new Set(
        (await listCatchmentRows(context.client, district, fromDate, null)).map(
          (row) => `${row.code} ${row.school_id}`,
        ),
      );
      const pairs = (await busiestSchools(context.client, district)).filter(
        (pair) => !standing.has(`${pair.community_code} ${pair.school_id}`),
      );
      for (const pair of pairs)
        await beginCatchment(context.client, district, pair.school_id, pair.community_code, fromDate);
      context.note({ subjectKind: 'district', subjectId: district, detail: { fromDate, set: pairs.length } });
      return pairs.length;
    },
  );
}
