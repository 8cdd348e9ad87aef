-- Suspected dropouts and cases (劝返复学): one case for each child with rounds; what happens in it is a timeline; its state day by day is a fact with known time.

CREATE TABLE return_case (
  district_code text NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  child_id uuid NOT NULL,
  kind text NOT NULL,
  state text NOT NULL,
  round int NOT NULL,
  school_id uuid,
  class_id uuid,
  subdistrict_code text,
  community_code text,
  lead text NOT NULL,
  owner_role text NOT NULL,
  owner_unit_kind text NOT NULL,
  owner_unit text NOT NULL,
  next_action text,
  next_words text,
  due_date date,
  opened_at timestamptz NOT NULL,
  state_since date NOT NULL,
  crossed_on date,
  discovered_on date,
  last_seen_on date,
  clock_start date NOT NULL,
  confirmed_on date,
  reason_group text,
  whereabouts text,
  persuasions int NOT NULL,
  present_from date,
  present_days int NOT NULL,
  returned_on date,
  category text,
  emergency boolean NOT NULL,
  people text[] NOT NULL,
  units text[] NOT NULL,
  changed_at timestamptz NOT NULL,
  reach text[] NOT NULL,
  CONSTRAINT return_case_pk PRIMARY KEY (district_code, id),
  CONSTRAINT return_case_child_fk FOREIGN KEY (district_code, child_id) REFERENCES child (district_code, id),
  CONSTRAINT return_case_child_uq UNIQUE (district_code, child_id),
  CONSTRAINT return_case_school_fk FOREIGN KEY (district_code, school_id) REFERENCES school (district_code, id),
  CONSTRAINT return_case_class_fk FOREIGN KEY (district_code, class_id) REFERENCES school_class (district_code, id),
  CONSTRAINT return_case_kind_ck CHECK (kind IN ('dropout', 'outOfSchool')),
  CONSTRAINT return_case_state_ck CHECK (state IN ('suspected', 'confirming', 'dismissing', 'dismissed', 'confirmed', 'persuading', 'returned', 'followed', 'closing', 'closed')),
  CONSTRAINT return_case_lead_ck CHECK (lead IN ('school', 'subdistrict', 'district')),
  CONSTRAINT return_case_unit_ck CHECK (owner_unit_kind IN ('class', 'school', 'subdistrict', 'district'))
);
SELECT platform.distribute('return_case');
CREATE INDEX return_case_state_ix ON return_case (district_code, state, due_date);
CREATE INDEX return_case_school_ix ON return_case (district_code, school_id);
CREATE INDEX return_case_owner_ix ON return_case (district_code, owner_unit_kind, owner_unit);
COMMENT ON TABLE return_case IS 'One case for each child: the present round, who owes the next act until when. units = what the case reaches beside the child: its school, class, street and owner, also those it was handed over from. people = accounts and staff who work on it.';

CREATE TABLE case_round (
  district_code text NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  case_id uuid NOT NULL,
  child_id uuid NOT NULL,
  round int NOT NULL,
  kind text NOT NULL,
  source text NOT NULL,
  opened_at timestamptz NOT NULL,
  opened_on date NOT NULL,
  opened_name text NOT NULL,
  crossed_on date,
  finding_id uuid,
  reason text,
  confirmed_on date,
  returned_on date,
  category text,
  closed_on date,
  reach text[] NOT NULL,
  CONSTRAINT case_round_pk PRIMARY KEY (district_code, id),
  CONSTRAINT case_round_child_fk FOREIGN KEY (district_code, child_id) REFERENCES child (district_code, id),
  CONSTRAINT case_round_case_fk FOREIGN KEY (district_code, case_id) REFERENCES return_case (district_code, id),
  CONSTRAINT case_round_round_uq UNIQUE (district_code, case_id, round)
);
SELECT platform.distribute('case_round');
COMMENT ON TABLE case_round IS 'A round of a case: what made it begin and how it ended; the first round and the repeated ones stay apart.';

