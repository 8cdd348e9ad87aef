-- What a checker writes is sealed like what was proposed; a document of the ladder that names no case is put to the child's open one.

ALTER TABLE case_decision ADD COLUMN check_sealed bytea;
COMMENT ON COLUMN case_decision.note IS 'What a checker wrote before check_sealed was there; not written any more.';
GRANT UPDATE (check_sealed) ON case_decision TO baoxue_app, baoxue_loader;
GRANT UPDATE (case_id) ON issued_document TO baoxue_app, baoxue_loader;
