-- What the books hold beside cases, visits and reports: responsibility letters, aid given, activities, inspections; since when the end of a post is known;
-- the summary of a roll-up as the bureau keeps it.

CREATE TABLE work_record (
  district_code text NOT NULL,
  id uuid NOT NULL,
  first_id uuid NOT NULL,
  version integer NOT NULL,
  kind text NOT NULL,
  sort text NOT NULL,
  state text NOT NULL,
  school_id uuid NOT NULL,
  class_id uuid,
  day date NOT NULL,
  due_date date,
  staff_ids uuid[] NOT NULL,
  sealed bytea NOT NULL,
  by_id text NOT NULL,
  by_name text NOT NULL,
  reason text,
  known tstzrange NOT NULL,
  reach text[] NOT NULL,
  CONSTRAINT work_record_pk PRIMARY KEY (district_code, id),
  CONSTRAINT work_record_version_uq UNIQUE (district_code, first_id, version),
  CONSTRAINT work_record_school_fk FOREIGN KEY (district_code, school_id) REFERENCES school (district_code, id),
  CONSTRAINT work_record_kind_ck CHECK (kind IN ('letter', 'aid', 'activity', 'inspection')),
  CONSTRAINT work_record_state_ck CHECK (state IN ('stands', 'withdrawn', 'open', 'mended', 'settled')),
  CONSTRAINT work_record_due_ck CHECK (state NOT IN ('open', 'mended', 'settled') OR due_date IS NOT NULL),
  CONSTRAINT work_record_reason_ck CHECK (state <> 'withdrawn' OR reason IS NOT NULL)
);
SELECT platform.distribute('work_record');
CREATE UNIQUE INDEX work_record_now_uq ON work_record (district_code, first_id) WHERE upper_inf(known);
CREATE INDEX work_record_day_ix ON work_record (district_code, day DESC, id) WHERE upper_inf(known);
CREATE INDEX work_record_school_ix ON work_record (district_code, school_id, kind, day);
COMMENT ON TABLE work_record IS 'Responsibility letters signed, aid given, activities held, inspections with what they found (D4.5, D4.9, D4.12, D4.14). A correction, an answer or a withdrawal is a new version; words sealed. state: stands, withdrawn; of an inspection with findings open, mended by the school, settled after the recheck.';

CREATE TABLE work_record_child (
  district_code text NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  record_id uuid NOT NULL,
  child_id uuid NOT NULL,
  reach text[] NOT NULL,
  CONSTRAINT work_record_child_pk PRIMARY KEY (district_code, id),
  CONSTRAINT work_record_child_uq UNIQUE (district_code, record_id, child_id),
  CONSTRAINT work_record_child_record_fk FOREIGN KEY (district_code, record_id) REFERENCES work_record (district_code, id),
  CONSTRAINT work_record_child_child_fk FOREIGN KEY (district_code, child_id) REFERENCES child (district_code, id)
);
SELECT platform.distribute('work_record_child');
CREATE INDEX work_record_child_child_ix ON work_record_child (district_code, child_id);
COMMENT ON TABLE work_record_child IS 'The pupils of a version of a work record: whose letter was signed, who was given aid.';

CREATE TABLE roll_summary (
  district_code text NOT NULL,
  id uuid NOT NULL,
  period_kind text NOT NULL,
  from_date date NOT NULL,
  to_date date NOT NULL,
  version integer NOT NULL,
  drafted boolean NOT NULL,
  sealed bytea NOT NULL,
  by_id text NOT NULL,
  by_name text NOT NULL,
  at timestamptz NOT NULL,
  CONSTRAINT roll_summary_pk PRIMARY KEY (district_code, id),
  CONSTRAINT roll_summary_version_uq UNIQUE (district_code, period_kind, from_date, version),
  CONSTRAINT roll_summary_district_fk FOREIGN KEY (district_code) REFERENCES district (district_code)
);
SELECT platform.distribute('roll_summary');
COMMENT ON TABLE roll_summary IS 'The summary of the roll-up of a period as the bureau kept it, version by version; sealed = its text and the draft from which it was written. drafted: the drafted text was put back.';
ALTER TABLE roll_summary ENABLE ROW LEVEL SECURITY;
ALTER TABLE roll_summary FORCE ROW LEVEL SECURITY;
CREATE POLICY roll_summary_whole ON roll_summary USING (district_code = current_setting('app.district', true) AND NULLIF(current_setting('app.all', true), '') = '1') WITH CHECK (district_code = current_setting('app.district', true));
GRANT SELECT, INSERT ON roll_summary TO baoxue_app, baoxue_loader;

ALTER TABLE post ADD COLUMN ended_at timestamptz;
COMMENT ON COLUMN post.ended_at IS 'When its end became known; null while to_date stood there from the start or is open.';

ALTER TABLE work_record ENABLE ROW LEVEL SECURITY;
ALTER TABLE work_record FORCE ROW LEVEL SECURITY;
CREATE POLICY work_record_reach ON work_record USING (district_code = current_setting('app.district', true) AND CASE WHEN NULLIF(current_setting('app.all', true), '') = '1' THEN true ELSE reach && NULLIF(current_setting('app.reach', true), '')::text[] END) WITH CHECK (district_code = current_setting('app.district', true));
ALTER TABLE work_record_child ENABLE ROW LEVEL SECURITY;
ALTER TABLE work_record_child FORCE ROW LEVEL SECURITY;
CREATE POLICY work_record_child_reach ON work_record_child USING (district_code = current_setting('app.district', true) AND CASE WHEN NULLIF(current_setting('app.all', true), '') = '1' THEN true ELSE reach && NULLIF(current_setting('app.reach', true), '')::text[] END) WITH CHECK (district_code = current_setting('app.district', true));

GRANT SELECT, INSERT ON work_record, work_record_child TO baoxue_app, baoxue_loader;
GRANT UPDATE (known) ON work_record TO baoxue_app, baoxue_loader;
GRANT UPDATE (child_id, reach) ON work_record_child TO baoxue_app, baoxue_loader;
