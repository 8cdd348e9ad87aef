-- Roll call, leave, and signs that advise (及时发现).

CREATE TABLE roll_call (
  district_code text NOT NULL,
  id uuid NOT NULL,
  school_id uuid NOT NULL,
  class_id uuid NOT NULL,
  day date NOT NULL,
  part text NOT NULL,
  weight real NOT NULL,
  on_roll int NOT NULL,
  present int NOT NULL,
  source text NOT NULL,
  late_reason text,
  marked_by text NOT NULL,
  marked_name text NOT NULL,
  marked_at timestamptz NOT NULL,
  known tstzrange NOT NULL,
  reach text[] NOT NULL,
  CONSTRAINT roll_call_pk PRIMARY KEY (district_code, id),
  CONSTRAINT roll_call_school_fk FOREIGN KEY (district_code, school_id) REFERENCES school (district_code, id),
  CONSTRAINT roll_call_class_fk FOREIGN KEY (district_code, class_id) REFERENCES school_class (district_code, id),
  CONSTRAINT roll_call_part_ck CHECK (part IN ('morning', 'afternoon')),
  CONSTRAINT roll_call_source_ck CHECK (source IN ('call', 'late', 'sheet'))
);
SELECT platform.distribute('roll_call');
CREATE UNIQUE INDEX roll_call_once_uq ON roll_call (district_code, class_id, day, part) WHERE upper_inf(known);
CREATE INDEX roll_call_school_ix ON roll_call (district_code, school_id, day) WHERE upper_inf(known);
COMMENT ON TABLE roll_call IS 'A class was marked for a day and part: one row instead of one for each pupil. Whoever is on its roll that day and has no absence was present. A class without a row is unknown.';
COMMENT ON COLUMN roll_call.weight IS 'School days it stands for: 1 when the class is marked once a day, 0.5 for a half-day.';

CREATE TABLE absence (
  district_code text NOT NULL,
  id uuid NOT NULL,
  child_id uuid NOT NULL,
  school_id uuid NOT NULL,
  class_id uuid NOT NULL,
  day date NOT NULL,
  part text NOT NULL,
  weight real NOT NULL,
  kind text NOT NULL,
  answer text,
  answered_name text,
  answered_at timestamptz,
  leave_id uuid,
  marked_by text NOT NULL,
  marked_name text NOT NULL,
  marked_at timestamptz NOT NULL,
  known tstzrange NOT NULL,
  reach text[] NOT NULL,
  CONSTRAINT absence_pk PRIMARY KEY (district_code, id),
  CONSTRAINT absence_child_fk FOREIGN KEY (district_code, child_id) REFERENCES child (district_code, id),
  CONSTRAINT absence_part_ck CHECK (part IN ('morning', 'afternoon')),
  CONSTRAINT absence_kind_ck CHECK (kind IN ('unexcused', 'illness', 'personal', 'official', 'bereavement', 'other', 'late', 'unknown')),
  CONSTRAINT absence_once_ex EXCLUDE USING gist (child_id WITH =, district_code WITH =, day WITH =, part WITH =, known WITH &&)
);
SELECT platform.distribute('absence');
CREATE INDEX absence_child_ix ON absence (district_code, child_id, day);
CREATE INDEX absence_class_ix ON absence (district_code, class_id, day) WHERE upper_inf(known);
COMMENT ON TABLE absence IS 'A pupil who was not simply present at a roll call; superseded, never overwritten. unknown = a late entry that waits for consent.';

CREATE TABLE absence_standing (
  district_code text NOT NULL,
  child_id uuid NOT NULL,
  term_from date NOT NULL,
  school_id uuid NOT NULL,
  class_id uuid NOT NULL,
  consecutive real NOT NULL,
  cumulative real NOT NULL,
  since date,
  last_absent date,
  crossed_day date,
  rule text NOT NULL,
  reach text[] NOT NULL,
  CONSTRAINT absence_standing_pk PRIMARY KEY (district_code, child_id, term_from),
  CONSTRAINT absence_standing_child_fk FOREIGN KEY (district_code, child_id) REFERENCES child (district_code, id)
);
SELECT platform.distribute('absence_standing');
CREATE INDEX absence_standing_class_ix ON absence_standing (district_code, class_id, term_from);
CREATE INDEX absence_standing_school_ix ON absence_standing (district_code, school_id, term_from);
COMMENT ON TABLE absence_standing IS 'Rollup of a pupil and term: unexcused absence in school days, consecutive and cumulative, and the latest crossing with the rule by which it was told.';

