import { completedYears, openingDay } from '#domain/basics/school-year.ts';
import { addTo, homeKey, schoolKey, type CellLevel, type CountedAs, type Cut } from '#domain/comparison/cells.ts';
import type { FindingKind } from '#domain/population/reconcile.ts';
import { openGroups } from '#domain/statistics/groups.ts';
import type { Context } from '#server/http/context.ts';
import type { Compared } from './compare.ts';
import type { LoadedLists } from './load.ts';
import { countOrdinary, countOrdinaryByGroup, readMarks, type OrdinaryCell } from './store-cells.ts';
import type { ChildRow } from './store-facts.ts';

/** The cut of all children; the others are called by their key group. */
export const wholeCut = '';
const juniorFrom = 12;

const countedOf: Partial<Record<FindingKind, CountedAs>> = {
  provenElsewhere: 'proven',
  enrolledElsewhere: 'stated',
  notEnrolled: 'missing',
  deferred: 'deferred',
  excused: 'excused',
};

/** The level of a child: of the grade of his roster, or of that of the pupil who may be he; else of his age on the day that opens the school year. */
function levelOf(asOf: string, child: ChildRow, twin: ChildRow | undefined): CellLevel {
  const grade = [child.grade, twin?.grade ?? 0].find((one) => one >= 1 && one <= 9);
  if (grade !== undefined) return grade <= 6 ? 'primary' : 'junior';
  const birth = child.register_birth ?? child.roster_birth ?? child.birth_date;
  return birth !== null && completedYears(birth, openingDay(asOf)) >= juniorFrom ? 'junior' : 'primary';
}

function emptyCuts(): Map<string, Cut> {
  return new Map([wholeCut, ...openGroups].map((cut) => [cut, { homes: {}, schools: {} }]));
}

function addOrdinary(cut: Cut, row: OrdinaryCell): void {
  const counted = row.suspended ? 'suspended' : 'enrolled';
  addTo(cut.homes, homeKey(row.street, row.level, row.home, counted), row.count);
  addTo(cut.schools, schoolKey(row.school, row.level, counted), row.count);
}

/**
 * Counts a comparison cell by cell: by street, level, household state and as what each child is counted, and by school with its catchment;
 * for all children and for each key group. Read under the same lock as the lists. `catchmentOf` names the school that a child on no roster
 * would attend.
 */
export async function countCells(
  context: Context,
  lists: LoadedLists,
  compared: Compared,
  catchmentOf: (child: ChildRow) => string | null,
): Promise<Map<string, Cut>> {
  const { client, district } = context;
  const { asOf } = lists;
  const ids = [...lists.children.keys()];
  const cuts = emptyCuts();
  const cutOf = (name: string): Cut => {
    const found = cuts.get(name);
    if (!found) throw new Error(`no cut ${name}`);
    return found;
  };
  for (const row of await countOrdinary(client, district, asOf, ids)) addOrdinary(cutOf(wholeCut), row);
  for (const row of await countOrdinaryByGroup(client, district, asOf, ids, openGroups))
    addOrdinary(cutOf(row.tag), row);
  const { suspended, tags } = await readMarks(client, district, asOf, ids, openGroups);
  const twins = new Map(compared.proposals.map((pair) => [pair.leftId, pair.rightId]));
  const stands = new Map<string, CountedAs | null>();
  for (const found of compared.findings.notSchoolAge) stands.set(found.childId, null);
  for (const kind of ['provenElsewhere', 'enrolledElsewhere', 'notEnrolled', 'deferred', 'excused'] as const)
    for (const found of compared.findings[kind]) stands.set(found.childId, countedOf[kind] ?? null);
  const rosterOnly = new Set(compared.findings.notInRegister.map((found) => found.childId));
  for (const child of lists.children.values()) {
    const twin = child.enrolment_id === null ? lists.children.get(twins.get(child.id) ?? '') : undefined;
    const level = levelOf(asOf, child, twin);
    const mine = [wholeCut, ...(tags.get(child.id) ?? [])].map(cutOf);
    const there: CountedAs = suspended.has(twin?.id ?? child.id) ? 'suspended' : 'enrolled';
    const registered = child.register_id !== null;
    const counted = stands.get(child.id) ?? (stands.has(child.id) ? null : there);
    if ((registered || rosterOnly.has(child.id)) && counted !== null)
      for (const cut of mine)
        addTo(
          cut.homes,
          registered
            ? homeKey(child.subdistrict_code ?? '', level, child.household_state ?? 'none', counted)
            : homeKey('', level, 'roster', counted),
        );
    const school = child.enrolment_id !== null && child.grade >= 1 && child.grade <= 9 ? child.school_id : null;
    if (school !== null) for (const cut of mine) addTo(cut.schools, schoolKey(school, level, there));
    const asked = counted === 'missing' ? catchmentOf(child) : null;
    if (asked !== null) for (const cut of mine) addTo(cut.schools, schoolKey(asked, level, 'missing'));
  }
  return cuts;
}
