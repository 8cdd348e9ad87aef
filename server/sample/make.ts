import { readAreas } from '#server/files/areas.ts';
import { plainCommunityName } from '#domain/organisations/places.ts';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createChance } from './chance.ts';
import { inventName, wrongCheck } from './invented.ts';
import type { InventedChild } from './people.ts';
import type { DistrictPlan, PlannedSchool, PlantCounts } from './plan.ts';
import { plantDistrict } from './plant.ts';
import type { DistrictTruth, PlantedDistrict, RegisterEntry } from './planted.ts';
import {
  KEYLIST_HEADERS,
  PRESENCE_HEADERS,
  REGISTER_HEADERS,
  ROSTER_HEADERS,
  SCHOOL_HEADERS,
  presenceRow,
  registerRow,
  rosterRows,
  schoolRow,
} from './rows.ts';
import type { ListRow } from './rows.ts';
import { writeSheet } from './sheets.ts';
import type { SheetContent } from './sheets.ts';
import { inventStaff } from './staff.ts';
import type { SampleClass, SamplePerson } from './staff.ts';

/** What was written: the files by kind, the people of the offices and schools, and what must be found. */
export interface SampleManifest {
  readonly asOf: string;
  readonly districtCode: string;
  /** Paths in the folder given to the maker. */
  readonly files: {
    readonly schools: string[];
    readonly register: string[];
    readonly rosters: string[];
    readonly presence: string[];
    /** `list` is the name given to the keylist import. */
    readonly keylists: { readonly path: string; readonly list: string; readonly rows: number; readonly held: number }[];
    readonly expected: string;
  };
  readonly schools: readonly PlannedSchool[];
  readonly classes: readonly SampleClass[];
  readonly staff: readonly SamplePerson[];
  readonly expected: DistrictTruth;
}

/** The day of the sample's lists. */
export const SAMPLE_AS_OF = '2026-11-20';
/** The sample's district: real streets and communities, invented schools and people. */
export const SAMPLE_DISTRICT = '420102';

const SEED = 20_261_120;
const STREETS = ['420102011', '420102012', '420102015', '420102400'];
const COUNTS: PlantCounts = {
  held: { nameMissing: 1, birthUnreadable: 2, idCheckDigit: 2, birthIdMismatch: 1, sexIdMismatch: 1 },
  rosterHeld: { nameMissing: 1, birthUnreadable: 0, idCheckDigit: 1, birthIdMismatch: 0, sexIdMismatch: 0 },
  notEnrolled: 9,
  notEnrolledDespiteClaim: 2,
  notEnrolledSibling: 2,
  notEnrolledWithoutDocument: 2,
  enrolledElsewhere: 14,
  deferred: 3,
  onRollAbsent: 8,
  onLeave: 9,
  withoutPresenceRow: 4,
  notInRegister: 11,
  doubleEnrolled: 3,
  misreadNumber: 5,
  otherName: 4,
  otherNumber: 2,
  rosterWithoutDocument: 1,
  bothWithoutDocument: 1,
  registerDuplicate: 4,
  tooYoung: 3,
  graduated: 2,
  senior: 2,
  overAgeOnRoll: 2,
  underAgeOnRoll: 1,
  nonIdDocument: 3,
  rareName: 6,
  dottedName: 3,
  twins: 4,
};
const PRIMARY = [1, 2, 3, 4, 5, 6];
const JUNIOR = [7, 8, 9];

/** The plan of the sample district; schools are invented and no real school bears these names or numbers. */
export function samplePlan(): DistrictPlan {
  const areas = readAreas();
  const streets = new Map(areas.subdistrictsOf(SAMPLE_DISTRICT).map((street) => [street.code, street.name]));
  const school = (
    code: string,
    name: string,
    stage: PlannedSchool['stage'],
    subdistrictCode: string,
    grades: number[],
    classesPerGrade: number,
  ): PlannedSchool => ({
    code,
    name,
    stage,
    subdistrict: streets.get(subdistrictCode) ?? '',
    subdistrictCode,
    grades,
    classesPerGrade,
  });
  return {
    seed: SEED,
    asOf: SAMPLE_AS_OF,
    districtCode: SAMPLE_DISTRICT,
    districtName: '江岸区',
    above: '湖北省武汉市',
    schools: [
      school('2142990101', '青棠里小学', '小学', '420102012', PRIMARY, 2),
      school('2142990102', '云杪小学', '小学', '420102015', PRIMARY, 2),
      school('2142990103', '拾穗小学', '小学', '420102400', PRIMARY, 1),
      school('3142990104', '砚溪学校', '九年一贯制', '420102011', [...PRIMARY, ...JUNIOR], 1),
      school('3142990105', '望澜初级中学', '初中', '420102012', JUNIOR, 2),
      school('3142990106', '松筠初级中学', '初中', '420102015', JUNIOR, 1),
    ],
    communities: areas
      .communitiesOf(SAMPLE_DISTRICT)
      .filter((community) => STREETS.includes(community.subdistrictCode))
      .map((community) => ({
        code: community.code,
        name: plainCommunityName(community.name),
        subdistrict: streets.get(community.subdistrictCode) ?? '',
      })),
    ordinary: 1300,
    counts: COUNTS,
  };
}

