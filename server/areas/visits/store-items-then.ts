import type { Past } from '#server/database/past.ts';

/**
 * The planned visits as they stood then: planned by then, done only where the visit that settles them was made by the day and known, and not
 * yet dropped where their plan ended later. Who makes them until when stands as it was last written.
 */
export function itemsThen(past: Past): string {
  return `SELECT y.district_code, y.id, y.plan_id, y.kind, y.child_id, y.household_id, y.school_id, y.class_id, y.staff_id, y.case_id, y.purpose, y.modes, y.from_date, y.due_date, y.to_date,
      CASE WHEN y.state = 'dropped' AND (p.ended_at > ${past.moment()}) IS NOT TRUE THEN 'dropped' WHEN m.day IS NULL THEN 'open' ELSE 'done' END AS state, CASE WHEN m.day IS NULL THEN NULL ELSE y.visit_id END AS visit_id, m.day AS visit_day, y.reach
    FROM visit_plan_item y LEFT JOIN visit_plan p ON p.district_code = $1 AND p.id = y.plan_id
    LEFT JOIN LATERAL (SELECT w.day FROM visit o JOIN visit w ON w.district_code = $1 AND w.first_id = o.first_id AND ${past.known('w')} AND w.met AND w.day <= ${past.day()}
      WHERE o.district_code = $1 AND o.id = y.visit_id LIMIT 1) m ON y.visit_id IS NOT NULL
    WHERE y.district_code = $1 AND y.known_at <= ${past.moment()}`;
}
