import { createChance } from './chance.ts';
import {
  DOTTED,
  dayBetween,
  inventName,
  inventRareName,
  maskNumber,
  misreadNumber,
  otherName,
  otherValidNumber,
} from './invented.ts';
import { enrol, named, registerEntry, rosterEntry } from './entries.ts';
import type { Planting } from './entries.ts';
import type { ChildWish, InventedChild, Seat } from './people.ts';
import { createPeople } from './people.ts';
import type { DistrictPlan } from './plan.ts';
import { gradeName, schoolYearOf, usualBirthdays } from './plan.ts';
import { plantHeldRegisterRows, plantHeldRosterRows } from './plant-held.ts';
import { plantPresence } from './plant-presence.ts';
import type { PlantedDistrict, RegisterEntry, RosterEntry } from './planted.ts';
import { emptyTruth, finishTruth } from './planted.ts';

const ELSEWHERE = ['邻市朝霞实验学校', '外省云岭中心学校', '外区晴川路学校'];
const SENIOR = '市远帆职业技术学校';

/**
 * Invents one district: register, rosters and presence with every planned problem, and the truth written down while planting.
 * Works from the plan alone and uses no code of the product, so that it can test the product.
 */
export function plantDistrict(plan: DistrictPlan): PlantedDistrict {
  const chance = createChance(plan.seed);
  const district: PlantedDistrict = { plan, register: [], rosters: [], presence: [], truth: emptyTruth(plan) };
  const planting: Planting = { plan, chance, people: createPeople(chance, plan), district };
  plantOnRoll(planting);
  plantIdentity(planting);
  plantRosterOnly(planting);
  plantOffRoll(planting);
  plantNotOfAge(planting);
  plantHeldRegisterRows(planting);
  plantHeldRosterRows(planting);
  plantPresence(planting);
  finishTruth(district);
  return district;
}

function times(count: number, act: (at: number) => void): void {
  for (let at = 0; at < count; at += 1) act(at);
}

function invented(planting: Planting, wish: ChildWish = {}): { child: InventedChild; seat: Seat } {
  const seat = planting.people.seat(wish.grade);
  return { child: planting.people.child({ ...wish, grade: seat.grade }), seat };
}

function plantOnRoll(planting: Planting): void {
  const { plan, chance, people, district } = planting;
  const { counts } = plan;
  const year = schoolYearOf(plan.asOf);
  const plain = (wish: ChildWish = {}): RosterEntry => {
    const { child, seat } = invented(planting, wish);
    return enrol(planting, child, seat, { registryNumber: child.registryNumber });
  };
  times(plan.ordinary, () => plain({ commonName: true }));
  times(counts.rareName, (at) =>
    district.truth.notFindings.rareName.push(named(plain({ name: inventRareName(chance, at) }))),
  );
  times(counts.dottedName, (at) => {
    const chosen = DOTTED[at % DOTTED.length];
    if (chosen !== undefined)
      district.truth.notFindings.dottedName.push(named(plain({ name: chosen.name, nation: chosen.nation })));
  });
  times(counts.twins, () => {
    const first = plain();
    const other = people.child({
      birth: first.birth,
      household: first.child.household,
      name: otherName(chance, first.name),
    });
    enrol(planting, other, first.seat, { registryNumber: other.registryNumber });
  });
  times(counts.overAgeOnRoll, () => {
    const seat = people.seat(9);
    const child = people.child({
      birth: dayBetween(chance, `${String(year - 17)}-09-01`, `${String(year - 16)}-08-31`),
    });
    enrol(planting, child, seat, { registryNumber: child.registryNumber });
    district.truth.notFindings.overAgeOnRoll.push(named(child));
  });
  times(counts.underAgeOnRoll, (at) => {
    const seat = people.seat(1);
    const child = people.child({
      birth:
        at === 0
          ? `${String(year - 6)}-09-01`
          : dayBetween(chance, `${String(year - 6)}-09-02`, `${String(year - 6)}-12-31`),
    });
    enrol(planting, child, seat, { registryNumber: child.registryNumber });
    district.truth.notFindings.underAgeOnRoll.push(named(child));
  });
  times(counts.nonIdDocument, (at) => plantNonIdDocument(planting, at));
  times(counts.doubleEnrolled, (at) => {
    const first = plain();
    const seat = secondSeat(planting, first.seat);
    if (seat === null) return;
    district.rosters.push({ ...first, seat, presence: at === 0 ? 'away-unexcused' : 'present' });
    district.truth.findings.doubleEnrolled.push(named(first));
  });
  times(counts.registerDuplicate, () => {
    const entry = plain();
    const again = district.register.at(-1);
    if (again === undefined) return;
    district.register.push({ ...again, householdNumber: people.household().number, repeat: true });
    district.truth.findings.registerDuplicate.push(named(entry));
  });
}

function plantNonIdDocument({ plan, chance, people, district }: Planting, at: number): void {
  const seat = people.seat();
  const real = people.child({ grade: seat.grade });
  const [documentType, first] = at % 2 === 0 ? (['香港特区护照/身份证明', 'H0'] as const) : (['护照', 'E9'] as const);
  const documentNumber = first + String(chance.whole(1_000_000, 9_999_999));
  const child: InventedChild = {
    ...real,
    documentType,
    documentNumber,
    registryNumber: `J${plan.districtCode}99${String(chance.whole(10_000_000, 99_999_999))}${String(at).padStart(2, '0')}`,
  };
  enrol({ plan, chance, people, district }, child, seat, { registryNumber: child.registryNumber });
  district.truth.notFindings.nonIdDocument.push(named(child));
}

