import type { Past } from '#server/database/past.ts';

const placed = ['enrolled', 'elsewhere'];
const owing = [...placed, 'statedElsewhere', 'notEnrolled'];

/**
 * The standings that a group of them stands for: 已就学, 应就学 (the denominator of the enrolment rate), 适龄 (with who is deferred or excused),
 * 未落实 (of the owing on no roster and nowhere else); null for a standing of its own.
 */
export function standingsOfGroup(standing: string): readonly string[] | null {
  if (standing === 'placed') return placed;
  if (standing === 'owing') return owing;
  if (standing === 'missing') return ['notEnrolled'];
  return standing === 'schoolAge' ? [...owing, 'deferred', 'unable', 'other'] : null;
}

/** A proposal `p` that waits, or waited then, for a decision. Of one that found no reason any more it is not kept when that was: it counts as not open. */
const isOpen = (past: Past | null): string =>
  past === null
    ? `p.state = 'open'`
    : `p.proposed_at <= ${past.moment()} AND (p.state = 'open' OR p.decided_at > ${past.moment()})`;

/** That a child counts for itself in the comparison: it stands on a list, and is not a pupil who may be a child of the register. */
export const countsItself = (past: Past | null): string =>
  `(r.id IS NOT NULL OR e.id IS NOT NULL) AND NOT (r.id IS NULL AND EXISTS (SELECT 1 FROM proposal p WHERE p.district_code = $1 AND p.right_child_id = c.id AND ${isOpen(past)}))`;

/**
 * The standing of a child in SQL, from `c` (child), `e` (enrolment), `r` (register entry), `s` (accepted proof) as they stand, or stood in
 * the past, in the order of the comparison: a roster of grades 1–9 or an open proposal first, then graduation and age, then proof, then
 * what the register states.
 */
export function standingCase(firstBirth: string, lastBirth: string, past: Past | null = null): string {
  const owes = `coalesce(c.birth_date BETWEEN ${firstBirth}::date AND ${lastBirth}::date, false)`;
  return `CASE
    WHEN e.grade BETWEEN 1 AND 9 OR (e.grade = 0 AND ${owes}) THEN 'enrolled'
    WHEN r.id IS NOT NULL AND EXISTS (SELECT 1 FROM proposal p WHERE p.district_code = $1 AND p.left_child_id = c.id AND ${isOpen(past)}) THEN 'enrolled'
    WHEN e.grade >= 10 OR s.kind = 'graduated' OR r.study_status IN ('graduated', 'seniorSchool') OR NOT ${owes} THEN 'notSchoolAge'
    WHEN s.kind IN ('elsewhere', 'deferred', 'unable') THEN s.kind
    WHEN s.kind IS NOT NULL OR r.study_status IN ('abroad', 'deceased', 'movedAway') THEN 'other'
    WHEN r.study_status IN ('deferred', 'unable') THEN r.study_status
    WHEN r.study_status = 'elsewhere' THEN 'statedElsewhere'
    ELSE 'notEnrolled' END`;
}
