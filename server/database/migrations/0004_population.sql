-- Children, households, and what each list says of a child: facts with two times (product, section 4).

CREATE TABLE import_file (
  district_code text NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  kind text NOT NULL,
  list text,
  file_name text NOT NULL,
  stored_name text,
  fingerprint bytea NOT NULL,
  bytes bigint NOT NULL,
  as_of date NOT NULL,
  valid_to date,
  dry_run boolean NOT NULL,
  state text NOT NULL,
  rows_read int NOT NULL DEFAULT 0,
  rows int NOT NULL DEFAULT 0,
  accepted int NOT NULL DEFAULT 0,
  unchanged int NOT NULL DEFAULT 0,
  repeated int NOT NULL DEFAULT 0,
  held int NOT NULL DEFAULT 0,
  preview jsonb,
  problem jsonb,
  started_by text NOT NULL,
  started_name text NOT NULL,
  created_at timestamptz NOT NULL,
  finished_at timestamptz,
  CONSTRAINT import_file_pk PRIMARY KEY (district_code, id),
  CONSTRAINT import_file_state_ck CHECK (state IN ('waiting', 'reading', 'checked', 'publishing', 'done', 'cancelled', 'failed'))
);
SELECT platform.distribute('import_file');
CREATE INDEX import_file_created_ix ON import_file (district_code, created_at);
COMMENT ON TABLE import_file IS 'A list handed in: the file (kept encrypted), what was found in it, and how far the work is.';

CREATE TABLE import_row (
  district_code text NOT NULL,
  import_id uuid NOT NULL,
  row_no int NOT NULL,
  row_print bytea NOT NULL,
  child_new_id uuid NOT NULL,
  entry_new_id uuid NOT NULL,
  child_id uuid,
  outcome text,
  name text NOT NULL,
  name_tail text NOT NULL,
  pinyin text NOT NULL,
  initials text NOT NULL,
  sex text,
  birth_date date,
  document_type text NOT NULL,
  document_index bytea,
  registry_index bytea,
  phone_index bytea,
  suspect boolean NOT NULL,
  guardian text,
  school_code text,
  school_id uuid,
  grade int,
  class_no text,
  household_no text,
  subdistrict_code text,
  community_code text,
  address text,
  sealed_child bytea,
  sealed_entry bytea,
  sealed_cells bytea,
  held_code text,
  held_reason text,
  held_also text[],
  facts jsonb NOT NULL,
  warnings jsonb,
  CONSTRAINT import_row_pk PRIMARY KEY (district_code, import_id, row_no),
  CONSTRAINT import_row_file_fk FOREIGN KEY (district_code, import_id) REFERENCES import_file (district_code, id)
);
SELECT platform.distribute('import_row');
COMMENT ON TABLE import_row IS 'Staging: rows read and checked but not yet published; identity is sealed here too. Emptied after publishing.';

CREATE TABLE held_row (
  district_code text NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  import_id uuid NOT NULL,
  kind text NOT NULL,
  row_no int NOT NULL,
  row_print bytea NOT NULL,
  name text NOT NULL,
  birth_date date,
  school_id uuid,
  code text NOT NULL,
  reason text NOT NULL,
  also text[] NOT NULL,
  sealed_cells bytea NOT NULL,
  state text NOT NULL,
  settled_by text,
  settled_at timestamptz,
  reach text[] NOT NULL,
  CONSTRAINT held_row_pk PRIMARY KEY (district_code, id),
  CONSTRAINT held_row_file_fk FOREIGN KEY (district_code, import_id) REFERENCES import_file (district_code, id),
  CONSTRAINT held_row_state_ck CHECK (state IN ('held', 'accepted', 'discarded'))
);
SELECT platform.distribute('held_row');
CREATE INDEX held_row_import_ix ON held_row (district_code, import_id, row_no);
CREATE INDEX held_row_print_ix ON held_row (district_code, kind, row_print);
CREATE INDEX held_row_name_ix ON held_row (district_code, name);

