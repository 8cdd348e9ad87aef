import type { Past } from '#server/database/past.ts';

/**
 * The standing of a child in SQL, from `c` (child), `e` (enrolment), `r` (register entry), `s` (accepted proof) as they stand, or stood in
 * the past, in the order of the comparison: a roster of grades 1–9 or an open proposal first, then graduation and age, then proof, then
 * what the register states. Of a proposal that found no reason any more it is not kept when that was: it counts as not open.
 */
export function standingCase(firstBirth: string, lastBirth: string, past: Past | null = null): string {
  const owes = `coalesce(c.birth_date BETWEEN ${firstBirth}::date AND ${lastBirth}::date, false)`;
  const open =
    past === null
      ? `p.state = 'open'`
      : `p.proposed_at <= ${past.moment()} AND (p.state = 'open' OR p.decided_at > ${past.moment()})`;
  return `CASE
    WHEN e.grade BETWEEN 1 AND 9 OR (e.grade = 0 AND ${owes}) THEN 'enrolled'
    WHEN r.id IS NOT NULL AND EXISTS (SELECT 1 FROM proposal p WHERE p.district_code = $1 AND p.left_child_id = c.id AND ${open}) THEN 'enrolled'
    WHEN e.grade >= 10 OR s.kind = 'graduated' OR r.study_status IN ('graduated', 'seniorSchool') OR NOT ${owes} THEN 'notSchoolAge'
    WHEN s.kind IN ('elsewhere', 'deferred', 'unable') THEN s.kind
    WHEN s.kind IS NOT NULL OR r.study_status IN ('abroad', 'deceased', 'movedAway') THEN 'other'
    WHEN r.study_status IN ('deferred', 'unable') THEN r.study_status
    WHEN r.study_status = 'elsewhere' THEN 'statedElsewhere'
    ELSE 'notEnrolled' END`;
}