function secondSeat({ plan, chance }: Planting, first: Seat): Seat | null {
  const schools = plan.schools.filter(
    (school) => school.code !== first.school.code && school.grades.includes(first.grade),
  );
  return schools.length === 0 ? null : { school: chance.pick(schools), grade: first.grade, classNumber: 1 };
}

function plantIdentity(planting: Planting): void {
  const { plan, chance, district } = planting;
  const { findings } = district.truth;
  const { counts } = plan;
  times(counts.misreadNumber, () => {
    const { child, seat } = invented(planting);
    const number = misreadNumber(chance, child.documentNumber);
    enrol(
      planting,
      child,
      seat,
      { registryNumber: child.registryNumber },
      { documentNumber: number, registryNumber: `G${number}` },
    );
    findings.identityReview.push({ ...named(child), rosterId: maskNumber(number) });
  });
  times(counts.otherName, () => {
    const { child, seat } = invented(planting);
    const name = otherName(chance, child.name);
    enrol(planting, child, seat, { registryNumber: child.registryNumber }, { name });
    findings.identityReview.push({ ...named(child), rosterName: name });
  });
  times(counts.otherNumber, () => {
    const { child, seat } = invented(planting);
    const number = otherValidNumber(chance, child.documentNumber);
    enrol(planting, child, seat, {}, { documentNumber: number, registryNumber: `G${number}` });
    findings.otherProposals.push({ ...named(child), rosterId: maskNumber(number) });
  });
  const without = { documentType: '无证件', documentNumber: '', registryNumber: '' };
  times(counts.rosterWithoutDocument, () => {
    const { child, seat } = invented(planting);
    enrol(planting, child, seat, {}, without);
    findings.otherProposals.push({ ...named(child), rosterId: '' });
  });
  times(counts.bothWithoutDocument, () => {
    const { child, seat } = invented(planting);
    enrol(planting, child, seat, without, without);
    findings.otherProposals.push({ name: child.name, id: '', rosterId: '' });
  });
}

function plantRosterOnly(planting: Planting): void {
  times(planting.plan.counts.notInRegister, () => {
    const { child, seat } = invented(planting);
    planting.district.rosters.push(rosterEntry(child, seat));
    planting.district.truth.findings.notInRegister.push(named(child));
  });
}

function plantOffRoll({ plan, chance, people, district }: Planting): void {
  const { counts } = plan;
  const { findings } = district.truth;
  const year = schoolYearOf(plan.asOf);
  const missing = (entry: Partial<RegisterEntry>, wish: ChildWish = {}): void => {
    const child = people.child(wish);
    district.register.push({ ...registerEntry(child), ...entry });
    findings.notEnrolled.push({ name: child.name, id: maskNumber(entry.documentNumber ?? child.documentNumber) });
  };
  // The first two stand on the two edges of the age rule.
  const edges = [`${String(year - 6)}-08-31`, `${String(year - 16)}-09-01`];
  times(counts.notEnrolled, (at) => {
    const edge = edges[at];
    missing({}, edge === undefined ? {} : { birth: edge });
  });
  times(counts.notEnrolledDespiteClaim, () => {
    const { school, grade } = people.seat();
    missing({ status: '区内就读', school: school.name, grade: gradeName(grade) }, { grade });
  });
  times(counts.notEnrolledSibling, (at) => {
    const sibling = district.rosters[at * 7];
    if (sibling !== undefined)
      missing(
        {},
        {
          household: sibling.child.household,
          name: [...sibling.name].slice(0, 1).join('') + [...inventName(chance)].slice(1).join(''),
        },
      );
  });
  times(counts.notEnrolledWithoutDocument, () => {
    missing({ documentType: '无证件', documentNumber: '' });
  });
  times(counts.enrolledElsewhere, () => {
    const grade = chance.whole(1, 9);
    const child = people.child({ grade });
    district.register.push({
      ...registerEntry(child),
      status: '区外就读',
      school: chance.pick(ELSEWHERE),
      grade: gradeName(grade),
    });
    findings.enrolledElsewhere.push(named(child));
  });
  times(counts.deferred, () => {
    const child = people.child({ grade: 1 });
    district.register.push({ ...registerEntry(child), status: '延缓入学', note: '因病延缓入学，街道已批准' });
    findings.deferred.push(named(child));
  });
}

function plantNotOfAge({ plan, chance, people, district }: Planting): void {
  const year = schoolYearOf(plan.asOf);
  const add = (wish: ChildWish, entry: Partial<RegisterEntry>): void => {
    const child = people.child(wish);
    district.register.push({ ...registerEntry(child), ...entry });
    district.truth.findings.notSchoolAge.push(named(child));
  };
  times(plan.counts.tooYoung, (at) => {
    const birth =
      at === 0
        ? `${String(year - 6)}-09-01`
        : dayBetween(chance, `${String(year - 6)}-09-01`, `${String(year - 5)}-08-31`);
    add({ birth }, {});
  });
  const leaving = usualBirthdays(10, year);
  times(plan.counts.graduated, (at) => {
    add(
      {
        birth:
          at === 0
            ? `${String(year - 16)}-08-31`
            : dayBetween(chance, `${String(year - 16)}-06-01`, `${String(year - 15)}-06-30`),
      },
      { status: '已毕业' },
    );
  });
  times(plan.counts.senior, () => {
    add({ birth: dayBetween(chance, leaving.from, leaving.to) }, { status: '高中就读', school: SENIOR, grade: '高一' });
  });
}