CREATE TABLE case_state (
  district_code text NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  case_id uuid NOT NULL,
  child_id uuid NOT NULL,
  round int NOT NULL,
  kind text NOT NULL,
  state text NOT NULL,
  school_id uuid,
  class_id uuid,
  subdistrict_code text,
  category text,
  during daterange NOT NULL,
  from_date date NOT NULL,
  to_date date,
  known tstzrange NOT NULL,
  reach text[] NOT NULL,
  CONSTRAINT case_state_pk PRIMARY KEY (district_code, id),
  CONSTRAINT case_state_child_fk FOREIGN KEY (district_code, child_id) REFERENCES child (district_code, id),
  CONSTRAINT case_state_case_fk FOREIGN KEY (district_code, case_id) REFERENCES return_case (district_code, id),
  CONSTRAINT case_state_once_ex EXCLUDE USING gist (district_code WITH =, case_id WITH =, during WITH &&, known WITH &&),
  CONSTRAINT case_state_state_ck CHECK (state IN ('suspected', 'confirming', 'dismissing', 'dismissed', 'confirmed', 'persuading', 'returned', 'followed', 'closing', 'closed'))
);
SELECT platform.distribute('case_state');
CREATE INDEX case_state_day_ix ON case_state (district_code, state, from_date);
CREATE INDEX case_state_case_ix ON case_state (district_code, case_id);
COMMENT ON TABLE case_state IS 'The state of a case day by day as it was known: the ledgers of any day are read from here. Superseded, never overwritten.';

CREATE TABLE case_event (
  district_code text NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  case_id uuid NOT NULL,
  child_id uuid NOT NULL,
  number int NOT NULL,
  round int NOT NULL,
  what text NOT NULL,
  rung text,
  day date NOT NULL,
  at timestamptz NOT NULL,
  words text NOT NULL,
  sealed bytea,
  closed boolean NOT NULL,
  actor_id text NOT NULL,
  actor_name text NOT NULL,
  visit_id uuid,
  document_id uuid,
  referral_id uuid,
  due_date date,
  reach text[] NOT NULL,
  CONSTRAINT case_event_pk PRIMARY KEY (district_code, id),
  CONSTRAINT case_event_child_fk FOREIGN KEY (district_code, child_id) REFERENCES child (district_code, id),
  CONSTRAINT case_event_number_uq UNIQUE (district_code, case_id, number),
  CONSTRAINT case_event_case_fk FOREIGN KEY (district_code, case_id) REFERENCES return_case (district_code, id)
);
SELECT platform.distribute('case_event');
CREATE UNIQUE INDEX case_event_visit_uq ON case_event (district_code, case_id, visit_id) WHERE visit_id IS NOT NULL AND what = 'visit';
CREATE INDEX case_event_document_ix ON case_event (district_code, document_id) WHERE document_id IS NOT NULL;
COMMENT ON TABLE case_event IS 'The timeline of a case. words holds nothing personal; what was said is sealed; closed rows are shown only to those on the case.';

CREATE TABLE dropout_report (
  district_code text NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  case_id uuid NOT NULL,
  child_id uuid NOT NULL,
  round int NOT NULL,
  reported_by text NOT NULL,
  reported_name text NOT NULL,
  reported_role text NOT NULL,
  reported_at timestamptz NOT NULL,
  discovered_on date NOT NULL,
  last_seen_on date,
  first_absent_on date,
  crossed_on date,
  rule text,
  clock_start date NOT NULL,
  reason_group text NOT NULL,
  whereabouts text NOT NULL,
  sealed bytea NOT NULL,
  finding_id uuid,
  joined boolean NOT NULL,
  reach text[] NOT NULL,
  CONSTRAINT dropout_report_pk PRIMARY KEY (district_code, id),
  CONSTRAINT dropout_report_child_fk FOREIGN KEY (district_code, child_id) REFERENCES child (district_code, id),
  CONSTRAINT dropout_report_case_fk FOREIGN KEY (district_code, case_id) REFERENCES return_case (district_code, id)
);
SELECT platform.distribute('dropout_report');
CREATE INDEX dropout_report_case_ix ON dropout_report (district_code, case_id);
COMMENT ON TABLE dropout_report IS 'A report of a suspected dropout (辍学报告单): who, when discovered, the rule that was crossed; the clock starts at the earlier of both, and both are kept.';

