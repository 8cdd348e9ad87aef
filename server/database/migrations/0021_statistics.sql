-- Figures kept (rollups) and the period reports: week, month, quarter, term, year.

CREATE TABLE tally_run (
  district_code text NOT NULL,
  period_kind text NOT NULL,
  from_date date NOT NULL,
  to_date date NOT NULL,
  scope_kind text NOT NULL,
  source_known timestamptz NOT NULL,
  made_at timestamptz NOT NULL,
  CONSTRAINT tally_run_pk PRIMARY KEY (district_code, period_kind, from_date, scope_kind),
  CONSTRAINT tally_run_period_ck CHECK (period_kind IN ('week', 'month', 'quarter', 'term', 'year'))
);
SELECT platform.distribute('tally_run');
COMMENT ON TABLE tally_run IS 'When the tallies of a kind of scope and a period were made: source_known is the last moment of course (and, for streets, register) that they hold. A later moment in those tables makes them stale.';

CREATE TABLE tally (
  district_code text NOT NULL,
  period_kind text NOT NULL,
  from_date date NOT NULL,
  scope_kind text NOT NULL,
  scope_key text NOT NULL,
  counts jsonb NOT NULL,
  reach text[] NOT NULL,
  CONSTRAINT tally_pk PRIMARY KEY (district_code, period_kind, from_date, scope_kind, scope_key),
  CONSTRAINT tally_run_fk FOREIGN KEY (district_code, period_kind, from_date, scope_kind) REFERENCES tally_run (district_code, period_kind, from_date, scope_kind)
);
SELECT platform.distribute('tally');
COMMENT ON TABLE tally IS 'The parts of the identity and what stands beside it for one scope and period; parts of 0 are left out. Equal to a recount from course, or stale (tally_run).';

CREATE TABLE report_due (
  district_code text NOT NULL,
  period_kind text NOT NULL,
  from_date date NOT NULL,
  told_at timestamptz NOT NULL,
  schools int NOT NULL,
  CONSTRAINT report_due_pk PRIMARY KEY (district_code, period_kind, from_date)
);
SELECT platform.distribute('report_due');
COMMENT ON TABLE report_due IS 'The reports of a period have been told of as owed, by so many schools; kept so that it is told once.';

CREATE TABLE period_report (
  district_code text NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  school_id uuid NOT NULL,
  period_kind text NOT NULL,
  from_date date NOT NULL,
  to_date date NOT NULL,
  state text NOT NULL,
  version int NOT NULL,
  changed_at timestamptz NOT NULL,
  reach text[] NOT NULL,
  CONSTRAINT period_report_pk PRIMARY KEY (district_code, id),
  CONSTRAINT period_report_once_uq UNIQUE (district_code, school_id, period_kind, from_date),
  CONSTRAINT period_report_school_fk FOREIGN KEY (district_code, school_id) REFERENCES school (district_code, id),
  CONSTRAINT period_report_state_ck CHECK (state IN ('signed', 'accepted', 'returned'))
);
SELECT platform.distribute('period_report');
CREATE INDEX period_report_period_ix ON period_report (district_code, period_kind, from_date);
COMMENT ON TABLE period_report IS 'One report of a school and a period; what was signed stands in its versions.';

CREATE TABLE period_report_version (
  district_code text NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  report_id uuid NOT NULL,
  version int NOT NULL,
  nil boolean NOT NULL,
  counts jsonb NOT NULL,
  figures jsonb NOT NULL,
  gaps jsonb NOT NULL,
  changes jsonb NOT NULL,
  own jsonb NOT NULL,
  sealed bytea NOT NULL,
  formula text NOT NULL,
  known_at timestamptz NOT NULL,
  fingerprint text NOT NULL,
  signed_by text NOT NULL,
  signed_name text NOT NULL,
  signed_at timestamptz NOT NULL,
  reach text[] NOT NULL,
  CONSTRAINT period_report_version_pk PRIMARY KEY (district_code, id),
  CONSTRAINT period_report_version_uq UNIQUE (district_code, report_id, version),
  CONSTRAINT period_report_version_report_fk FOREIGN KEY (district_code, report_id) REFERENCES period_report (district_code, id)
);
SELECT platform.distribute('period_report_version');
COMMENT ON TABLE period_report_version IS 'What was signed, frozen: counts and figures by a version of the formulas, as known at a moment, with the fingerprint of the entries behind them. own = numbers of the school''s own knowledge beside the figures; sealed = explanations and reasons in words.';