CREATE TABLE child (
  district_code text NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  name text NOT NULL,
  name_tail text NOT NULL,
  pinyin text NOT NULL,
  initials text NOT NULL,
  sex text,
  birth_date date,
  document_type text NOT NULL,
  document_index bytea,
  registry_index bytea,
  sealed bytea,
  identity text NOT NULL,
  ethnicity text,
  merged_into uuid,
  reach text[] NOT NULL,
  created_at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL,
  CONSTRAINT child_pk PRIMARY KEY (district_code, id),
  CONSTRAINT child_identity_ck CHECK (identity IN ('proven', 'suspect', 'conflict', 'none')),
  CONSTRAINT child_district_fk FOREIGN KEY (district_code) REFERENCES district (district_code)
);
SELECT platform.distribute('child');
CREATE INDEX child_document_ix ON child (district_code, document_index);
CREATE INDEX child_registry_ix ON child (district_code, registry_index);
CREATE INDEX child_name_ix ON child (district_code, name, birth_date);
CREATE INDEX child_name_tail_ix ON child (district_code, name_tail);
CREATE INDEX child_pinyin_ix ON child (district_code, pinyin, id);
CREATE INDEX child_initials_ix ON child (district_code, initials);
COMMENT ON TABLE child IS 'One person for life. identity: proven number, suspect number (fails its check), conflict (number carried under another name), none (无证件). Suspect, conflict and none wait for a decision of a proposal.';
COMMENT ON COLUMN child.pinyin IS 'Name in pinyin without tones, for order and search.';

CREATE TABLE child_change (
  district_code text NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  child_id uuid NOT NULL,
  known_at timestamptz NOT NULL,
  actor_id text NOT NULL,
  actor_name text NOT NULL,
  what text NOT NULL,
  reason text,
  sealed_before bytea,
  sealed_after bytea,
  reach text[] NOT NULL,
  CONSTRAINT child_change_pk PRIMARY KEY (district_code, id),
  CONSTRAINT child_change_child_fk FOREIGN KEY (district_code, child_id) REFERENCES child (district_code, id)
);
SELECT platform.distribute('child_change');
CREATE INDEX child_change_child_ix ON child_change (district_code, child_id, known_at);

CREATE TABLE household (
  district_code text NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  household_no text NOT NULL,
  address text NOT NULL,
  subdistrict_code text,
  community_code text,
  created_at timestamptz NOT NULL,
  reach text[] NOT NULL,
  CONSTRAINT household_pk PRIMARY KEY (district_code, id),
  CONSTRAINT household_no_uq UNIQUE (district_code, household_no)
);
SELECT platform.distribute('household');
CREATE INDEX household_community_ix ON household (district_code, community_code);

CREATE TABLE survey (
  district_code text NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  household_id uuid NOT NULL,
  day date NOT NULL,
  result text NOT NULL,
  surveyor_id text NOT NULL,
  surveyor_name text NOT NULL,
  sealed_signature bytea,
  note text,
  known_at timestamptz NOT NULL,
  reach text[] NOT NULL,
  CONSTRAINT survey_pk PRIMARY KEY (district_code, id),
  CONSTRAINT survey_household_fk FOREIGN KEY (district_code, household_id) REFERENCES household (district_code, id),
  CONSTRAINT survey_result_ck CHECK (result IN ('children', 'noChild', 'empty', 'refused', 'notMet'))
);
SELECT platform.distribute('survey');
CREATE INDEX survey_household_ix ON survey (district_code, household_id, day);
COMMENT ON TABLE survey IS 'Door survey of a household, signed by the surveyor who answers for it (plan 三(一)3).';

