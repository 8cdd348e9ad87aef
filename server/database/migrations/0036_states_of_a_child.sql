-- The states of one child's case: a page of the ledger of school age asks for them child by child.
CREATE INDEX case_state_child_ix ON case_state (district_code, child_id, from_date);
-- The states that stood on a day: those without end, and those that ended later.
CREATE INDEX case_state_until_ix ON case_state (district_code, state, to_date, from_date);