CREATE TABLE period_report_event (
  district_code text NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  report_id uuid NOT NULL,
  version int NOT NULL,
  action text NOT NULL,
  actor_id text NOT NULL,
  actor_name text NOT NULL,
  at timestamptz NOT NULL,
  sealed bytea,
  reach text[] NOT NULL,
  CONSTRAINT period_report_event_pk PRIMARY KEY (district_code, id),
  CONSTRAINT period_report_event_report_fk FOREIGN KEY (district_code, report_id) REFERENCES period_report (district_code, id)
);
SELECT platform.distribute('period_report_event');
CREATE INDEX period_report_event_report_ix ON period_report_event (district_code, report_id, at);

-- The last moment at which a course or an address became known or was superseded, found at once; and who made the change of a moment.
CREATE INDEX course_known_ix ON course (district_code, lower(known));
CREATE INDEX course_superseded_ix ON course (district_code, upper(known)) WHERE NOT upper_inf(known);
CREATE INDEX course_end_ix ON course (district_code, to_date) WHERE upper_inf(known);
CREATE INDEX register_entry_known_ix ON register_entry (district_code, lower(known));
CREATE INDEX register_entry_superseded_ix ON register_entry (district_code, upper(known)) WHERE NOT upper_inf(known);
CREATE INDEX audit_entry_known_ix ON audit_entry (district_code, known_at);

ALTER TABLE tally_run ENABLE ROW LEVEL SECURITY;
ALTER TABLE tally_run FORCE ROW LEVEL SECURITY;
CREATE POLICY tally_run_district ON tally_run USING (district_code = current_setting('app.district', true)) WITH CHECK (district_code = current_setting('app.district', true));
ALTER TABLE tally ENABLE ROW LEVEL SECURITY;
ALTER TABLE tally FORCE ROW LEVEL SECURITY;
CREATE POLICY tally_reach ON tally USING (district_code = current_setting('app.district', true) AND (NULLIF(current_setting('app.all', true), '') = '1' OR reach && NULLIF(current_setting('app.reach', true), '')::text[])) WITH CHECK (district_code = current_setting('app.district', true));
ALTER TABLE report_due ENABLE ROW LEVEL SECURITY;
ALTER TABLE report_due FORCE ROW LEVEL SECURITY;
CREATE POLICY report_due_district ON report_due USING (district_code = current_setting('app.district', true)) WITH CHECK (district_code = current_setting('app.district', true));
ALTER TABLE period_report ENABLE ROW LEVEL SECURITY;
ALTER TABLE period_report FORCE ROW LEVEL SECURITY;
CREATE POLICY period_report_reach ON period_report USING (district_code = current_setting('app.district', true) AND (NULLIF(current_setting('app.all', true), '') = '1' OR reach && NULLIF(current_setting('app.reach', true), '')::text[])) WITH CHECK (district_code = current_setting('app.district', true));
ALTER TABLE period_report_version ENABLE ROW LEVEL SECURITY;
ALTER TABLE period_report_version FORCE ROW LEVEL SECURITY;
CREATE POLICY period_report_version_reach ON period_report_version USING (district_code = current_setting('app.district', true) AND (NULLIF(current_setting('app.all', true), '') = '1' OR reach && NULLIF(current_setting('app.reach', true), '')::text[])) WITH CHECK (district_code = current_setting('app.district', true));
ALTER TABLE period_report_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE period_report_event FORCE ROW LEVEL SECURITY;
CREATE POLICY period_report_event_reach ON period_report_event USING (district_code = current_setting('app.district', true) AND (NULLIF(current_setting('app.all', true), '') = '1' OR reach && NULLIF(current_setting('app.reach', true), '')::text[])) WITH CHECK (district_code = current_setting('app.district', true));

GRANT SELECT, INSERT, DELETE ON tally_run, tally TO baoxue_app, baoxue_loader;
GRANT SELECT, INSERT ON report_due, period_report, period_report_version, period_report_event TO baoxue_app, baoxue_loader;
GRANT UPDATE (state, version, changed_at) ON period_report TO baoxue_app, baoxue_loader;