CREATE TABLE register_entry (
  district_code text NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  child_id uuid NOT NULL,
  household_id uuid,
  name text NOT NULL,
  sex text,
  birth_date date,
  subdistrict_code text,
  community_code text,
  address text,
  guardian text,
  relation text,
  household_state text,
  study_status text NOT NULL,
  stated_school text,
  stated_grade int,
  tags text[] NOT NULL,
  surveyor text,
  survey_date date,
  note text,
  phone_index bytea,
  registry_index bytea,
  sealed bytea,
  during daterange NOT NULL,
  from_date date NOT NULL,
  to_date date,
  known tstzrange NOT NULL,
  row_print bytea NOT NULL,
  import_id uuid,
  row_no int,
  reach text[] NOT NULL,
  CONSTRAINT register_entry_pk PRIMARY KEY (district_code, id),
  CONSTRAINT register_entry_child_fk FOREIGN KEY (district_code, child_id) REFERENCES child (district_code, id),
  CONSTRAINT register_entry_household_fk FOREIGN KEY (district_code, household_id) REFERENCES household (district_code, id),
  CONSTRAINT register_entry_once_ex EXCLUDE USING gist (district_code WITH =, child_id WITH =, during WITH &&, known WITH &&)
);
SELECT platform.distribute('register_entry');
CREATE INDEX register_entry_child_ix ON register_entry (district_code, child_id) WHERE upper_inf(known);
CREATE INDEX register_entry_household_ix ON register_entry (district_code, household_id) WHERE upper_inf(known);
CREATE INDEX register_entry_community_ix ON register_entry (district_code, community_code) WHERE upper_inf(known);
CREATE INDEX register_entry_print_ix ON register_entry (district_code, row_print);
CREATE INDEX register_entry_phone_ix ON register_entry (district_code, phone_index) WHERE upper_inf(known);
COMMENT ON TABLE register_entry IS 'What the population register (D4.6) says of a child, when it was so (during) and when we knew it (known).';

CREATE TABLE register_repeat (
  district_code text NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  child_id uuid NOT NULL,
  household_no text,
  address text,
  subdistrict_code text,
  community_code text,
  known tstzrange NOT NULL,
  row_print bytea NOT NULL,
  import_id uuid,
  row_no int,
  reach text[] NOT NULL,
  CONSTRAINT register_repeat_pk PRIMARY KEY (district_code, id),
  CONSTRAINT register_repeat_child_fk FOREIGN KEY (district_code, child_id) REFERENCES child (district_code, id)
);
SELECT platform.distribute('register_repeat');
CREATE INDEX register_repeat_child_ix ON register_repeat (district_code, child_id);
COMMENT ON TABLE register_repeat IS 'The same child standing in the register again, in another household or twice in one.';

CREATE TABLE enrolment (
  district_code text NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  child_id uuid NOT NULL,
  school_id uuid NOT NULL,
  class_id uuid,
  grade int NOT NULL,
  name text NOT NULL,
  sex text,
  birth_date date,
  guardian text,
  address text,
  tags text[] NOT NULL,
  phone_index bytea,
  registry_index bytea,
  sealed bytea,
  during daterange NOT NULL,
  from_date date NOT NULL,
  to_date date,
  known tstzrange NOT NULL,
  row_print bytea NOT NULL,
  import_id uuid,
  row_no int,
  reach text[] NOT NULL,
  CONSTRAINT enrolment_pk PRIMARY KEY (district_code, id),
  CONSTRAINT enrolment_child_fk FOREIGN KEY (district_code, child_id) REFERENCES child (district_code, id),
  CONSTRAINT enrolment_school_fk FOREIGN KEY (district_code, school_id) REFERENCES school (district_code, id),
  CONSTRAINT enrolment_class_fk FOREIGN KEY (district_code, class_id) REFERENCES school_class (district_code, id),
  CONSTRAINT enrolment_one_school_ex EXCLUDE USING gist (district_code WITH =, child_id WITH =, during WITH &&, known WITH &&)
);
SELECT platform.distribute('enrolment');
CREATE INDEX enrolment_child_ix ON enrolment (district_code, child_id) WHERE upper_inf(known);
CREATE INDEX enrolment_school_ix ON enrolment (district_code, school_id, grade) WHERE upper_inf(known);
CREATE INDEX enrolment_class_ix ON enrolment (district_code, class_id) WHERE upper_inf(known);
CREATE INDEX enrolment_print_ix ON enrolment (district_code, row_print);
COMMENT ON TABLE enrolment IS 'On roll in one school at a time (学籍校): the constraint forbids two at once.';

