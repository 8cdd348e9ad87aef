import { groundOf, recount } from '#server/areas/attendance/standing.ts';
import type { Platform } from '#server/http/context.ts';
import { platformActor, runAs } from '#server/http/run.ts';
import { today, type YearGround } from './year-ground.ts';

/** Of a thousand pupils who are away on a day, so many unexcused, ill, and on personal leave. */
const shares = { away: 12, unexcusedOfAway: 120, illOfAway: 600 };

/** What the year of roll calls came to. */
export interface AttendanceLoaded {
  rollCalls: number;
  /** Marks of pupils for which the rows stand. */
  marks: number;
  absences: number;
  standings: number;
  duties: number;
}

/** Marks every class on every school day, names who was away, and counts the standings as the platform does. */
export async function loadAttendance(
  platform: Platform,
  district: string,
  ground: YearGround,
): Promise<AttendanceLoaded> {
  const client = await platform.database.loaderPool.connect();
  try {
    await client.query('BEGIN');
    // Chance that is the same for ever: a digest of pupil and day, from 0 to 999,999.
    const chance = `(('x' || substr(md5(e.child_id::text || d.day::text), 1, 7))::bit(28)::int % 1000000)`;
    const absences = await client.query(
      `INSERT INTO absence (district_code, id, child_id, school_id, class_id, day, part, weight, kind, answer, answered_name, answered_at, marked_by, marked_name, marked_at, known, reach)
       SELECT x.district_code, gen_random_uuid(), x.child_id, x.school_id, x.class_id, x.day, 'morning', 1, x.kind,
         CASE WHEN x.kind = 'unexcused' AND x.day < $3::date - 2 THEN 'onTheWay' END, CASE WHEN x.kind = 'unexcused' AND x.day < $3::date - 2 THEN '测速班主任' END, CASE WHEN x.kind = 'unexcused' AND x.day < $3::date - 2 THEN x.day + time '09:30' END,
         'loader', '测速班主任', x.day + time '08:10', tstzrange(x.day + time '08:10', NULL), x.reach
       FROM (SELECT e.district_code, e.child_id, e.school_id, e.class_id, d.day, c.reach,
               CASE WHEN ${chance} % 1000 < $5 THEN 'unexcused' WHEN ${chance} % 1000 < $5 + $6 THEN 'illness' ELSE 'personal' END AS kind
             FROM enrolment e JOIN child c ON c.district_code = $1 AND c.id = e.child_id CROSS JOIN unnest($2::date[]) AS d (day)
             WHERE e.district_code = $1 AND upper_inf(e.known) AND e.class_id IS NOT NULL AND ${chance} / 1000 < $4) x`,
      [district, ground.days, today, shares.away, shares.unexcusedOfAway, shares.illOfAway],
    );
    const rollCalls = await client.query(
      `INSERT INTO roll_call (district_code, id, school_id, class_id, day, part, weight, on_roll, present, source, marked_by, marked_name, marked_at, known, reach)
       SELECT k.district_code, gen_random_uuid(), k.school_id, k.id, d.day, 'morning', 1, n.pupils, n.pupils - coalesce(a.away, 0), 'call', 'loader', '测速班主任', d.day + time '08:10', tstzrange(d.day + time '08:10', NULL),
         ARRAY['class:' || k.id::text, 'school:' || k.school_id::text]
       FROM school_class k JOIN (SELECT class_id, count(*)::int AS pupils FROM enrolment WHERE district_code = $1 AND upper_inf(known) GROUP BY 1) n ON n.class_id = k.id
       CROSS JOIN unnest($2::date[]) AS d (day)
       LEFT JOIN (SELECT class_id, day, count(*)::int AS away FROM absence WHERE district_code = $1 GROUP BY 1, 2) a ON a.class_id = k.id AND a.day = d.day
       WHERE k.district_code = $1`,
      [district, ground.days],
    );
    const duties = await client.query(
      `INSERT INTO duty (district_code, rule, rule_version, subject_kind, subject_id, occasion, live_key, child_id, school_id, class_id, owner_role, owner_unit_kind, owner_unit, ladder, level, top_role, urgent, why, started_by, started_at, due_at, climbs_at, state, settled_at, settled_by, settled_name, settled_event, reach)
       SELECT a.district_code, 'contactGuardian', 'v1', 'child', a.child_id::text, a.day::text, a.child_id::text || ' ' || a.day::text, a.child_id, a.school_id, a.class_id, 'classTeacher', 'class', a.class_id::text,
         ARRAY['classTeacher', 'schoolOfficer'], 0, 'classTeacher', false, '点名未到校，未请假', 'attendance.classMarked', a.marked_at, a.day + time '23:59:59', a.day + time '23:59:59',
         CASE WHEN a.answer IS NULL THEN 'open' ELSE 'settled' END, a.answered_at, CASE WHEN a.answer IS NOT NULL THEN 'loader' END, a.answered_name, CASE WHEN a.answer IS NOT NULL THEN 'attendance.contacted' END,
         ARRAY(SELECT DISTINCT t FROM unnest(a.reach || ARRAY['class:' || a.class_id::text, 'school:' || a.school_id::text]) t ORDER BY t)
       FROM absence a WHERE a.district_code = $1 AND a.kind = 'unexcused'`,
      [district],
    );
    await client.query('COMMIT');
    await client.query('ANALYZE absence');
    await client.query('ANALYZE roll_call');
    const standings = await countStandings(platform, district, ground);
    const marks = await client.query<{ n: string }>(
      'SELECT sum(on_roll)::text AS n FROM roll_call WHERE district_code = $1',
      [district],
    );
    return {
      rollCalls: rollCalls.rowCount ?? 0,
      marks: Number(marks.rows[0]?.n ?? 0),
      absences: absences.rowCount ?? 0,
      standings,
      duties: duties.rowCount ?? 0,
    };
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
}

/** The standings of all who were absent without reason, counted by the platform's own rule; nothing is told of them. */
async function countStandings(platform: Platform, district: string, ground: YearGround): Promise<number> {
  const quiet: Platform = { ...platform, listeners: [] };
  let counted = 0;
  for (const term of ground.terms) {
    const { rows } = await platform.database.loaderPool.query<{
      childId: string;
      schoolId: string;
      classId: string;
      reach: string[];
    }>(
      `SELECT DISTINCT ON (child_id) child_id AS "childId", school_id AS "schoolId", class_id AS "classId", reach FROM absence
       WHERE district_code = $1 AND kind = 'unexcused' AND day BETWEEN $2::date AND $3::date ORDER BY child_id`,
      [district, term.from, term.to],
    );
    const day = term.to < today ? term.to : today;
    for (let from = 0; from < rows.length; from += 500)
      await runAs(
        quiet,
        { actor: platformActor(district), reach: { all: true, tokens: [] }, audit: null },
        async (context) => {
          const done = await recount(context, await groundOf(context, day), rows.slice(from, from + 500), day);
          counted += done.filter((one) => one.changed).length;
        },
      );
  }
  return counted;
}
