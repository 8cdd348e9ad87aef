import type { Chance } from './chance.ts';
import { citizenNumber, dayBetween, inventName, inventPhone } from './invented.ts';
import type { DistrictPlan, PlannedCommunity, PlannedSchool } from './plan.ts';
import { schoolYearOf, usualBirthdays } from './plan.ts';

/** Where a pupil sits. */
export interface Seat {
  readonly school: PlannedSchool;
  /** 1 to 9. */
  readonly grade: number;
  /** 1, 2, … within the grade. */
  readonly classNumber: number;
}

/** A door with the grown-up who answers it. */
export interface Household {
  /** 18 digits: community, group, serial. */
  readonly number: string;
  readonly community: PlannedCommunity;
  readonly building: string;
  readonly guardian: string;
  readonly relation: string;
  readonly phone: string;
  readonly state: string;
}

/** An invented child as it truly is, before any list gets it wrong. */
export interface InventedChild {
  readonly name: string;
  readonly sex: '男' | '女';
  /** YYYY-MM-DD. */
  readonly birth: string;
  readonly documentType: string;
  readonly documentNumber: string;
  readonly registryNumber: string;
  readonly nation: string;
  readonly household: Household;
  readonly tags: readonly string[];
  /** 无残疾 or the kind. */
  readonly disability: string;
}

/** Invents households, seats and children of one plan; never the same name and birthday or the same number twice. */
export interface PeopleMaker {
  readonly household: () => Household;
  readonly child: (wish: ChildWish) => InventedChild;
  /** A seat in the grade, or in any grade. */
  readonly seat: (grade?: number) => Seat;
}

/** What is already decided about a child to invent. */
export interface ChildWish {
  readonly grade?: number;
  readonly birth?: string;
  readonly name?: string;
  readonly nation?: string;
  readonly household?: Household;
  /** May share the name of another child (never name and birthday together). */
  readonly commonName?: boolean;
}

const RELATIONS = ['母亲', '母亲', '母亲', '父亲', '父亲', '祖父', '祖母', '外祖母'];
const NATIONS = ['土家族', '回族', '苗族', '满族', '壮族', '侗族'];
const OTHER_AREAS = ['420106', '420103', '421127', '411528', '342601', '360122'];
const DISABILITIES = ['视力残疾', '听力残疾', '肢体残疾', '智力残疾'];

/** Begins inventing people for a plan. */
export function createPeople(chance: Chance, plan: DistrictPlan): PeopleMaker {
  const schoolYear = schoolYearOf(plan.asOf);
  const numbers = new Set<string>();
  const faces = new Set<string>();
  const names = new Set<string>();
  const seatsOf = new Map<number, Seat[]>();
  const phones = new Set<string>();
  const seatCounts = new Map<string, number>();
  let serial = 0;

  function phone(): string {
    for (;;) {
      const made = inventPhone(chance);
      if (phones.has(made)) continue;
      phones.add(made);
      return made;
    }
  }

  function household(): Household {
    serial += 1;
    const community = chance.pick(plan.communities);
    const group = String(1 + Math.floor(serial / 10_000)).padStart(2, '0');
    return {
      number: community.code + group + String(serial % 10_000).padStart(4, '0'),
      community,
      building: `${String(chance.whole(1, 30))}栋${String(chance.whole(1, 3))}单元${String(chance.whole(101, 2804))}`,
      guardian: inventName(chance),
      relation: chance.pick(RELATIONS),
      phone: phone(),
      state: chance.pick(['人户一致', '人户一致', '人在户不在']),
    };
  }

  function child(wish: ChildWish): InventedChild {
    const usual = usualBirthdays(wish.grade ?? chance.whole(1, 9), schoolYear);
    const sex = chance.pick(['男', '女'] as const);
    const area = chance.oneIn(7) ? chance.pick(OTHER_AREAS) : plan.districtCode;
    for (;;) {
      const birth = wish.birth ?? dayBetween(chance, usual.from, usual.to);
      const name = wish.name ?? inventName(chance);
      const documentNumber = citizenNumber(chance, area, birth, sex);
      if (numbers.has(documentNumber) || faces.has(name + birth)) continue;
      if (names.has(name) && wish.name === undefined && wish.commonName !== true) continue;
      numbers.add(documentNumber);
      faces.add(name + birth);
      names.add(name);
      const tags = tagsFor(chance, area !== plan.districtCode);
      return {
        name,
        sex,
        birth,
        documentType: '居民身份证',
        documentNumber,
        registryNumber: (chance.oneIn(40) ? 'L' : 'G') + documentNumber,
        nation: wish.nation ?? (chance.oneIn(20) ? chance.pick(NATIONS) : '汉族'),
        household: wish.household ?? household(),
        tags,
        disability: tags.includes('残疾') ? chance.pick(DISABILITIES) : '无残疾',
      };
    }
  }

  function seat(grade?: number): Seat {
    const seats = allSeats(grade ?? 0);
    const least = Math.min(...seats.map(countOf));
    const chosen = chance.pick(seats.filter((each) => countOf(each) <= least + 2));
    seatCounts.set(seatKey(chosen), countOf(chosen) + 1);
    return chosen;
  }

  /** Grade 0 means every grade. */
  function allSeats(grade: number): Seat[] {
    const known = seatsOf.get(grade);
    if (known !== undefined) return known;
    const seats = plan.schools.flatMap((school) =>
      school.grades
        .filter((each) => grade === 0 || each === grade)
        .flatMap((each) =>
          Array.from({ length: school.classesPerGrade }, (_, at): Seat => ({
            school,
            grade: each,
            classNumber: at + 1,
          })),
        ),
    );
    seatsOf.set(grade, seats);
    return seats;
  }

  function countOf(each: Seat): number {
    return seatCounts.get(seatKey(each)) ?? 0;
  }

  return { household, child, seat };
}

/** One text for one class: school code and class number, 2142990101-0102. */
export function seatKey(seat: Seat): string {
  return `${seat.school.code}-${classCode(seat)}`;
}

/** 班号: two digits of the grade, two of the class. */
export function classCode(seat: Seat): string {
  return String(seat.grade).padStart(2, '0') + String(seat.classNumber).padStart(2, '0');
}

function tagsFor(chance: Chance, fromOutside: boolean): string[] {
  const tags: string[] = [];
  if (fromOutside && chance.oneIn(2)) tags.push('随迁子女');
  if (chance.oneIn(25)) tags.push('留守儿童');
  if (chance.oneIn(45)) tags.push('低保家庭');
  if (chance.oneIn(120)) tags.push('残疾');
  return tags;
}
