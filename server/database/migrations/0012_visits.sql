-- Visits and their plans (走访).

CREATE TABLE visit_plan (
  district_code text NOT NULL,
  id uuid NOT NULL,
  kind text NOT NULL,
  name text NOT NULL,
  school_id uuid NOT NULL,
  from_date date NOT NULL,
  to_date date NOT NULL,
  modes text[] NOT NULL,
  made_by text NOT NULL,
  made_name text NOT NULL,
  known_at timestamptz NOT NULL,
  ended_at timestamptz,
  ended_name text,
  end_reason text,
  reach text[] NOT NULL,
  CONSTRAINT visit_plan_pk PRIMARY KEY (district_code, id),
  CONSTRAINT visit_plan_school_fk FOREIGN KEY (district_code, school_id) REFERENCES school (district_code, id),
  CONSTRAINT visit_plan_kind_ck CHECK (kind IN ('term', 'holiday', 'atRisk')),
  CONSTRAINT visit_plan_days_ck CHECK (to_date >= from_date)
);
SELECT platform.distribute('visit_plan');
CREATE INDEX visit_plan_school_ix ON visit_plan (district_code, school_id, from_date);
COMMENT ON TABLE visit_plan IS 'A plan of visits of one school: every pupil once a term, in the holidays, or pupils at risk each month. modes = which modes of visit count.';

CREATE TABLE visit_plan_item (
  district_code text NOT NULL,
  id uuid NOT NULL,
  plan_id uuid,
  kind text NOT NULL,
  child_id uuid NOT NULL,
  household_id uuid,
  school_id uuid,
  class_id uuid,
  staff_id uuid,
  case_id uuid,
  purpose text NOT NULL,
  modes text[] NOT NULL,
  from_date date NOT NULL,
  due_date date NOT NULL,
  to_date date,
  state text NOT NULL,
  visit_id uuid,
  visit_day date,
  known_at timestamptz NOT NULL,
  reach text[] NOT NULL,
  CONSTRAINT visit_plan_item_pk PRIMARY KEY (district_code, id),
  CONSTRAINT visit_plan_item_plan_fk FOREIGN KEY (district_code, plan_id) REFERENCES visit_plan (district_code, id),
  CONSTRAINT visit_plan_item_child_fk FOREIGN KEY (district_code, child_id) REFERENCES child (district_code, id),
  CONSTRAINT visit_plan_item_kind_ck CHECK (kind IN ('term', 'holiday', 'atRisk', 'case')),
  CONSTRAINT visit_plan_item_state_ck CHECK (state IN ('open', 'done', 'dropped')),
  CONSTRAINT visit_plan_item_done_ck CHECK ((state = 'done') = (visit_id IS NOT NULL))
);
SELECT platform.distribute('visit_plan_item');
CREATE INDEX visit_plan_item_plan_ix ON visit_plan_item (district_code, plan_id);
CREATE INDEX visit_plan_item_child_ix ON visit_plan_item (district_code, child_id, from_date);
CREATE INDEX visit_plan_item_staff_ix ON visit_plan_item (district_code, staff_id, due_date) WHERE state = 'open';
CREATE INDEX visit_plan_item_case_ix ON visit_plan_item (district_code, case_id) WHERE case_id IS NOT NULL;
COMMENT ON TABLE visit_plan_item IS 'One child to be visited by one teacher until a day; done by the first visit of a counting mode at which somebody was met. plan_id is null for visits of a case.';

CREATE TABLE visit (
  district_code text NOT NULL,
  id uuid NOT NULL,
  first_id uuid NOT NULL,
  version integer NOT NULL,
  supersedes uuid,
  child_id uuid NOT NULL,
  household_id uuid,
  school_id uuid,
  class_id uuid,
  case_id uuid,
  mode text NOT NULL,
  met boolean NOT NULL,
  not_met text,
  day date NOT NULL,
  at timestamptz NOT NULL,
  next_day date,
  staff_ids uuid[] NOT NULL,
  paper_form boolean NOT NULL,
  content_version integer NOT NULL,
  content_print bytea NOT NULL,
  sealed bytea NOT NULL,
  by_id text NOT NULL,
  by_name text NOT NULL,
  reason text,
  known tstzrange NOT NULL,
  reach text[] NOT NULL,
  CONSTRAINT visit_pk PRIMARY KEY (district_code, id),
  CONSTRAINT visit_version_uq UNIQUE (district_code, first_id, version),
  CONSTRAINT visit_child_fk FOREIGN KEY (district_code, child_id) REFERENCES child (district_code, id),
  CONSTRAINT visit_supersedes_fk FOREIGN KEY (district_code, supersedes) REFERENCES visit (district_code, id),
  CONSTRAINT visit_mode_ck CHECK (mode IN ('door', 'phone', 'online')),
  CONSTRAINT visit_met_ck CHECK (met = (not_met IS NULL)),
  CONSTRAINT visit_reason_ck CHECK ((supersedes IS NULL) = (reason IS NULL))
);
SELECT platform.distribute('visit');
CREATE UNIQUE INDEX visit_now_uq ON visit (district_code, first_id) WHERE upper_inf(known);
CREATE INDEX visit_child_ix ON visit (district_code, child_id, day) WHERE upper_inf(known);
CREATE INDEX visit_day_ix ON visit (district_code, day DESC, id) WHERE upper_inf(known);
CREATE INDEX visit_school_ix ON visit (district_code, school_id, day DESC, id) WHERE upper_inf(known);
CREATE INDEX visit_class_ix ON visit (district_code, class_id, day DESC, id) WHERE upper_inf(known);
CREATE INDEX visit_case_ix ON visit (district_code, case_id, day) WHERE case_id IS NOT NULL AND upper_inf(known);
COMMENT ON TABLE visit IS 'The record of a visit (D4.8), contents sealed. A correction is a new version that supersedes; content_print is the SHA-256 of the printed text of content_version.';

