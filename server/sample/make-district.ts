import { readAreas } from '#server/files/areas.ts';
import { plainCommunityName } from '#domain/organisations/places.ts';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Chance } from './chance.ts';
import { createChance } from './chance.ts';
import { chooseNoise, noisySheet } from './noise.ts';
import type { DistrictPlan, PlannedSchool, PlantCounts } from './plan.ts';
import { plantDistrict } from './plant.ts';
import type { DistrictTruth } from './planted.ts';
import {
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
import { endingOf, writeSheet } from './sheets.ts';

/** What kind of district to make. */
export interface MadeDistrictWish {
  readonly seed: number;
  /** About how many children stand on the rosters. */
  readonly children: number;
  /** At least 1; a single school is a nine-year school. */
  readonly schools: number;
  /** Problems by kind, instead of the mixture drawn from the seed. */
  readonly errors?: Partial<PlantCounts>;
  /** Folder to write into; made when missing. */
  readonly directory: string;
  /** YYYY-MM-DD; 2026-11-20 when not said. */
  readonly asOf?: string;
  /** 420102 when not said; any district of the area file. */
  readonly districtCode?: string;
}

/** The files of a made district by kind, and what must be found in them. */
export interface MadeDistrict {
  readonly asOf: string;
  readonly districtCode: string;
  readonly files: {
    readonly schools: string[];
    readonly register: string[];
    readonly rosters: string[];
    readonly presence: string[];
    readonly expected: string;
  };
  readonly truth: DistrictTruth;
}

const FRONT = [...'澄霁沐听栖望砚松晴溪麓芦栎樟柚鹿雁鹤泊汀'];
const BACK = [...'禾野川岚渡屿庐谷溪坪湾畔陌舟径塘泽洲'];

/**
 * Makes a district whose files differ in form, order and errors from any other, with the truth written down while planting.
 * The same wish gives the same lists. Throws when the district is not in the area file.
 */
export function makeDistrict(wish: MadeDistrictWish): Promise<MadeDistrict> {
  const chance = createChance(wish.seed * 7 + 3);
  const plan = planDistrict(chance, wish);
  const district = plantDistrict(plan);
  const noise = createChance(wish.seed * 11 + 5);
  const write = (
    name: string,
    title: string,
    headers: readonly string[],
    rows: readonly ListRow[],
    merge: readonly string[] = [],
  ): string => {
    const chosen = chooseNoise(noise, title, merge);
    const path = join(wish.directory, `${name}.${endingOf(chosen.form)}`);
    writeSheet(path, chosen.form, noisySheet(noise, chosen, headers, rows));
    return path;
  };

  const schools = [write('学校名录', `${plan.districtName}学校名录`, SCHOOL_HEADERS, plan.schools.map(schoolRow))];
  const lines = district.register.map((entry) => registerRow(plan, entry, '摸底员'));
  const parts = noise.oneIn(2)
    ? [lines]
    : [lines.filter((_, at) => at % 3 !== 0), lines.filter((_, at) => at % 3 === 0)];
  const register = parts.map((rows, at) =>
    write(
      parts.length === 1 ? '适龄儿童少年信息档案' : `适龄儿童少年信息档案_${String(at + 1)}`,
      `${plan.districtName}适龄儿童少年信息档案`,
      REGISTER_HEADERS,
      rows,
      ['街道'],
    ),
  );
  const rosters = [...rosterRows(district)].map(([code, rows]) => {
    const name = plan.schools.find((school) => school.code === code)?.name ?? '';
    return write(`学籍_${code}_${name}`, `${name}学生基本信息`, ROSTER_HEADERS, rows);
  });
  const presence = [
    write(`到校情况_${plan.asOf}`, `到校情况（${plan.asOf}）`, PRESENCE_HEADERS, district.presence.map(presenceRow), [
      '学校',
    ]),
  ];

  const truth: DistrictTruth = {
    ...district.truth,
    roster: { ...district.truth.roster, files: rosters.map((path) => path.slice(wish.directory.length + 1)) },
  };
  const expected = join(wish.directory, 'expected.json');
  writeFileSync(expected, `${JSON.stringify(truth, null, 1)}\n`);
  return Promise.resolve({
    asOf: plan.asOf,
    districtCode: plan.districtCode,
    files: { schools, register, rosters, presence, expected },
    truth,
  });
}

function planDistrict(chance: Chance, wish: MadeDistrictWish): DistrictPlan {
  const areas = readAreas();
  const district = areas.findDistrict(wish.districtCode ?? '420102');
  if (district === null) throw new Error(`no district ${String(wish.districtCode)} in the area file`);
  const streets = new Map(areas.subdistrictsOf(district.code).map((street) => [street.code, street.name]));
  const communities = areas.communitiesOf(district.code).map((community) => ({
    code: community.code,
    name: plainCommunityName(community.name),
    subdistrict: streets.get(community.subdistrictCode) ?? '',
  }));
  const counts = { ...drawCounts(chance, wish.children), ...wish.errors };
  return {
    seed: wish.seed,
    asOf: wish.asOf ?? '2026-11-20',
    districtCode: district.code,
    districtName: district.name,
    above: district.province + (district.city === '市辖区' ? '' : district.city),
    schools: planSchools(chance, wish, [...streets]),
    communities,
    ordinary: Math.max(0, wish.children - onRollCount(counts)),
    counts,
  };
}

function planSchools(
  chance: Chance,
  wish: MadeDistrictWish,
  streets: readonly (readonly [string, string])[],
): PlannedSchool[] {
  const names = new Set<string>();
  const province = (wish.districtCode ?? '420102').slice(0, 2);
  const stages = Array.from({ length: wish.schools }, (_, at): PlannedSchool['stage'] =>
    wish.schools === 1 ? '九年一贯制' : ((['小学', '初中', '小学', '九年一贯制', '小学'] as const)[at % 5] ?? '小学'),
  );
  const classesPerGrade = Math.max(
    1,
    Math.ceil(wish.children / 45 / stages.reduce((sum, stage) => sum + gradesOf(stage).length, 0)),
  );
  return stages.map((stage, at) => {
    let front = '';
    do front = chance.pick(FRONT) + chance.pick(BACK) + (at < 200 ? '' : chance.pick(BACK));
    while (names.has(front));
    names.add(front);
    const [subdistrictCode, subdistrict] = chance.pick(streets);
    const type = stage === '小学' ? '21' : '31';
    const ending = stage === '小学' ? '小学' : stage === '初中' ? '初级中学' : '学校';
    return {
      code: `${type}${province}99${String(at + 1).padStart(4, '0')}`,
      name: front + ending,
      stage,
      subdistrict,
      subdistrictCode,
      grades: gradesOf(stage),
      classesPerGrade,
    };
  });
}

function gradesOf(stage: PlannedSchool['stage']): number[] {
  return stage === '小学' ? [1, 2, 3, 4, 5, 6] : stage === '初中' ? [7, 8, 9] : [1, 2, 3, 4, 5, 6, 7, 8, 9];
}

/** A mixture of problems that grows slowly with the district. */
function drawCounts(chance: Chance, children: number): PlantCounts {
  const most = Math.max(2, Math.round(Math.sqrt(children) / 3));
  const some = (): number => chance.whole(0, most);
  const held = (): PlantCounts['held'] => ({
    nameMissing: chance.whole(0, 3),
    birthUnreadable: chance.whole(0, 6),
    idCheckDigit: chance.whole(0, 5),
    birthIdMismatch: chance.whole(0, 4),
    sexIdMismatch: chance.whole(0, 4),
  });
  return {
    held: held(),
    rosterHeld: held(),
    notEnrolled: some() + 2,
    notEnrolledDespiteClaim: some(),
    notEnrolledSibling: some(),
    notEnrolledWithoutDocument: chance.whole(0, 4),
    enrolledElsewhere: some(),
    deferred: some(),
    onRollAbsent: some(),
    onLeave: some(),
    withoutPresenceRow: some(),
    notInRegister: some(),
    doubleEnrolled: some(),
    misreadNumber: some(),
    otherName: some(),
    otherNumber: some(),
    rosterWithoutDocument: chance.whole(0, 3),
    bothWithoutDocument: chance.whole(0, 3),
    registerDuplicate: some(),
    tooYoung: some(),
    graduated: some(),
    senior: some(),
    overAgeOnRoll: some(),
    underAgeOnRoll: chance.whole(0, 3),
    nonIdDocument: chance.whole(0, 6),
    rareName: some(),
    dottedName: chance.whole(0, 6),
    twins: some(),
  };
}

function onRollCount(counts: PlantCounts): number {
  const {
    notInRegister,
    doubleEnrolled,
    misreadNumber,
    otherName,
    otherNumber,
    rosterWithoutDocument,
    bothWithoutDocument,
    registerDuplicate,
  } = counts;
  const { overAgeOnRoll, underAgeOnRoll, nonIdDocument, rareName, dottedName, twins } = counts;
  return (
    notInRegister +
    doubleEnrolled +
    misreadNumber +
    otherName +
    otherNumber +
    rosterWithoutDocument +
    bothWithoutDocument +
    registerDuplicate +
    overAgeOnRoll +
    underAgeOnRoll +
    nonIdDocument +
    rareName +
    dottedName +
    2 * twins
  );
}
