-- After a year of a district the longest runs of absence are read in their order instead of sorting every pupil of the term.

CREATE INDEX absence_standing_run_ix ON absence_standing (district_code, term_from, consecutive DESC, cumulative DESC, child_id) WHERE cumulative > 0;
