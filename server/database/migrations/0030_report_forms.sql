-- The forms of a report count roll calls and absences of a school's classes over a span, as known now and as known when it was signed:
-- superseded rows are few, so one index of all rows serves both and takes the place of that of what is known now alone.
DROP INDEX roll_call_school_ix;
CREATE INDEX roll_call_school_ix ON roll_call (district_code, school_id, day);
DROP INDEX absence_class_ix;
CREATE INDEX absence_class_ix ON absence (district_code, class_id, day);
CREATE INDEX case_event_persuade_ix ON case_event (district_code, case_id, day) WHERE what = 'persuade';
CREATE INDEX case_state_school_ix ON case_state (district_code, school_id, from_date);

-- The district files the roll-up of a period (四个一: quarter recheck, material of the city's term and the province's year): what it said then stands for ever.
CREATE TABLE roll_filing (
  district_code text NOT NULL,
  id uuid NOT NULL,
  period_kind text NOT NULL,
  from_date date NOT NULL,
  to_date date NOT NULL,
  version integer NOT NULL,
  schools integer NOT NULL,
  missing integer NOT NULL,
  sheets jsonb NOT NULL,
  figures jsonb NOT NULL,
  counts jsonb NOT NULL,
  formula text NOT NULL,
  known_at timestamptz NOT NULL,
  fingerprint text NOT NULL,
  sealed bytea NOT NULL,
  by_id text NOT NULL,
  by_name text NOT NULL,
  at timestamptz NOT NULL,
  CONSTRAINT roll_filing_pk PRIMARY KEY (district_code, id),
  CONSTRAINT roll_filing_version_uq UNIQUE (district_code, period_kind, from_date, version),
  CONSTRAINT roll_filing_kind_ck CHECK (period_kind IN ('week', 'month', 'quarter', 'term', 'year')),
  CONSTRAINT roll_filing_district_fk FOREIGN KEY (district_code) REFERENCES district (district_code)
);
SELECT platform.distribute('roll_filing');
COMMENT ON TABLE roll_filing IS 'The roll-up of a period as the bureau filed it: forms, figures and counts frozen, with how many schools had signed and the fingerprint of what they signed; sealed = the summary and the reason for what was missing.';
ALTER TABLE roll_filing ENABLE ROW LEVEL SECURITY;
ALTER TABLE roll_filing FORCE ROW LEVEL SECURITY;
CREATE POLICY roll_filing_whole ON roll_filing USING (district_code = current_setting('app.district', true) AND NULLIF(current_setting('app.all', true), '') = '1') WITH CHECK (district_code = current_setting('app.district', true));
GRANT SELECT, INSERT ON roll_filing TO baoxue_app, baoxue_loader;