CREATE TABLE leave (
  district_code text NOT NULL,
  id uuid NOT NULL,
  child_id uuid NOT NULL,
  school_id uuid NOT NULL,
  class_id uuid,
  kind text NOT NULL,
  asker text NOT NULL,
  from_day date NOT NULL,
  to_day date NOT NULL,
  paper_required boolean NOT NULL,
  paper_id uuid,
  sealed_reason bytea,
  state text NOT NULL,
  requested_by text NOT NULL,
  requested_name text NOT NULL,
  requested_at timestamptz NOT NULL,
  decided_by text,
  decided_name text,
  decided_at timestamptz,
  ended_day date,
  told text[] NOT NULL DEFAULT '{}',
  verify_why text,
  verified_outcome text,
  verified_name text,
  verified_at timestamptz,
  sealed_verified bytea,
  reach text[] NOT NULL,
  CONSTRAINT leave_pk PRIMARY KEY (district_code, id),
  CONSTRAINT leave_child_fk FOREIGN KEY (district_code, child_id) REFERENCES child (district_code, id),
  CONSTRAINT leave_days_ck CHECK (from_day <= to_day),
  CONSTRAINT leave_state_ck CHECK (state IN ('requested', 'approved', 'refused', 'ended', 'verified'))
);
SELECT platform.distribute('leave');
CREATE INDEX leave_child_ix ON leave (district_code, child_id, from_day);
CREATE INDEX leave_state_ix ON leave (district_code, state, to_day);

CREATE TABLE substitute (
  district_code text NOT NULL,
  id uuid NOT NULL,
  school_id uuid NOT NULL,
  class_id uuid NOT NULL,
  staff_id uuid NOT NULL,
  staff_name text NOT NULL,
  from_day date NOT NULL,
  to_day date NOT NULL,
  named_by text NOT NULL,
  named_name text NOT NULL,
  named_at timestamptz NOT NULL,
  ended_at timestamptz,
  CONSTRAINT substitute_pk PRIMARY KEY (district_code, id),
  CONSTRAINT substitute_class_fk FOREIGN KEY (district_code, class_id) REFERENCES school_class (district_code, id),
  CONSTRAINT substitute_staff_fk FOREIGN KEY (district_code, staff_id) REFERENCES staff (district_code, id),
  CONSTRAINT substitute_days_ck CHECK (from_day <= to_day)
);
SELECT platform.distribute('substitute');
CREATE INDEX substitute_staff_ix ON substitute (district_code, staff_id, to_day);
CREATE INDEX substitute_class_ix ON substitute (district_code, class_id, to_day);
COMMENT ON TABLE substitute IS 'Who marks a class in place of its teacher for days: like a post, it says nothing of a child and is read by the whole district.';

CREATE TABLE attendance_correction (
  district_code text NOT NULL,
  id uuid NOT NULL,
  child_id uuid NOT NULL,
  school_id uuid NOT NULL,
  class_id uuid NOT NULL,
  day date NOT NULL,
  part text NOT NULL,
  from_kind text NOT NULL,
  to_kind text NOT NULL,
  why text,
  sealed_words bytea NOT NULL,
  state text NOT NULL,
  asked_by text NOT NULL,
  asked_name text NOT NULL,
  asked_at timestamptz NOT NULL,
  decided_by text,
  decided_name text,
  decided_at timestamptz,
  sealed_decision bytea,
  reach text[] NOT NULL,
  CONSTRAINT attendance_correction_pk PRIMARY KEY (district_code, id),
  CONSTRAINT attendance_correction_child_fk FOREIGN KEY (district_code, child_id) REFERENCES child (district_code, id),
  CONSTRAINT attendance_correction_state_ck CHECK (state IN ('done', 'waiting', 'consented', 'refused')),
  CONSTRAINT attendance_correction_other_ck CHECK (decided_by IS NULL OR decided_by <> asked_by)
);
SELECT platform.distribute('attendance_correction');
CREATE UNIQUE INDEX attendance_correction_waiting_uq ON attendance_correction (district_code, child_id, day, part) WHERE state = 'waiting';
CREATE INDEX attendance_correction_child_ix ON attendance_correction (district_code, child_id, day);
CREATE INDEX attendance_correction_state_ix ON attendance_correction (district_code, state, asked_at);
COMMENT ON TABLE attendance_correction IS 'A mark was changed after the roll call, with reason; one that takes an alarm away waits for the consent of another person (product, section 4).';

CREATE TABLE roll_call_due (
  district_code text NOT NULL,
  school_id uuid NOT NULL,
  day date NOT NULL,
  part text NOT NULL,
  told_at timestamptz NOT NULL,
  classes int NOT NULL,
  CONSTRAINT roll_call_due_pk PRIMARY KEY (district_code, school_id, day, part)
);
SELECT platform.distribute('roll_call_due');
COMMENT ON TABLE roll_call_due IS 'The classes of a school that were not marked when the lesson began have been told of; kept so that it is told once.';

