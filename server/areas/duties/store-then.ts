import type { Past } from '#server/database/past.ts';

/**
 * The duties as they stood then: begun by then, open unless they had ended by then, and climbed as far as they had. Who holds one that was
 * handed over, and until when, stands as it was last written.
 */
export function dutiesThen(past: Past): string {
  const ended = (column: string) => `CASE WHEN y.settled_at <= ${past.moment()} THEN y.${column} END AS ${column}`;
  return `SELECT y.district_code, y.id, y.rule, y.rule_version, y.subject_id, y.occasion, y.child_id, y.case_id, y.school_id, y.class_id, y.owner_role, y.owner_unit_kind, y.owner_unit, y.owner_staff, y.ladder,
      y.level - l.later AS level, y.ladder[y.level - l.later + 1] AS top_role, y.urgent, y.why, y.started_by, y.started_at, y.due_at, y.climbed_at[1 : cardinality(y.climbed_at) - l.later] AS climbed_at,
      CASE WHEN y.settled_at <= ${past.moment()} THEN y.state ELSE 'open' END AS state, ${ended('settled_at')}, ${ended('settled_name')}, ${ended('settled_event')}, ${ended('settled_reason')}, y.reach
    FROM duty y CROSS JOIN LATERAL (SELECT count(*)::int AS later FROM unnest(y.climbed_at) AS t (at) WHERE t.at > ${past.moment()}) l
    WHERE y.district_code = $1 AND y.started_at <= ${past.moment()}`;
}