CREATE TABLE case_emergency (
  district_code text NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  case_id uuid NOT NULL,
  child_id uuid NOT NULL,
  round int NOT NULL,
  reported_by text NOT NULL,
  reported_name text NOT NULL,
  reported_at timestamptz NOT NULL,
  sealed bytea NOT NULL,
  reach text[] NOT NULL,
  CONSTRAINT case_emergency_pk PRIMARY KEY (district_code, id),
  CONSTRAINT case_emergency_child_fk FOREIGN KEY (district_code, child_id) REFERENCES child (district_code, id),
  CONSTRAINT case_emergency_case_fk FOREIGN KEY (district_code, case_id) REFERENCES return_case (district_code, id)
);
SELECT platform.distribute('case_emergency');
CREATE INDEX case_emergency_case_ix ON case_emergency (district_code, case_id);
COMMENT ON TABLE case_emergency IS '紧急情况: kinds, facts and the police report, all sealed; shown only to those on the case.';

CREATE TABLE case_plan (
  district_code text NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  case_id uuid NOT NULL,
  child_id uuid NOT NULL,
  round int NOT NULL,
  made_by text NOT NULL,
  made_name text NOT NULL,
  made_at timestamptz NOT NULL,
  people jsonb NOT NULL,
  sealed bytea NOT NULL,
  reach text[] NOT NULL,
  CONSTRAINT case_plan_pk PRIMARY KEY (district_code, id),
  CONSTRAINT case_plan_child_fk FOREIGN KEY (district_code, child_id) REFERENCES child (district_code, id),
  CONSTRAINT case_plan_case_fk FOREIGN KEY (district_code, case_id) REFERENCES return_case (district_code, id)
);
SELECT platform.distribute('case_plan');
CREATE INDEX case_plan_case_ix ON case_plan (district_code, case_id, made_at);
COMMENT ON TABLE case_plan IS 'Versions of the plan: who does what by when; the newest holds.';

CREATE TABLE case_finding (
  district_code text NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  case_id uuid NOT NULL,
  child_id uuid NOT NULL,
  round int NOT NULL,
  made_by text NOT NULL,
  made_name text NOT NULL,
  made_at timestamptz NOT NULL,
  day date NOT NULL,
  sealed bytea NOT NULL,
  reach text[] NOT NULL,
  CONSTRAINT case_finding_pk PRIMARY KEY (district_code, id),
  CONSTRAINT case_finding_child_fk FOREIGN KEY (district_code, child_id) REFERENCES child (district_code, id),
  CONSTRAINT case_finding_case_fk FOREIGN KEY (district_code, case_id) REFERENCES return_case (district_code, id)
);
SELECT platform.distribute('case_finding');
CREATE INDEX case_finding_case_ix ON case_finding (district_code, case_id, round);
COMMENT ON TABLE case_finding IS '无正当理由: the finding with its evidence and the guardian''s statement, sealed; no order without it.';

CREATE TABLE case_decision (
  district_code text NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  case_id uuid NOT NULL,
  child_id uuid NOT NULL,
  round int NOT NULL,
  kind text NOT NULL,
  category text,
  before text NOT NULL,
  ends_on date,
  sealed bytea NOT NULL,
  proposed_by text NOT NULL,
  proposed_name text NOT NULL,
  proposed_at timestamptz NOT NULL,
  checked_by text,
  checked_name text,
  checked_at timestamptz,
  accepted boolean,
  note text,
  reach text[] NOT NULL,
  CONSTRAINT case_decision_pk PRIMARY KEY (district_code, id),
  CONSTRAINT case_decision_child_fk FOREIGN KEY (district_code, child_id) REFERENCES child (district_code, id),
  CONSTRAINT case_decision_case_fk FOREIGN KEY (district_code, case_id) REFERENCES return_case (district_code, id),
  CONSTRAINT case_decision_kind_ck CHECK (kind IN ('confirmation', 'dismissal', 'closing')),
  CONSTRAINT case_decision_other_person_ck CHECK (checked_by IS NULL OR checked_by <> proposed_by)
);
SELECT platform.distribute('case_decision');
CREATE UNIQUE INDEX case_decision_open_uq ON case_decision (district_code, case_id) WHERE checked_at IS NULL;
CREATE INDEX case_decision_case_ix ON case_decision (district_code, case_id);
COMMENT ON TABLE case_decision IS 'What one person proposes and another checks: confirmations passed up, dismissals, closings with their evidence.';