CREATE TABLE enrolment_claim (
  district_code text NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  child_id uuid NOT NULL,
  school_id uuid NOT NULL,
  class_id uuid,
  grade int NOT NULL,
  registry_index bytea,
  from_date date NOT NULL,
  known tstzrange NOT NULL,
  row_print bytea NOT NULL,
  import_id uuid,
  row_no int,
  reach text[] NOT NULL,
  CONSTRAINT enrolment_claim_pk PRIMARY KEY (district_code, id),
  CONSTRAINT enrolment_claim_child_fk FOREIGN KEY (district_code, child_id) REFERENCES child (district_code, id),
  CONSTRAINT enrolment_claim_school_fk FOREIGN KEY (district_code, school_id) REFERENCES school (district_code, id)
);
SELECT platform.distribute('enrolment_claim');
CREATE INDEX enrolment_claim_child_ix ON enrolment_claim (district_code, child_id);
CREATE INDEX enrolment_claim_print_ix ON enrolment_claim (district_code, row_print);
COMMENT ON TABLE enrolment_claim IS 'A second school names the child on its roster: a finding, not an error that loses the row.';

CREATE TABLE presence (
  district_code text NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  child_id uuid NOT NULL,
  school_id uuid NOT NULL,
  day date NOT NULL,
  present boolean,
  leave_kind text,
  reason text,
  days_absent int,
  known tstzrange NOT NULL,
  row_print bytea NOT NULL,
  import_id uuid,
  row_no int,
  reach text[] NOT NULL,
  CONSTRAINT presence_pk PRIMARY KEY (district_code, id),
  CONSTRAINT presence_child_fk FOREIGN KEY (district_code, child_id) REFERENCES child (district_code, id),
  CONSTRAINT presence_school_fk FOREIGN KEY (district_code, school_id) REFERENCES school (district_code, id)
);
SELECT platform.distribute('presence');
CREATE UNIQUE INDEX presence_day_uq ON presence (district_code, child_id, school_id, day) WHERE upper_inf(known);
CREATE INDEX presence_school_ix ON presence (district_code, school_id, day) WHERE upper_inf(known);

CREATE TABLE key_list_entry (
  district_code text NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  child_id uuid,
  list text NOT NULL,
  name text NOT NULL,
  document_index bytea,
  sealed bytea,
  from_date date NOT NULL,
  to_date date,
  known tstzrange NOT NULL,
  row_print bytea NOT NULL,
  import_id uuid,
  row_no int,
  reach text[] NOT NULL,
  CONSTRAINT key_list_entry_pk PRIMARY KEY (district_code, id)
);
SELECT platform.distribute('key_list_entry');
CREATE INDEX key_list_entry_child_ix ON key_list_entry (district_code, child_id);
CREATE INDEX key_list_entry_document_ix ON key_list_entry (district_code, document_index);
COMMENT ON TABLE key_list_entry IS 'Aid and care lists (低保, 特困, 脱贫, 孤儿, 留守 …) for the third match.';

CREATE TABLE closed_list_entry (
  district_code text NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  child_id uuid,
  list text NOT NULL,
  name text NOT NULL,
  document_index bytea,
  sealed bytea,
  from_date date NOT NULL,
  to_date date,
  known tstzrange NOT NULL,
  row_print bytea NOT NULL,
  import_id uuid,
  row_no int,
  CONSTRAINT closed_list_entry_pk PRIMARY KEY (district_code, id)
);
SELECT platform.distribute('closed_list_entry');
CREATE INDEX closed_list_entry_child_ix ON closed_list_entry (district_code, child_id);
COMMENT ON TABLE closed_list_entry IS 'Health and disability lists: a closed compartment, read only by the role baoxue_closed (残疾人教育条例 20).';

