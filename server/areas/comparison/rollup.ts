import { sumTotals, totalsByStreet, totalsOfSchools, type Cut } from '#domain/comparison/cells.ts';
import { wholeCut } from './cells.ts';
import type { Compared } from './compare.ts';
import type { LoadedLists } from './load.ts';

/** The figures of one street; children without a known street stand under the empty code. */
export interface StreetFigures {
  code: string;
  owing: number;
  enrolled: number;
  statedElsewhere: number;
  notAccounted: number;
  deferred: number;
  excused: number;
  /** Of the enrolled; absent in runs from before it was kept. */
  suspended?: number;
}

/** The figures of one school. */
export interface SchoolFigures {
  id: string;
  pupils: number;
  onRollAbsent: number;
  doubleEnrolled: number;
  /** Of the pupils; absent in runs from before it was kept, as is the next. */
  suspended?: number;
  /** Children of the catchment who are on no roster. */
  notEnrolled?: number;
}

/** What a run keeps beside its lists: the counts, and the same by street and by school. */
export interface RunFigures {
  counts: Record<string, number>;
  streets: StreetFigures[];
  schools: SchoolFigures[];
}

function streetFigures(lists: LoadedLists, compared: Compared): StreetFigures[] {
  const streets = new Map<string, StreetFigures>();
  const street = (code: string): StreetFigures => {
    let found = streets.get(code);
    if (!found) {
      found = { code, owing: 0, enrolled: 0, statedElsewhere: 0, notAccounted: 0, deferred: 0, excused: 0 };
      streets.set(code, found);
    }
    return found;
  };
  const loaded = new Map<string, number>();
  for (const child of lists.children.values()) {
    if (child.register_id === null) continue;
    const code = child.subdistrict_code ?? '';
    loaded.set(code, (loaded.get(code) ?? 0) + 1);
  }
  const standing = new Map<string, 'notSchoolAge' | 'statedElsewhere' | 'notAccounted' | 'deferred' | 'excused'>();
  const mark = (
    kind: 'notSchoolAge' | 'enrolledElsewhere' | 'notEnrolled' | 'deferred' | 'excused',
    as: 'notSchoolAge' | 'statedElsewhere' | 'notAccounted' | 'deferred' | 'excused',
  ): void => {
    for (const found of compared.findings[kind]) standing.set(found.childId, as);
  };
  mark('notSchoolAge', 'notSchoolAge');
  mark('enrolledElsewhere', 'statedElsewhere');
  mark('notEnrolled', 'notAccounted');
  mark('deferred', 'deferred');
  mark('excused', 'excused');
  for (const { code, count } of lists.totals.register) {
    const ordinary = count - (loaded.get(code) ?? 0);
    const figures = street(code);
    figures.owing += ordinary;
    figures.enrolled += ordinary;
  }
  for (const child of lists.children.values()) {
    if (child.register_id === null) continue;
    const kind = standing.get(child.id) ?? 'enrolled';
    if (kind === 'notSchoolAge') continue;
    const figures = street(child.subdistrict_code ?? '');
    figures.owing += 1;
    figures[kind] += 1;
  }
  for (let left = compared.findings.notInRegister.length; left > 0; left -= 1) {
    const figures = street('');
    figures.owing += 1;
    figures.enrolled += 1;
  }
  return [...streets.values()].filter((figures) => figures.owing > 0).sort((a, b) => (a.code < b.code ? -1 : 1));
}

function schoolFigures(lists: LoadedLists, compared: Compared): SchoolFigures[] {
  const schools = new Map<string, SchoolFigures>(
    lists.totals.pupils.map(({ code, count }) => [
      code,
      { id: code, pupils: count, onRollAbsent: 0, doubleEnrolled: 0 },
    ]),
  );
  const schoolsOf = new Map<string, Set<string>>();
  for (const child of lists.children.values())
    if (child.school_id !== null) schoolsOf.set(child.id, new Set([child.school_id]));
  for (const claim of lists.claims)
    schoolsOf.set(claim.child_id, (schoolsOf.get(claim.child_id) ?? new Set()).add(claim.school_id));
  const twin = new Map(compared.proposals.map((pair) => [pair.leftId, pair.rightId]));
  for (const kind of ['onRollAbsent', 'doubleEnrolled'] as const) {
    for (const found of compared.findings[kind]) {
      for (const id of schoolsOf.get(found.childId) ?? schoolsOf.get(twin.get(found.childId) ?? '') ?? []) {
        const figures = schools.get(id);
        if (figures) figures[kind] += 1;
      }
    }
  }
  return [...schools.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** The schools with what the cells tell of them; one of whose catchment children are missing stands there without pupils. */
function withCells(schools: readonly SchoolFigures[], { schools: cells }: Cut): SchoolFigures[] {
  const known = new Set(schools.map((one) => one.id));
  const others = [...new Set(Object.keys(cells).map((key) => key.split('|')[0] ?? ''))].filter((id) => !known.has(id));
  const all = [...schools, ...others.map((id) => ({ id, pupils: 0, onRollAbsent: 0, doubleEnrolled: 0 }))];
  return all.map((school) => {
    const { suspended, notAccounted } = totalsOfSchools(cells, [school.id], { level: null, base: 'all' });
    return { ...school, suspended, notEnrolled: notAccounted };
  });
}

/** The figures that the cockpit shows of a run, kept with it so that nothing is counted again for a page. */
export function figuresOf(
  lists: LoadedLists,
  compared: Compared,
  heldRows: number,
  cuts: ReadonlyMap<string, Cut>,
): RunFigures {
  const { findings } = compared;
  const whole = cuts.get(wholeCut) ?? { homes: {}, schools: {} };
  const byStreet = totalsByStreet(whole.homes, { level: null, base: 'all' });
  return {
    counts: {
      ...compared.schoolAge,
      ...compared.enrolmentRate,
      provenElsewhere: findings.provenElsewhere.length,
      notEnrolled: findings.notEnrolled.length,
      onRollAbsent: findings.onRollAbsent.length,
      doubleEnrolled: findings.doubleEnrolled.length,
      notInRegister: findings.notInRegister.length,
      identityReview: findings.identityReview.length,
      registerDuplicate: findings.registerDuplicate.length,
      enrolledElsewhere: findings.enrolledElsewhere.length,
      deferred: findings.deferred.length,
      notSchoolAge: findings.notSchoolAge.length,
      otherProposals: findings.otherProposals.length,
      aidListed: findings.aidListed.length,
      heldRows,
      openProposals: compared.proposals.length,
      suspended: sumTotals(byStreet.values()).suspended,
    },
    streets: streetFigures(lists, compared).map((street) => ({
      ...street,
      suspended: byStreet.get(street.code)?.suspended ?? 0,
    })),
    schools: withCells(schoolFigures(lists, compared), whole),
  };
}