CREATE TABLE case_referral (
  district_code text NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  case_id uuid NOT NULL,
  child_id uuid NOT NULL,
  round int NOT NULL,
  party text NOT NULL,
  party_name text,
  number text,
  urgent boolean NOT NULL,
  closed boolean NOT NULL,
  sent_on date NOT NULL,
  due_at timestamptz NOT NULL,
  sealed bytea NOT NULL,
  sent_by text NOT NULL,
  sent_name text NOT NULL,
  sent_at timestamptz NOT NULL,
  replied_on date,
  reply_sealed bytea,
  reply_paper_id uuid,
  replied_by text,
  replied_name text,
  replied_at timestamptz,
  reminded_at timestamptz,
  reach text[] NOT NULL,
  CONSTRAINT case_referral_pk PRIMARY KEY (district_code, id),
  CONSTRAINT case_referral_child_fk FOREIGN KEY (district_code, child_id) REFERENCES child (district_code, id),
  CONSTRAINT case_referral_case_fk FOREIGN KEY (district_code, case_id) REFERENCES return_case (district_code, id),
  CONSTRAINT case_referral_number_uq UNIQUE (district_code, number)
);
SELECT platform.distribute('case_referral');
CREATE INDEX case_referral_open_ix ON case_referral (district_code, due_at) WHERE replied_on IS NULL;
CREATE INDEX case_referral_case_ix ON case_referral (district_code, case_id);
COMMENT ON TABLE case_referral IS 'Joint work with other offices and 协查函 to education bureaus elsewhere: sent, reminded, answered.';

CREATE TABLE case_follow_up (
  district_code text NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  case_id uuid NOT NULL,
  child_id uuid NOT NULL,
  round int NOT NULL,
  number int NOT NULL,
  due_date date NOT NULL,
  done_on date,
  present boolean,
  sealed bytea,
  done_by text,
  done_name text,
  done_at timestamptz,
  visit_id uuid,
  told_at timestamptz,
  ended_at timestamptz,
  reach text[] NOT NULL,
  CONSTRAINT case_follow_up_pk PRIMARY KEY (district_code, id),
  CONSTRAINT case_follow_up_child_fk FOREIGN KEY (district_code, child_id) REFERENCES child (district_code, id),
  CONSTRAINT case_follow_up_case_fk FOREIGN KEY (district_code, case_id) REFERENCES return_case (district_code, id),
  CONSTRAINT case_follow_up_number_uq UNIQUE (district_code, case_id, round, number)
);
SELECT platform.distribute('case_follow_up');
CREATE INDEX case_follow_up_due_ix ON case_follow_up (district_code, due_date) WHERE done_on IS NULL;
COMMENT ON TABLE case_follow_up IS 'Weeks and months after a return in which the pupil is asked after: weekly x 4, monthly x 2.';

CREATE TABLE return_callback (
  district_code text NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  case_id uuid NOT NULL,
  child_id uuid NOT NULL,
  round int NOT NULL,
  chosen_at timestamptz NOT NULL,
  signed_by text NOT NULL,
  done_on date,
  reached boolean,
  is_back boolean,
  sealed bytea,
  done_by text,
  done_name text,
  done_at timestamptz,
  reach text[] NOT NULL,
  CONSTRAINT return_callback_pk PRIMARY KEY (district_code, id),
  CONSTRAINT return_callback_child_fk FOREIGN KEY (district_code, child_id) REFERENCES child (district_code, id),
  CONSTRAINT return_callback_case_fk FOREIGN KEY (district_code, case_id) REFERENCES return_case (district_code, id),
  CONSTRAINT return_callback_round_uq UNIQUE (district_code, case_id, round),
  CONSTRAINT return_callback_other_person_ck CHECK (done_by IS NULL OR done_by <> signed_by)
);
SELECT platform.distribute('return_callback');
COMMENT ON TABLE return_callback IS 'Returns that the bureau calls back, chosen by a keyed digest of the case.';

