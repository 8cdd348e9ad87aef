import type { Role } from '#domain/basics/roles.ts';
import type { Context } from '#server/http/context.ts';
import type { News } from '#server/http/news.ts';
import { platformActor, runAs } from '#server/http/run.ts';
import type { World } from '#server/testing/world.ts';
import { openWorld } from '#server/testing/world.ts';
import { hearForDuties } from './listen.ts';

/** A world with the Binjiang sample and a class with pupils to make news about. */
export interface DutyWorld {
  world: World;
  schoolId: string;
  classId: string;
  otherClassId: string;
  otherSchoolId: string;
  children: { id: string; name: string }[];
  /** Announces news as the platform, in a transaction of its own. */
  tell(news: News): Promise<void>;
  /** Runs work as the platform in the whole district. */
  whole<T>(work: (context: Context) => Promise<T>): Promise<T>;
  /** Moves the clock and lets everybody stay signed in. */
  move(to: string): Promise<void>;
  /** Rows of duties, oldest first. */
  duties(rule?: string): Promise<DutyInBase[]>;
}

/** A duty as the database has it. */
export interface DutyInBase {
  id: string;
  rule: string;
  rule_version: string;
  child_id: string | null;
  case_id: string | null;
  owner_role: Role;
  owner_unit: string;
  level: number;
  top_role: Role;
  state: string;
  started_by: string;
  due_at: Date;
  settled_event: string | null;
}

/** Opens it at Friday 2026-11-20 10:00 in China. */
export async function openDutyWorld(): Promise<DutyWorld> {
  const world = await openWorld({ lists: 'binjiang' });
  // This area alone; the others are heard where a test connects them.
  world.platform.listeners.splice(0, world.platform.listeners.length, hearForDuties);
  const { loaderPool } = world.platform.database;
  // The job of each minute tells of reports too; here the periods of the year have been told, with no school owing.
  await loaderPool.query(
    `INSERT INTO report_due (district_code, period_kind, from_date, told_at, schools)
     SELECT $1, 'week', day::date, day, 0 FROM generate_series('2026-08-31'::date, '2027-08-30', interval '7 days') day
     UNION ALL SELECT $1, kind, day::date, day, 0 FROM unnest(ARRAY['month', 'quarter', 'term']) kind, generate_series('2026-07-01'::date, '2027-08-01', interval '1 month') day`,
    [world.district],
  );
  const rows = async <Row extends Record<string, unknown>>(text: string, values: unknown[] = []) =>
    (await loaderPool.query<Row>(text, [world.district, ...values])).rows;
  const classes = await rows<{ school_id: string; class_id: string }>(
    `SELECT school_id, class_id FROM enrolment WHERE district_code = $1 AND upper_inf(known) AND class_id IS NOT NULL GROUP BY 1, 2 HAVING count(*) > 7 ORDER BY count(*) DESC, 2`,
  );
  const first = classes[0];
  const beside = classes.find((one) => one.school_id === first?.school_id && one.class_id !== first.class_id);
  const elsewhere = classes.find((one) => one.school_id !== first?.school_id);
  if (!first || !beside || !elsewhere) throw new Error('the sample has too few classes');
  const children = await rows<{ id: string; name: string }>(
    `SELECT c.id, c.name FROM enrolment e JOIN child c ON c.district_code = $1 AND c.id = e.child_id WHERE e.district_code = $1 AND upper_inf(e.known) AND e.class_id = $2 ORDER BY c.id LIMIT 8`,
    [first.class_id],
  );
  const whole: DutyWorld['whole'] = (work) =>
    runAs(
      world.platform,
      { actor: platformActor(world.district), reach: { all: true, tokens: [] }, audit: null },
      work,
    );
  return {
    world,
    schoolId: first.school_id,
    classId: first.class_id,
    otherClassId: beside.class_id,
    otherSchoolId: elsewhere.school_id,
    children,
    tell: (news) => whole((context) => context.announce(news)),
    whole,
    move: async (to) => {
      world.clock.move(to);
      await loaderPool.query(
        `UPDATE session SET seen_at = $2::timestamptz, expires_at = $2::timestamptz + interval '12 hours' WHERE district_code = $1`,
        [world.district, to],
      );
    },
    duties: (rule) =>
      rows<DutyInBase & Record<string, unknown>>(
        `SELECT id, rule, rule_version, child_id, case_id, owner_role, owner_unit, level, top_role, state, started_by, due_at, settled_event FROM duty WHERE district_code = $1 AND ($2::text IS NULL OR rule = $2) ORDER BY started_at, id`,
        [rule ?? null],
      ),
  };
}

/** A step of a case of dropout, first round, owned by the school's officer. */
export function steppedNews(
  schoolId: string,
  step: Pick<Extract<News, { kind: 'dropout.stepped' }>, 'caseId' | 'step' | 'state' | 'next' | 'dueDate'>,
): Omit<Extract<News, { kind: 'dropout.stepped' }>, 'childId' | 'schoolId' | 'classId' | 'at'> {
  return {
    kind: 'dropout.stepped',
    caseKind: 'dropout',
    round: 1,
    ownerRole: 'schoolOfficer',
    ownerUnitKind: 'school',
    ownerUnit: schoolId,
    urgent: step.step === 'emergency',
    ...step,
  };
}

/** The first class marked on a morning. */
export function markedNews(
  place: Pick<DutyWorld, 'schoolId' | 'classId'>,
  day: string,
  absent: string[],
): Omit<Extract<News, { kind: 'attendance.classMarked' }>, 'at'> {
  return {
    kind: 'attendance.classMarked',
    schoolId: place.schoolId,
    classId: place.classId,
    day,
    part: 'morning',
    absent,
  };
}

/** The code by which a school's people are appointed. */
export async function codeOfSchool({ world }: DutyWorld, schoolId: string): Promise<string> {
  const found = await world.platform.database.loaderPool.query<{ code: string }>(
    'SELECT code FROM school WHERE district_code = $1 AND id = $2',
    [world.district, schoolId],
  );
  return found.rows[0]?.code ?? '';
}
