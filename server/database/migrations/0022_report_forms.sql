-- What the forms of a signed report print beside its counts: attendance, the ledgers' movement and persuasions by grade, frozen with it.

ALTER TABLE period_report_version ADD COLUMN form jsonb;
COMMENT ON COLUMN period_report_version.form IS 'The lines of the report''s forms by grade and as a whole, as known when it was signed; null for versions from before they were kept, whose forms are made again as known then.';