CREATE TABLE visit_signature (
  district_code text NOT NULL,
  id uuid NOT NULL,
  visit_id uuid NOT NULL,
  child_id uuid NOT NULL,
  party text NOT NULL,
  means text NOT NULL,
  content_print bytea NOT NULL,
  sealed bytea NOT NULL,
  paper_ids uuid[] NOT NULL,
  by_id text NOT NULL,
  by_name text NOT NULL,
  known_at timestamptz NOT NULL,
  reach text[] NOT NULL,
  CONSTRAINT visit_signature_pk PRIMARY KEY (district_code, id),
  CONSTRAINT visit_signature_visit_fk FOREIGN KEY (district_code, visit_id) REFERENCES visit (district_code, id),
  CONSTRAINT visit_signature_party_uq UNIQUE (district_code, visit_id, party, means),
  CONSTRAINT visit_signature_party_ck CHECK (party IN ('teacher', 'guardian', 'pupil')),
  CONSTRAINT visit_signature_means_ck CHECK (means IN ('drawn', 'refused', 'absent', 'cannotSign', 'byOther', 'scan'))
);
SELECT platform.distribute('visit_signature');
CREATE INDEX visit_signature_child_ix ON visit_signature (district_code, child_id);
COMMENT ON TABLE visit_signature IS 'How each party signed a version of a visit: strokes on the glass, or what stands instead, sealed; content_print says which text was signed.';

ALTER TABLE visit_plan ENABLE ROW LEVEL SECURITY;
ALTER TABLE visit_plan FORCE ROW LEVEL SECURITY;
CREATE POLICY visit_plan_reach ON visit_plan USING (district_code = current_setting('app.district', true) AND CASE WHEN NULLIF(current_setting('app.all', true), '') = '1' THEN true ELSE reach && NULLIF(current_setting('app.reach', true), '')::text[] END) WITH CHECK (district_code = current_setting('app.district', true));
ALTER TABLE visit_plan_item ENABLE ROW LEVEL SECURITY;
ALTER TABLE visit_plan_item FORCE ROW LEVEL SECURITY;
CREATE POLICY visit_plan_item_reach ON visit_plan_item USING (district_code = current_setting('app.district', true) AND CASE WHEN NULLIF(current_setting('app.all', true), '') = '1' THEN true ELSE reach && NULLIF(current_setting('app.reach', true), '')::text[] END) WITH CHECK (district_code = current_setting('app.district', true));
ALTER TABLE visit ENABLE ROW LEVEL SECURITY;
ALTER TABLE visit FORCE ROW LEVEL SECURITY;
CREATE POLICY visit_reach ON visit USING (district_code = current_setting('app.district', true) AND CASE WHEN NULLIF(current_setting('app.all', true), '') = '1' THEN true ELSE reach && NULLIF(current_setting('app.reach', true), '')::text[] END) WITH CHECK (district_code = current_setting('app.district', true));
ALTER TABLE visit_signature ENABLE ROW LEVEL SECURITY;
ALTER TABLE visit_signature FORCE ROW LEVEL SECURITY;
CREATE POLICY visit_signature_reach ON visit_signature USING (district_code = current_setting('app.district', true) AND CASE WHEN NULLIF(current_setting('app.all', true), '') = '1' THEN true ELSE reach && NULLIF(current_setting('app.reach', true), '')::text[] END) WITH CHECK (district_code = current_setting('app.district', true));

GRANT SELECT, INSERT ON visit_plan, visit_plan_item, visit, visit_signature TO baoxue_app, baoxue_loader;
GRANT UPDATE (ended_at, ended_name, end_reason) ON visit_plan TO baoxue_app, baoxue_loader;
GRANT UPDATE (staff_id, due_date, state, visit_id, visit_day, reach) ON visit_plan_item TO baoxue_app, baoxue_loader;
GRANT UPDATE (known, reach) ON visit TO baoxue_app, baoxue_loader;
GRANT UPDATE (reach) ON visit_signature TO baoxue_app, baoxue_loader;
