-- Registry changes: renewal asked late, home lessons short of the quota, printed forms as they were first printed, changes by sheet.

ALTER TABLE registry_change ADD COLUMN asked_late boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN registry_change.asked_late IS 'A renewal asked later than 15 working days before the suspension ends.';
GRANT UPDATE (sealed) ON registry_change TO baoxue_app, baoxue_loader;
CREATE INDEX attending_place_class_ix ON attending_place (district_code, class_id) WHERE upper_inf(known) AND class_id IS NOT NULL;

CREATE TABLE home_lesson_month (
  district_code text NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  change_id uuid NOT NULL,
  child_id uuid NOT NULL,
  month date NOT NULL,
  quota int NOT NULL,
  held int NOT NULL,
  debt int NOT NULL,
  at timestamptz NOT NULL,
  reach text[] NOT NULL,
  CONSTRAINT home_lesson_month_pk PRIMARY KEY (district_code, id),
  CONSTRAINT home_lesson_month_uq UNIQUE (district_code, change_id, month),
  CONSTRAINT home_lesson_month_child_fk FOREIGN KEY (district_code, child_id) REFERENCES child (district_code, id),
  CONSTRAINT home_lesson_month_change_fk FOREIGN KEY (district_code, change_id) REFERENCES registry_change (district_code, id)
);
SELECT platform.distribute('home_lesson_month');
COMMENT ON TABLE home_lesson_month IS 'A month of home teaching that is over, as it was told: lessons held against the quota, and what the school owes by then (what earlier months left is owed first).';

CREATE TABLE change_form (
  district_code text NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  change_id uuid NOT NULL,
  child_id uuid NOT NULL,
  state text NOT NULL,
  stored_name text NOT NULL,
  fingerprint bytea NOT NULL,
  bytes int NOT NULL,
  pages int NOT NULL,
  sealed bytea NOT NULL,
  at timestamptz NOT NULL,
  by_id text NOT NULL,
  by_name text NOT NULL,
  reach text[] NOT NULL,
  CONSTRAINT change_form_pk PRIMARY KEY (district_code, id),
  CONSTRAINT change_form_once_uq UNIQUE (district_code, change_id, state),
  CONSTRAINT change_form_child_fk FOREIGN KEY (district_code, child_id) REFERENCES child (district_code, id),
  CONSTRAINT change_form_change_fk FOREIGN KEY (district_code, change_id) REFERENCES registry_change (district_code, id)
);
SELECT platform.distribute('change_form');
COMMENT ON TABLE change_form IS 'The printed form of a registry change that is over (done, refused, withdrawn, corrected), byte for byte as it was first printed; sealed = what was laid out.';

CREATE TABLE change_sheet (
  district_code text NOT NULL,
  id uuid NOT NULL,
  file_name text NOT NULL,
  at timestamptz NOT NULL,
  by_id text NOT NULL,
  by_name text NOT NULL,
  run_at timestamptz,
  reach text[] NOT NULL,
  CONSTRAINT change_sheet_pk PRIMARY KEY (district_code, id)
);
SELECT platform.distribute('change_sheet');
COMMENT ON TABLE change_sheet IS 'Registry changes handed in as a sheet; the school that handed it in and the bureau see it.';

CREATE TABLE change_sheet_row (
  district_code text NOT NULL,
  id uuid NOT NULL,
  sheet_id uuid NOT NULL,
  row_no int NOT NULL,
  state text NOT NULL,
  reason text,
  change_id uuid,
  sealed bytea NOT NULL,
  reach text[] NOT NULL,
  CONSTRAINT change_sheet_row_pk PRIMARY KEY (district_code, id),
  CONSTRAINT change_sheet_row_sheet_fk FOREIGN KEY (district_code, sheet_id) REFERENCES change_sheet (district_code, id),
  CONSTRAINT change_sheet_row_state_ck CHECK (state IN ('ready', 'held', 'asked', 'dropped'))
);
SELECT platform.distribute('change_sheet_row');
CREATE INDEX change_sheet_row_sheet_ix ON change_sheet_row (district_code, sheet_id, row_no);
COMMENT ON TABLE change_sheet_row IS 'A row of a sheet of registry changes: ready to be asked, held with its reason, asked (change_id), or dropped; sealed = its cells.';

ALTER TABLE home_lesson_month ENABLE ROW LEVEL SECURITY;
ALTER TABLE home_lesson_month FORCE ROW LEVEL SECURITY;
CREATE POLICY home_lesson_month_reach ON home_lesson_month USING (district_code = current_setting('app.district', true) AND CASE WHEN NULLIF(current_setting('app.all', true), '') = '1' THEN true ELSE reach && NULLIF(current_setting('app.reach', true), '')::text[] END) WITH CHECK (district_code = current_setting('app.district', true));
ALTER TABLE change_form ENABLE ROW LEVEL SECURITY;
ALTER TABLE change_form FORCE ROW LEVEL SECURITY;
CREATE POLICY change_form_reach ON change_form USING (district_code = current_setting('app.district', true) AND CASE WHEN NULLIF(current_setting('app.all', true), '') = '1' THEN true ELSE reach && NULLIF(current_setting('app.reach', true), '')::text[] END) WITH CHECK (district_code = current_setting('app.district', true));
ALTER TABLE change_sheet ENABLE ROW LEVEL SECURITY;
ALTER TABLE change_sheet FORCE ROW LEVEL SECURITY;
CREATE POLICY change_sheet_reach ON change_sheet USING (district_code = current_setting('app.district', true) AND CASE WHEN NULLIF(current_setting('app.all', true), '') = '1' THEN true ELSE reach && NULLIF(current_setting('app.reach', true), '')::text[] END) WITH CHECK (district_code = current_setting('app.district', true));
ALTER TABLE change_sheet_row ENABLE ROW LEVEL SECURITY;
ALTER TABLE change_sheet_row FORCE ROW LEVEL SECURITY;
CREATE POLICY change_sheet_row_reach ON change_sheet_row USING (district_code = current_setting('app.district', true) AND CASE WHEN NULLIF(current_setting('app.all', true), '') = '1' THEN true ELSE reach && NULLIF(current_setting('app.reach', true), '')::text[] END) WITH CHECK (district_code = current_setting('app.district', true));

GRANT SELECT, INSERT ON home_lesson_month, change_form, change_sheet, change_sheet_row TO baoxue_app, baoxue_loader;
GRANT UPDATE (held, debt, child_id, reach) ON home_lesson_month TO baoxue_app, baoxue_loader;
GRANT UPDATE (child_id, reach) ON change_form TO baoxue_app, baoxue_loader;
GRANT UPDATE (run_at) ON change_sheet TO baoxue_app, baoxue_loader;
GRANT UPDATE (state, reason, change_id, sealed) ON change_sheet_row TO baoxue_app, baoxue_loader;
