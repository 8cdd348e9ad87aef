-- The plan items of a period for its work: those that end before it are not looked at.
CREATE INDEX visit_plan_item_period_ix ON visit_plan_item (district_code, to_date) WHERE plan_id IS NOT NULL;
