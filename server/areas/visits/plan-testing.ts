import type { Context } from '#server/http/context.ts';
import { platformActor, runAs } from '#server/http/run.ts';
import { rows } from '#server/testing/reach.ts';
import type { Person, World } from '#server/testing/world.ts';

/** A pupil of the sample with class and household. */
export interface Pupil {
  id: string;
  name: string;
  class_id: string;
  school_id: string;
  household_id: string | null;
}

/** The planned visits of a plan as the database has them. */
export const itemsOf = (world: World, id: string) =>
  rows<{
    id: string;
    child_id: string;
    household_id: string | null;
    staff_id: string | null;
    class_id: string;
    due: string;
    from: string;
    to: string;
    state: string;
  }>(
    world,
    `SELECT id, child_id, household_id, staff_id, class_id, due_date AS due, from_date AS "from", to_date AS "to", state FROM visit_plan_item WHERE district_code = $1 AND plan_id = '${id}'`,
  );

/** The staff id of a person. */
export const staffOf = async (world: World, person: Person) =>
  (
    await rows<{ id: string }>(
      world,
      `SELECT staff_id AS id FROM account WHERE district_code = $1 AND login = '${person.login}'`,
    )
  )[0]?.id ?? '';

/** What coverage must be, counted pupil by pupil from the visits alone. */
export async function recount(world: World, id: string, modes: readonly string[]) {
  const items = await itemsOf(world, id);
  const visits = await rows<{ child_id: string; mode: string; met: boolean; day: string }>(
    world,
    'SELECT child_id, mode, met, day FROM visit WHERE district_code = $1 AND upper_inf(known)',
  );
  const covered = (one: (typeof items)[number]) =>
    visits.some(
      (visit) =>
        visit.child_id === one.child_id &&
        visit.met &&
        modes.includes(visit.mode) &&
        visit.day >= one.from &&
        visit.day <= one.to,
    );
  const doors = new Set(items.map((one) => one.household_id ?? one.child_id));
  return {
    due: items.length,
    covered: items.filter(covered).length,
    households: doors.size,
    householdsCovered: [...doors].filter((door) =>
      items.some((one) => (one.household_id ?? one.child_id) === door && covered(one)),
    ).length,
    names: items
      .filter((one) => !covered(one))
      .map((one) => one.child_id)
      .sort(),
  };
}

/** Runs work as the platform in the whole district. */
export function inDistrict<T>(world: World, work: (context: Context) => Promise<T>): Promise<T> {
  return runAs(
    world.platform,
    { actor: platformActor(world.district), reach: { all: true, tokens: [] }, audit: 'test.visits' },
    work,
  );
}

/** Every pupil in a class, class by class. */
export function pupilsByClass(world: World): Promise<Pupil[]> {
  return rows<Pupil>(
    world,
    `SELECT c.id, c.name, e.class_id, e.school_id, r.household_id FROM child c
     JOIN enrolment e ON e.district_code = $1 AND e.child_id = c.id AND upper_inf(e.known) AND e.to_date IS NULL
     LEFT JOIN register_entry r ON r.district_code = $1 AND r.child_id = c.id AND upper_inf(r.known) AND r.to_date IS NULL
     WHERE c.district_code = $1 AND e.class_id IS NOT NULL ORDER BY e.class_id, c.id`,
  );
}
