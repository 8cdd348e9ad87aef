-- Books and sheets: layouts of sheets, own fields of a bureau with their values, and files that were made.

CREATE TABLE sheet_layout (
  district_code text NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  sheet text NOT NULL,
  name text NOT NULL,
  columns jsonb,
  made_by text NOT NULL,
  made_name text NOT NULL,
  made_at timestamptz NOT NULL,
  known_at timestamptz NOT NULL,
  CONSTRAINT sheet_layout_pk PRIMARY KEY (district_code, id),
  CONSTRAINT sheet_layout_district_fk FOREIGN KEY (district_code) REFERENCES district (district_code)
);
SELECT platform.distribute('sheet_layout');
CREATE INDEX sheet_layout_sheet_ix ON sheet_layout (district_code, sheet, known_at);
COMMENT ON TABLE sheet_layout IS 'Every layout that a sheet ever had; the last known one is in force. columns: their order and which are shown; null = the standard of the platform.';

CREATE TABLE own_field (
  district_code text NOT NULL,
  id uuid NOT NULL,
  subject text NOT NULL,
  name text NOT NULL,
  kind text NOT NULL,
  choices text[] NOT NULL,
  personal boolean NOT NULL,
  active boolean NOT NULL,
  made_by text NOT NULL,
  made_name text NOT NULL,
  made_at timestamptz NOT NULL,
  CONSTRAINT own_field_pk PRIMARY KEY (district_code, id),
  CONSTRAINT own_field_name_uq UNIQUE (district_code, subject, name),
  CONSTRAINT own_field_subject_ck CHECK (subject IN ('child', 'school')),
  CONSTRAINT own_field_kind_ck CHECK (kind IN ('text', 'number', 'date', 'choice'))
);
SELECT platform.distribute('own_field');
COMMENT ON TABLE own_field IS 'Fields that a bureau added to children or schools; name, kind and choices are fixed, a field that is no longer wanted is put out of use.';

CREATE TABLE own_value (
  district_code text NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  field_id uuid NOT NULL,
  child_id uuid,
  school_id uuid,
  value text,
  sealed bytea,
  by_id text NOT NULL,
  by_name text NOT NULL,
  known tstzrange NOT NULL,
  reach text[] NOT NULL,
  CONSTRAINT own_value_pk PRIMARY KEY (district_code, id),
  CONSTRAINT own_value_field_fk FOREIGN KEY (district_code, field_id) REFERENCES own_field (district_code, id),
  CONSTRAINT own_value_child_fk FOREIGN KEY (district_code, child_id) REFERENCES child (district_code, id),
  CONSTRAINT own_value_school_fk FOREIGN KEY (district_code, school_id) REFERENCES school (district_code, id),
  CONSTRAINT own_value_child_ex EXCLUDE USING gist (district_code WITH =, field_id WITH =, child_id WITH =, known WITH &&),
  CONSTRAINT own_value_school_ex EXCLUDE USING gist (district_code WITH =, field_id WITH =, school_id WITH =, known WITH &&),
  CONSTRAINT own_value_subject_ck CHECK ((child_id IS NULL) <> (school_id IS NULL))
);
SELECT platform.distribute('own_value');
CREATE INDEX own_value_child_ix ON own_value (district_code, child_id) WHERE child_id IS NOT NULL;
COMMENT ON TABLE own_value IS 'Values of own fields with the time in which they were known; those of a personal field are sealed, the others stand in value.';

CREATE TABLE book_file (
  district_code text NOT NULL,
  id uuid NOT NULL,
  what text NOT NULL,
  format text NOT NULL,
  title text NOT NULL,
  school_id uuid,
  day date NOT NULL,
  known_at timestamptz NOT NULL,
  full_numbers boolean NOT NULL,
  state text NOT NULL,
  done int NOT NULL DEFAULT 0,
  total int NOT NULL,
  step text NOT NULL,
  problem text,
  print text,
  file_print text,
  stored_name text,
  pages int,
  bytes int,
  sealed bytea NOT NULL,
  made_by text NOT NULL,
  made_name text NOT NULL,
  created_at timestamptz NOT NULL,
  finished_at timestamptz,
  reach text[] NOT NULL,
  CONSTRAINT book_file_pk PRIMARY KEY (district_code, id),
  CONSTRAINT book_file_school_fk FOREIGN KEY (district_code, school_id) REFERENCES school (district_code, id),
  CONSTRAINT book_file_state_ck CHECK (state IN ('waiting', 'running', 'done', 'failed'))
);
SELECT platform.distribute('book_file');
CREATE INDEX book_file_created_ix ON book_file (district_code, created_at);
COMMENT ON TABLE book_file IS 'Books and large sheets made by a job: what was asked (sealed), how far it is, and the file. print = fingerprint of the data, file_print = SHA-256 of the file; reach = the units that hold the whole of it.';

ALTER TABLE sheet_layout ENABLE ROW LEVEL SECURITY;
ALTER TABLE sheet_layout FORCE ROW LEVEL SECURITY;
CREATE POLICY sheet_layout_district ON sheet_layout USING (district_code = current_setting('app.district', true)) WITH CHECK (district_code = current_setting('app.district', true));
ALTER TABLE own_field ENABLE ROW LEVEL SECURITY;
ALTER TABLE own_field FORCE ROW LEVEL SECURITY;
CREATE POLICY own_field_district ON own_field USING (district_code = current_setting('app.district', true)) WITH CHECK (district_code = current_setting('app.district', true));
ALTER TABLE own_value ENABLE ROW LEVEL SECURITY;
ALTER TABLE own_value FORCE ROW LEVEL SECURITY;
CREATE POLICY own_value_reach ON own_value USING (district_code = current_setting('app.district', true) AND CASE WHEN NULLIF(current_setting('app.all', true), '') = '1' THEN true ELSE reach && NULLIF(current_setting('app.reach', true), '')::text[] END) WITH CHECK (district_code = current_setting('app.district', true));
ALTER TABLE book_file ENABLE ROW LEVEL SECURITY;
ALTER TABLE book_file FORCE ROW LEVEL SECURITY;
CREATE POLICY book_file_reach ON book_file USING (district_code = current_setting('app.district', true) AND CASE WHEN NULLIF(current_setting('app.all', true), '') = '1' THEN true ELSE reach && NULLIF(current_setting('app.reach', true), '')::text[] END) WITH CHECK (district_code = current_setting('app.district', true));

GRANT SELECT, INSERT ON sheet_layout, own_field, own_value, book_file TO baoxue_app, baoxue_loader;
GRANT UPDATE (active) ON own_field TO baoxue_app, baoxue_loader;
GRANT UPDATE (known, reach, child_id) ON own_value TO baoxue_app, baoxue_loader;
GRANT UPDATE (state, done, step, problem, print, file_print, stored_name, pages, bytes, finished_at) ON book_file TO baoxue_app, baoxue_loader;