CREATE TABLE case_number (
  district_code text NOT NULL,
  kind text NOT NULL,
  year int NOT NULL,
  last int NOT NULL,
  CONSTRAINT case_number_pk PRIMARY KEY (district_code, kind, year)
);
SELECT platform.distribute('case_number');
COMMENT ON TABLE case_number IS 'The last number given to 协查函 of a year; numbers have no gaps.';

ALTER TABLE return_case ENABLE ROW LEVEL SECURITY;
ALTER TABLE return_case FORCE ROW LEVEL SECURITY;
CREATE POLICY return_case_reach ON return_case USING (district_code = current_setting('app.district', true) AND CASE WHEN NULLIF(current_setting('app.all', true), '') = '1' THEN true ELSE reach && NULLIF(current_setting('app.reach', true), '')::text[] END) WITH CHECK (district_code = current_setting('app.district', true));
ALTER TABLE case_round ENABLE ROW LEVEL SECURITY;
ALTER TABLE case_round FORCE ROW LEVEL SECURITY;
CREATE POLICY case_round_reach ON case_round USING (district_code = current_setting('app.district', true) AND CASE WHEN NULLIF(current_setting('app.all', true), '') = '1' THEN true ELSE reach && NULLIF(current_setting('app.reach', true), '')::text[] END) WITH CHECK (district_code = current_setting('app.district', true));
ALTER TABLE case_state ENABLE ROW LEVEL SECURITY;
ALTER TABLE case_state FORCE ROW LEVEL SECURITY;
CREATE POLICY case_state_reach ON case_state USING (district_code = current_setting('app.district', true) AND CASE WHEN NULLIF(current_setting('app.all', true), '') = '1' THEN true ELSE reach && NULLIF(current_setting('app.reach', true), '')::text[] END) WITH CHECK (district_code = current_setting('app.district', true));
ALTER TABLE case_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE case_event FORCE ROW LEVEL SECURITY;
CREATE POLICY case_event_reach ON case_event USING (district_code = current_setting('app.district', true) AND CASE WHEN NULLIF(current_setting('app.all', true), '') = '1' THEN true ELSE reach && NULLIF(current_setting('app.reach', true), '')::text[] END) WITH CHECK (district_code = current_setting('app.district', true));
ALTER TABLE dropout_report ENABLE ROW LEVEL SECURITY;
ALTER TABLE dropout_report FORCE ROW LEVEL SECURITY;
CREATE POLICY dropout_report_reach ON dropout_report USING (district_code = current_setting('app.district', true) AND CASE WHEN NULLIF(current_setting('app.all', true), '') = '1' THEN true ELSE reach && NULLIF(current_setting('app.reach', true), '')::text[] END) WITH CHECK (district_code = current_setting('app.district', true));
ALTER TABLE case_emergency ENABLE ROW LEVEL SECURITY;
ALTER TABLE case_emergency FORCE ROW LEVEL SECURITY;
CREATE POLICY case_emergency_reach ON case_emergency USING (district_code = current_setting('app.district', true) AND CASE WHEN NULLIF(current_setting('app.all', true), '') = '1' THEN true ELSE reach && NULLIF(current_setting('app.reach', true), '')::text[] END) WITH CHECK (district_code = current_setting('app.district', true));
ALTER TABLE case_plan ENABLE ROW LEVEL SECURITY;
ALTER TABLE case_plan FORCE ROW LEVEL SECURITY;
CREATE POLICY case_plan_reach ON case_plan USING (district_code = current_setting('app.district', true) AND CASE WHEN NULLIF(current_setting('app.all', true), '') = '1' THEN true ELSE reach && NULLIF(current_setting('app.reach', true), '')::text[] END) WITH CHECK (district_code = current_setting('app.district', true));
ALTER TABLE case_finding ENABLE ROW LEVEL SECURITY;
ALTER TABLE case_finding FORCE ROW LEVEL SECURITY;
CREATE POLICY case_finding_reach ON case_finding USING (district_code = current_setting('app.district', true) AND CASE WHEN NULLIF(current_setting('app.all', true), '') = '1' THEN true ELSE reach && NULLIF(current_setting('app.reach', true), '')::text[] END) WITH CHECK (district_code = current_setting('app.district', true));
ALTER TABLE case_decision ENABLE ROW LEVEL SECURITY;
ALTER TABLE case_decision FORCE ROW LEVEL SECURITY;
CREATE POLICY case_decision_reach ON case_decision USING (district_code = current_setting('app.district', true) AND CASE WHEN NULLIF(current_setting('app.all', true), '') = '1' THEN true ELSE reach && NULLIF(current_setting('app.reach', true), '')::text[] END) WITH CHECK (district_code = current_setting('app.district', true));
ALTER TABLE case_referral ENABLE ROW LEVEL SECURITY;
ALTER TABLE case_referral FORCE ROW LEVEL SECURITY;
CREATE POLICY case_referral_reach ON case_referral USING (district_code = current_setting('app.district', true) AND CASE WHEN NULLIF(current_setting('app.all', true), '') = '1' THEN true ELSE reach && NULLIF(current_setting('app.reach', true), '')::text[] END) WITH CHECK (district_code = current_setting('app.district', true));
ALTER TABLE case_follow_up ENABLE ROW LEVEL SECURITY;
ALTER TABLE case_follow_up FORCE ROW LEVEL SECURITY;
CREATE POLICY case_follow_up_reach ON case_follow_up USING (district_code = current_setting('app.district', true) AND CASE WHEN NULLIF(current_setting('app.all', true), '') = '1' THEN true ELSE reach && NULLIF(current_setting('app.reach', true), '')::text[] END) WITH CHECK (district_code = current_setting('app.district', true));
ALTER TABLE return_callback ENABLE ROW LEVEL SECURITY;
ALTER TABLE return_callback FORCE ROW LEVEL SECURITY;
CREATE POLICY return_callback_reach ON return_callback USING (district_code = current_setting('app.district', true) AND CASE WHEN NULLIF(current_setting('app.all', true), '') = '1' THEN true ELSE reach && NULLIF(current_setting('app.reach', true), '')::text[] END) WITH CHECK (district_code = current_setting('app.district', true));
ALTER TABLE case_number ENABLE ROW LEVEL SECURITY;
ALTER TABLE case_number FORCE ROW LEVEL SECURITY;
CREATE POLICY case_number_district ON case_number USING (district_code = current_setting('app.district', true)) WITH CHECK (district_code = current_setting('app.district', true));

