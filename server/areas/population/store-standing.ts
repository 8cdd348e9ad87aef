const placed = ['enrolled', 'elsewhere'];
const owing = [...placed, 'statedElsewhere', 'notEnrolled'];

/**
 * The standings that a group of them stands for: 已就学, 应就学 (the denominator of the enrolment rate), 适龄 (with who is deferred or excused);
 * null for a standing of its own.
 */
export function standingsOfGroup(standing: string): readonly string[] | null {
  if (standing === 'placed') return placed;
  if (standing === 'owing') return owing;
  return standing === 'schoolAge' ? [...owing, 'deferred', 'unable', 'other'] : null;
}

/** That a child counts for itself in the comparison: it stands on a list, and is not a pupil who may be a child of the register. */
export const countsItself = `(r.id IS NOT NULL OR e.id IS NOT NULL) AND NOT (r.id IS NULL AND EXISTS (SELECT 1 FROM proposal p WHERE p.district_code = $1 AND p.right_child_id = c.id AND p.state = 'open'))`;

/**
 * The standing of a child in SQL, from `c` (child), `e` (present enrolment), `r` (present register entry), `s` (accepted proof), in the order of
 * the comparison: a roster of grades 1–9 or an open proposal first, then graduation and age, then proof, then what the register states.
 */
export function standingCase(firstBirth: string, lastBirth: string): string {
  const owes = `coalesce(c.birth_date BETWEEN ${firstBirth}::date AND ${lastBirth}::date, false)`;
  return `CASE
    WHEN e.grade BETWEEN 1 AND 9 OR (e.grade = 0 AND ${owes}) THEN 'enrolled'
    WHEN r.id IS NOT NULL AND EXISTS (SELECT 1 FROM proposal p WHERE p.district_code = $1 AND p.left_child_id = c.id AND p.state = 'open') THEN 'enrolled'
    WHEN e.grade >= 10 OR s.kind = 'graduated' OR r.study_status IN ('graduated', 'seniorSchool') OR NOT ${owes} THEN 'notSchoolAge'
    WHEN s.kind IN ('elsewhere', 'deferred', 'unable') THEN s.kind
    WHEN s.kind IS NOT NULL OR r.study_status IN ('abroad', 'deceased', 'movedAway') THEN 'other'
    WHEN r.study_status IN ('deferred', 'unable') THEN r.study_status
    WHEN r.study_status = 'elsewhere' THEN 'statedElsewhere'
    ELSE 'notEnrolled' END`;
}