CREATE TABLE standing (
  district_code text NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  child_id uuid NOT NULL,
  kind text NOT NULL,
  place_name text,
  evidence text NOT NULL,
  accepted_by text NOT NULL,
  accepted_name text NOT NULL,
  finding_id uuid,
  during daterange NOT NULL,
  from_date date NOT NULL,
  to_date date,
  known tstzrange NOT NULL,
  reach text[] NOT NULL,
  CONSTRAINT standing_pk PRIMARY KEY (district_code, id),
  CONSTRAINT standing_child_fk FOREIGN KEY (district_code, child_id) REFERENCES child (district_code, id),
  CONSTRAINT standing_once_ex EXCLUDE USING gist (district_code WITH =, child_id WITH =, during WITH &&, known WITH &&)
);
SELECT platform.distribute('standing');
CREATE INDEX standing_child_ix ON standing (district_code, child_id) WHERE upper_inf(known);
COMMENT ON TABLE standing IS 'Accepted proof of why a child is rightly not on a local roster: elsewhere, deferred, unable, abroad, deceased, movedAway, graduated.';

ALTER TABLE import_file ENABLE ROW LEVEL SECURITY;
ALTER TABLE import_file FORCE ROW LEVEL SECURITY;
CREATE POLICY import_file_reach ON import_file USING (district_code = current_setting('app.district', true)) WITH CHECK (district_code = current_setting('app.district', true));
ALTER TABLE import_row ENABLE ROW LEVEL SECURITY;
ALTER TABLE import_row FORCE ROW LEVEL SECURITY;
CREATE POLICY import_row_reach ON import_row USING (district_code = current_setting('app.district', true)) WITH CHECK (district_code = current_setting('app.district', true));
ALTER TABLE held_row ENABLE ROW LEVEL SECURITY;
ALTER TABLE held_row FORCE ROW LEVEL SECURITY;
CREATE POLICY held_row_reach ON held_row USING (district_code = current_setting('app.district', true) AND (NULLIF(current_setting('app.all', true), '') = '1' OR reach && NULLIF(current_setting('app.reach', true), '')::text[])) WITH CHECK (district_code = current_setting('app.district', true));
ALTER TABLE child ENABLE ROW LEVEL SECURITY;
ALTER TABLE child FORCE ROW LEVEL SECURITY;
CREATE POLICY child_reach ON child USING (district_code = current_setting('app.district', true) AND (NULLIF(current_setting('app.all', true), '') = '1' OR reach && NULLIF(current_setting('app.reach', true), '')::text[])) WITH CHECK (district_code = current_setting('app.district', true));
ALTER TABLE child_change ENABLE ROW LEVEL SECURITY;
ALTER TABLE child_change FORCE ROW LEVEL SECURITY;
CREATE POLICY child_change_reach ON child_change USING (district_code = current_setting('app.district', true) AND (NULLIF(current_setting('app.all', true), '') = '1' OR reach && NULLIF(current_setting('app.reach', true), '')::text[])) WITH CHECK (district_code = current_setting('app.district', true));
ALTER TABLE household ENABLE ROW LEVEL SECURITY;
ALTER TABLE household FORCE ROW LEVEL SECURITY;
CREATE POLICY household_reach ON household USING (district_code = current_setting('app.district', true) AND (NULLIF(current_setting('app.all', true), '') = '1' OR reach && NULLIF(current_setting('app.reach', true), '')::text[])) WITH CHECK (district_code = current_setting('app.district', true));
ALTER TABLE survey ENABLE ROW LEVEL SECURITY;
ALTER TABLE survey FORCE ROW LEVEL SECURITY;
CREATE POLICY survey_reach ON survey USING (district_code = current_setting('app.district', true) AND (NULLIF(current_setting('app.all', true), '') = '1' OR reach && NULLIF(current_setting('app.reach', true), '')::text[])) WITH CHECK (district_code = current_setting('app.district', true));
ALTER TABLE register_entry ENABLE ROW LEVEL SECURITY;
ALTER TABLE register_entry FORCE ROW LEVEL SECURITY;
CREATE POLICY register_entry_reach ON register_entry USING (district_code = current_setting('app.district', true) AND (NULLIF(current_setting('app.all', true), '') = '1' OR reach && NULLIF(current_setting('app.reach', true), '')::text[])) WITH CHECK (district_code = current_setting('app.district', true));
ALTER TABLE register_repeat ENABLE ROW LEVEL SECURITY;
ALTER TABLE register_repeat FORCE ROW LEVEL SECURITY;
CREATE POLICY register_repeat_reach ON register_repeat USING (district_code = current_setting('app.district', true) AND (NULLIF(current_setting('app.all', true), '') = '1' OR reach && NULLIF(current_setting('app.reach', true), '')::text[])) WITH CHECK (district_code = current_setting('app.district', true));
ALTER TABLE enrolment ENABLE ROW LEVEL SECURITY;
ALTER TABLE enrolment FORCE ROW LEVEL SECURITY;
CREATE POLICY enrolment_reach ON enrolment USING (district_code = current_setting('app.district', true) AND (NULLIF(current_setting('app.all', true), '') = '1' OR reach && NULLIF(current_setting('app.reach', true), '')::text[])) WITH CHECK (district_code = current_setting('app.district', true));
ALTER TABLE enrolment_claim ENABLE ROW LEVEL SECURITY;
ALTER TABLE enrolment_claim FORCE ROW LEVEL SECURITY;
CREATE POLICY enrolment_claim_reach ON enrolment_claim USING (district_code = current_setting('app.district', true) AND (NULLIF(current_setting('app.all', true), '') = '1' OR reach && NULLIF(current_setting('app.reach', true), '')::text[])) WITH CHECK (district_code = current_setting('app.district', true));
ALTER TABLE presence ENABLE ROW LEVEL SECURITY;
ALTER TABLE presence FORCE ROW LEVEL SECURITY;
CREATE POLICY presence_reach ON presence USING (district_code = current_setting('app.district', true) AND (NULLIF(current_setting('app.all', true), '') = '1' OR reach && NULLIF(current_setting('app.reach', true), '')::text[])) WITH CHECK (district_code = current_setting('app.district', true));
ALTER TABLE key_list_entry ENABLE ROW LEVEL SECURITY;
ALTER TABLE key_list_entry FORCE ROW LEVEL SECURITY;
CREATE POLICY key_list_entry_reach ON key_list_entry USING (district_code = current_setting('app.district', true) AND (NULLIF(current_setting('app.all', true), '') = '1' OR reach && NULLIF(current_setting('app.reach', true), '')::text[])) WITH CHECK (district_code = current_setting('app.district', true));
ALTER TABLE closed_list_entry ENABLE ROW LEVEL SECURITY;
ALTER TABLE closed_list_entry FORCE ROW LEVEL SECURITY;
CREATE POLICY closed_list_entry_reach ON closed_list_entry USING (district_code = current_setting('app.district', true)) WITH CHECK (district_code = current_setting('app.district', true));
ALTER TABLE standing ENABLE ROW LEVEL SECURITY;
ALTER TABLE standing FORCE ROW LEVEL SECURITY;
CREATE POLICY standing_reach ON standing USING (district_code = current_setting('app.district', true) AND (NULLIF(current_setting('app.all', true), '') = '1' OR reach && NULLIF(current_setting('app.reach', true), '')::text[])) WITH CHECK (district_code = current_setting('app.district', true));

GRANT SELECT, INSERT, UPDATE ON import_file, held_row, child, household TO baoxue_app, baoxue_loader;
GRANT SELECT, INSERT, UPDATE, DELETE ON import_row TO baoxue_app, baoxue_loader;
GRANT SELECT, INSERT ON child_change, survey, register_entry, register_repeat, enrolment, enrolment_claim, presence, key_list_entry, standing TO baoxue_app, baoxue_loader;
GRANT UPDATE (known, child_id, reach) ON register_entry, register_repeat, enrolment, enrolment_claim, presence, key_list_entry, standing TO baoxue_app, baoxue_loader;
GRANT UPDATE (reach) ON survey, child_change TO baoxue_app, baoxue_loader;
GRANT SELECT, INSERT ON closed_list_entry TO baoxue_closed, baoxue_loader;
GRANT UPDATE (known, child_id) ON closed_list_entry TO baoxue_closed, baoxue_loader;

-- Statistics before a bulk publishing; the loader owns nothing.
GRANT MAINTAIN ON import_row TO baoxue_loader;