GRANT SELECT, INSERT, UPDATE ON return_case, case_number TO baoxue_app, baoxue_loader;
GRANT SELECT, INSERT ON case_round, case_state, case_event, dropout_report, case_emergency, case_plan, case_finding, case_decision, case_referral, case_follow_up, return_callback TO baoxue_app, baoxue_loader;
GRANT UPDATE (child_id, reach) ON case_round, case_state, case_event, dropout_report, case_emergency, case_plan, case_finding, case_decision, case_referral, case_follow_up, return_callback TO baoxue_app, baoxue_loader;
GRANT UPDATE (confirmed_on, returned_on, category, closed_on) ON case_round TO baoxue_app, baoxue_loader;
GRANT UPDATE (known) ON case_state TO baoxue_app, baoxue_loader;
GRANT UPDATE (checked_by, checked_name, checked_at, accepted, note) ON case_decision TO baoxue_app, baoxue_loader;
GRANT UPDATE (replied_on, reply_sealed, reply_paper_id, replied_by, replied_name, replied_at, reminded_at) ON case_referral TO baoxue_app, baoxue_loader;
GRANT UPDATE (done_on, present, sealed, done_by, done_name, done_at, visit_id, told_at, ended_at) ON case_follow_up TO baoxue_app, baoxue_loader;
GRANT UPDATE (done_on, reached, is_back, sealed, done_by, done_name, done_at) ON return_callback TO baoxue_app, baoxue_loader;