CREATE TABLE attendance_watch (
  district_code text NOT NULL,
  child_id uuid NOT NULL,
  last_step_at timestamptz NOT NULL,
  reach text[] NOT NULL,
  CONSTRAINT attendance_watch_pk PRIMARY KEY (district_code, child_id),
  CONSTRAINT attendance_watch_child_fk FOREIGN KEY (district_code, child_id) REFERENCES child (district_code, id)
);
SELECT platform.distribute('attendance_watch');
COMMENT ON TABLE attendance_watch IS 'Children of a case, whose presence is told to the areas above.';

CREATE TABLE risk_sign (
  district_code text NOT NULL,
  id uuid NOT NULL,
  child_id uuid NOT NULL,
  kind text NOT NULL,
  strength int NOT NULL,
  words text NOT NULL,
  facts text NOT NULL,
  since date NOT NULL,
  state text NOT NULL,
  acted_at timestamptz,
  acted_words text,
  dismissed_facts text,
  dismissed_by text,
  dismissed_name text,
  dismissed_at timestamptz,
  sealed_note bytea,
  changed_at timestamptz NOT NULL,
  reach text[] NOT NULL,
  CONSTRAINT risk_sign_pk PRIMARY KEY (district_code, id),
  CONSTRAINT risk_sign_kind_uq UNIQUE (district_code, child_id, kind),
  CONSTRAINT risk_sign_child_fk FOREIGN KEY (district_code, child_id) REFERENCES child (district_code, id),
  CONSTRAINT risk_sign_state_ck CHECK (state IN ('open', 'dismissed', 'gone'))
);
SELECT platform.distribute('risk_sign');
CREATE INDEX risk_sign_state_ix ON risk_sign (district_code, state, child_id);
COMMENT ON TABLE risk_sign IS 'A sign that advises, with the facts on which it rests in words; it never decides. A dismissal holds as long as the facts do.';

CREATE TABLE risk_case (
  district_code text NOT NULL,
  child_id uuid NOT NULL,
  first_opened date,
  confirmed boolean NOT NULL,
  returned_day date,
  open boolean NOT NULL,
  reach text[] NOT NULL,
  CONSTRAINT risk_case_pk PRIMARY KEY (district_code, child_id),
  CONSTRAINT risk_case_child_fk FOREIGN KEY (district_code, child_id) REFERENCES child (district_code, id)
);
SELECT platform.distribute('risk_case');
CREATE TABLE risk_day (
  district_code text NOT NULL,
  day date NOT NULL,
  counted_at timestamptz NOT NULL,
  CONSTRAINT risk_day_pk PRIMARY KEY (district_code, day)
);
SELECT platform.distribute('risk_day');
COMMENT ON TABLE risk_day IS 'The days on which all signs were computed anew.';

COMMENT ON TABLE risk_case IS 'What the steps of cases told: earlier dropout, return, and whether a case is open; the ground of signs.';

