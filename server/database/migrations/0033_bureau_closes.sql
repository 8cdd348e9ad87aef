-- The bureau closes the roll-up of a period; what a desk counts and what the job of each minute looks for is found by an index of what is open alone.

CREATE TABLE roll_signature (
  district_code text NOT NULL,
  id uuid NOT NULL,
  period_kind text NOT NULL,
  from_date date NOT NULL,
  to_date date NOT NULL,
  version integer NOT NULL,
  counts jsonb NOT NULL,
  recount jsonb NOT NULL,
  schools jsonb NOT NULL,
  sealed bytea NOT NULL,
  known_at timestamptz NOT NULL,
  fingerprint text NOT NULL,
  by_id text NOT NULL,
  by_name text NOT NULL,
  at timestamptz NOT NULL,
  CONSTRAINT roll_signature_pk PRIMARY KEY (district_code, id),
  CONSTRAINT roll_signature_version_uq UNIQUE (district_code, period_kind, from_date, version),
  CONSTRAINT roll_signature_district_fk FOREIGN KEY (district_code) REFERENCES district (district_code)
);
SELECT platform.distribute('roll_signature');
COMMENT ON TABLE roll_signature IS 'The roll-up of a period as the bureau signed it, frozen: the sum of what the schools signed, the recount beside it, and which version of each school stood in which state, as known at a moment. sealed = the reason where schools were missing or a version is signed anew.';
ALTER TABLE roll_signature ENABLE ROW LEVEL SECURITY;
ALTER TABLE roll_signature FORCE ROW LEVEL SECURITY;
CREATE POLICY roll_signature_whole ON roll_signature USING (district_code = current_setting('app.district', true) AND NULLIF(current_setting('app.all', true), '') = '1') WITH CHECK (district_code = current_setting('app.district', true));
GRANT SELECT, INSERT ON roll_signature TO baoxue_app, baoxue_loader;

CREATE INDEX course_leaver_ix ON course (district_code, from_date) WHERE upper_inf(known) AND to_date IS NULL AND state = 'leaver';
CREATE INDEX registry_change_arrival_ix ON registry_change (district_code, asked_at) WHERE state IN ('arrival', 'late');
CREATE INDEX period_report_signed_ix ON period_report (district_code, from_date) WHERE state = 'signed';
CREATE INDEX risk_sign_unacted_ix ON risk_sign (district_code, child_id) WHERE state = 'open' AND strength >= 2 AND acted_at IS NULL;
CREATE INDEX duty_joint_ix ON duty (district_code, due_at) WHERE state = 'open' AND rule = 'noShow';