/**
 * Writes the files of the product's own sample district into a folder, as its users would have them, and says what they hold.
 * The same bytes of content on every call; nobody in them exists.
 */
export function makeSampleFiles(directory: string): Promise<SampleManifest> {
  const plan = samplePlan();
  const district = plantDistrict(plan);
  const chance = createChance(SEED + 1);
  const { classes, staff } = inventStaff(chance, plan, STREETS);
  const at = (name: string): string => join(directory, name);

  const schools = at('学校名录.csv');
  writeSheet(schools, 'csv-utf8-bom', sheet(SCHOOL_HEADERS, plan.schools.map(schoolRow)));

  const surveyors = new Map(
    plan.communities.map((community) => [
      community.code,
      staff.find((person) => person.unit === community.code)?.name ?? inventName(chance),
    ]),
  );
  const register = at('适龄儿童少年信息档案.xlsx');
  const lines = district.register
    .toSorted(byHousehold)
    .map((entry) => registerRow(plan, entry, surveyors.get(entry.child.household.community.code) ?? ''));
  writeSheet(register, 'xlsx', {
    ...sheet(REGISTER_HEADERS, lines),
    titles: [`${plan.districtName}适龄儿童少年信息档案（${plan.asOf}）`],
    total: ['合计', lines.length],
  });

  const rosters = [...rosterRows(district)].map(([code, rows]) => {
    const path = at(`学籍_${code}_${plan.schools.find((school) => school.code === code)?.name ?? ''}.xlsx`);
    writeSheet(
      path,
      'xlsx',
      sheet(
        ROSTER_HEADERS,
        rows.map((row) => ({ ...row, 出生日期: String(row['出生日期']).replaceAll('-', '') })),
      ),
    );
    return path;
  });

  const presence = at(`到校情况_${plan.asOf}.xlsx`);
  writeSheet(presence, 'xlsx', sheet(PRESENCE_HEADERS, district.presence.map(presenceRow)));

  const keylists = [
    writeKeylist(
      at('名单_低保.xlsx'),
      '低保',
      listed(district, (child) => child.tags.includes('低保家庭')),
      true,
    ),
    writeKeylist(
      at('名单_残疾.xlsx'),
      '残疾',
      listed(district, (child) => child.tags.includes('残疾')),
      false,
    ),
    writeKeylist(
      at('名单_留守.xlsx'),
      '留守',
      listed(district, (child) => child.tags.includes('留守儿童')),
      false,
    ),
  ];
  const expected: DistrictTruth = {
    ...district.truth,
    roster: { ...district.truth.roster, files: rosters.map((path) => path.slice(directory.length + 1)) },
  };
  writeFileSync(at('expected.json'), `${JSON.stringify(expected, null, 1)}\n`);
  return Promise.resolve({
    asOf: plan.asOf,
    districtCode: plan.districtCode,
    files: {
      schools: [schools],
      register: [register],
      rosters,
      presence: [presence],
      keylists,
      expected: at('expected.json'),
    },
    schools: plan.schools,
    classes,
    staff,
    expected,
  });

  function writeKeylist(
    path: string,
    list: string,
    children: readonly InventedChild[],
    withFault: boolean,
  ): SampleManifest['files']['keylists'][number] {
    const rows = children.map((child, place) => ({
      姓名: child.name,
      证件号码: withFault && place === 0 ? wrongCheck(chance, child.documentNumber) : child.documentNumber,
      名单: list,
      有效期起: '2026-01-01',
      有效期止: '2026-12-31',
    }));
    writeSheet(path, 'xlsx', {
      ...sheet(KEYLIST_HEADERS, rows),
      titles: [`${list}名单`],
      total: ['合计', rows.length],
    });
    return { path, list, rows: rows.length, held: withFault ? Math.min(1, rows.length) : 0 };
  }
}

function sheet(headers: readonly string[], rows: readonly ListRow[]): SheetContent {
  return { titles: [], headers, rows: rows.map((row) => headers.map((header) => row[header] ?? '')) };
}

function byHousehold(one: RegisterEntry, other: RegisterEntry): number {
  return one.householdNumber < other.householdNumber ? -1 : one.householdNumber > other.householdNumber ? 1 : 0;
}

function listed(district: PlantedDistrict, belongs: (child: InventedChild) => boolean): InventedChild[] {
  return district.register
    .filter(
      (entry) =>
        entry.held === undefined &&
        entry.repeat === undefined &&
        entry.documentType === '居民身份证' &&
        entry.documentNumber !== '' &&
        belongs(entry.child),
    )
    .map((entry) => entry.child);
}
