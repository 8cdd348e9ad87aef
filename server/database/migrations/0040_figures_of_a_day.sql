-- The plan items that touch a period: among those of each day on which plans begin, the ones that end in time.
CREATE INDEX visit_plan_item_span_ix ON visit_plan_item (district_code, from_date, to_date) WHERE plan_id IS NOT NULL;
DROP INDEX visit_plan_item_period_ix;
-- What became known since of households and door surveys, which are only ever added.
CREATE INDEX survey_known_ix ON survey (district_code, known_at);
CREATE INDEX household_known_ix ON household (district_code, created_at);