ALTER TABLE roll_call ENABLE ROW LEVEL SECURITY;
ALTER TABLE roll_call FORCE ROW LEVEL SECURITY;
CREATE POLICY roll_call_reach ON roll_call USING (district_code = current_setting('app.district', true) AND CASE WHEN NULLIF(current_setting('app.all', true), '') = '1' THEN true ELSE reach && NULLIF(current_setting('app.reach', true), '')::text[] END) WITH CHECK (district_code = current_setting('app.district', true));
ALTER TABLE absence ENABLE ROW LEVEL SECURITY;
ALTER TABLE absence FORCE ROW LEVEL SECURITY;
CREATE POLICY absence_reach ON absence USING (district_code = current_setting('app.district', true) AND CASE WHEN NULLIF(current_setting('app.all', true), '') = '1' THEN true ELSE reach && NULLIF(current_setting('app.reach', true), '')::text[] END) WITH CHECK (district_code = current_setting('app.district', true));
ALTER TABLE absence_standing ENABLE ROW LEVEL SECURITY;
ALTER TABLE absence_standing FORCE ROW LEVEL SECURITY;
CREATE POLICY absence_standing_reach ON absence_standing USING (district_code = current_setting('app.district', true) AND CASE WHEN NULLIF(current_setting('app.all', true), '') = '1' THEN true ELSE reach && NULLIF(current_setting('app.reach', true), '')::text[] END) WITH CHECK (district_code = current_setting('app.district', true));
ALTER TABLE leave ENABLE ROW LEVEL SECURITY;
ALTER TABLE leave FORCE ROW LEVEL SECURITY;
CREATE POLICY leave_reach ON leave USING (district_code = current_setting('app.district', true) AND CASE WHEN NULLIF(current_setting('app.all', true), '') = '1' THEN true ELSE reach && NULLIF(current_setting('app.reach', true), '')::text[] END) WITH CHECK (district_code = current_setting('app.district', true));
ALTER TABLE substitute ENABLE ROW LEVEL SECURITY;
ALTER TABLE substitute FORCE ROW LEVEL SECURITY;
CREATE POLICY substitute_district ON substitute USING (district_code = current_setting('app.district', true)) WITH CHECK (district_code = current_setting('app.district', true));
ALTER TABLE attendance_correction ENABLE ROW LEVEL SECURITY;
ALTER TABLE attendance_correction FORCE ROW LEVEL SECURITY;
CREATE POLICY attendance_correction_reach ON attendance_correction USING (district_code = current_setting('app.district', true) AND CASE WHEN NULLIF(current_setting('app.all', true), '') = '1' THEN true ELSE reach && NULLIF(current_setting('app.reach', true), '')::text[] END) WITH CHECK (district_code = current_setting('app.district', true));
ALTER TABLE attendance_watch ENABLE ROW LEVEL SECURITY;
ALTER TABLE attendance_watch FORCE ROW LEVEL SECURITY;
CREATE POLICY attendance_watch_reach ON attendance_watch USING (district_code = current_setting('app.district', true) AND CASE WHEN NULLIF(current_setting('app.all', true), '') = '1' THEN true ELSE reach && NULLIF(current_setting('app.reach', true), '')::text[] END) WITH CHECK (district_code = current_setting('app.district', true));
ALTER TABLE risk_sign ENABLE ROW LEVEL SECURITY;
ALTER TABLE risk_sign FORCE ROW LEVEL SECURITY;
CREATE POLICY risk_sign_reach ON risk_sign USING (district_code = current_setting('app.district', true) AND CASE WHEN NULLIF(current_setting('app.all', true), '') = '1' THEN true ELSE reach && NULLIF(current_setting('app.reach', true), '')::text[] END) WITH CHECK (district_code = current_setting('app.district', true));
ALTER TABLE risk_case ENABLE ROW LEVEL SECURITY;
ALTER TABLE risk_case FORCE ROW LEVEL SECURITY;
CREATE POLICY risk_case_reach ON risk_case USING (district_code = current_setting('app.district', true) AND CASE WHEN NULLIF(current_setting('app.all', true), '') = '1' THEN true ELSE reach && NULLIF(current_setting('app.reach', true), '')::text[] END) WITH CHECK (district_code = current_setting('app.district', true));
ALTER TABLE roll_call_due ENABLE ROW LEVEL SECURITY;
ALTER TABLE roll_call_due FORCE ROW LEVEL SECURITY;
CREATE POLICY roll_call_due_reach ON roll_call_due USING (district_code = current_setting('app.district', true)) WITH CHECK (district_code = current_setting('app.district', true));
ALTER TABLE risk_day ENABLE ROW LEVEL SECURITY;
ALTER TABLE risk_day FORCE ROW LEVEL SECURITY;
CREATE POLICY risk_day_reach ON risk_day USING (district_code = current_setting('app.district', true)) WITH CHECK (district_code = current_setting('app.district', true));

GRANT SELECT, INSERT ON risk_day, roll_call, absence, leave, substitute, attendance_correction, roll_call_due, attendance_watch, absence_standing, risk_sign, risk_case TO baoxue_app, baoxue_loader;
GRANT UPDATE (known, reach) ON roll_call TO baoxue_app, baoxue_loader;
GRANT UPDATE (known, reach, answer, answered_name, answered_at) ON absence TO baoxue_app, baoxue_loader;
GRANT UPDATE ON absence_standing, attendance_watch, risk_sign, risk_case TO baoxue_app, baoxue_loader;
GRANT UPDATE (to_day, paper_id, state, decided_by, decided_name, decided_at, ended_day, told, verify_why, verified_outcome, verified_name, verified_at, sealed_verified, reach) ON leave TO baoxue_app, baoxue_loader;
GRANT UPDATE (ended_at) ON substitute TO baoxue_app, baoxue_loader;
GRANT UPDATE (state, decided_by, decided_name, decided_at, sealed_decision, reach) ON attendance_correction TO baoxue_app, baoxue_loader;
GRANT MAINTAIN ON roll_call, absence, absence_standing, risk_sign TO baoxue_loader;
