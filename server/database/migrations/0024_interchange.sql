-- Interchange: comparison with the national registry, what a guardian may have of his child, and the figures that a district hands up.

CREATE TABLE registry_check (
  district_code text NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  import_id uuid NOT NULL,
  file_name text NOT NULL,
  as_of date NOT NULL,
  made_at timestamptz NOT NULL,
  made_name text NOT NULL,
  file_rows int NOT NULL,
  matched int NOT NULL,
  differing int NOT NULL,
  schools uuid[] NOT NULL,
  CONSTRAINT registry_check_pk PRIMARY KEY (district_code, id)
);
SELECT platform.distribute('registry_check');
CREATE INDEX registry_check_made_ix ON registry_check (district_code, made_at);
COMMENT ON TABLE registry_check IS 'One comparison of an export of the national registry with the courses as of its day; schools = those whose pupils the file lists.';

CREATE TABLE registry_difference (
  district_code text NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  check_id uuid NOT NULL,
  child_id uuid,
  school_id uuid,
  their_school_id uuid,
  kind text NOT NULL,
  name text NOT NULL,
  ours jsonb NOT NULL,
  theirs jsonb NOT NULL,
  proposals jsonb NOT NULL,
  print text NOT NULL,
  sealed bytea,
  state text NOT NULL,
  taken_act text,
  decided_at timestamptz,
  decided_name text,
  sealed_note bytea,
  first_seen date NOT NULL,
  reach text[] NOT NULL,
  CONSTRAINT registry_difference_pk PRIMARY KEY (district_code, id),
  CONSTRAINT registry_difference_check_fk FOREIGN KEY (district_code, check_id) REFERENCES registry_check (district_code, id),
  CONSTRAINT registry_difference_child_fk FOREIGN KEY (district_code, child_id) REFERENCES child (district_code, id),
  CONSTRAINT registry_difference_kind_ck CHECK (kind IN ('notHere', 'onlyHere', 'school', 'grade', 'class', 'name', 'identity', 'status', 'twice', 'faulty')),
  CONSTRAINT registry_difference_state_ck CHECK (state IN ('open', 'taken', 'dismissed', 'settled'))
);
SELECT platform.distribute('registry_difference');
CREATE INDEX registry_difference_state_ix ON registry_difference (district_code, state, kind);
CREATE INDEX registry_difference_child_ix ON registry_difference (district_code, child_id);
CREATE INDEX registry_difference_school_ix ON registry_difference (district_code, school_id);
CREATE INDEX registry_difference_their_ix ON registry_difference (district_code, their_school_id);
COMMENT ON TABLE registry_difference IS 'What differs between the national registry and the platform, with the registry changes that would explain it. print = keyed print of both sides: a later check with the same print keeps the row and what was decided; another settles it. sealed = the numbers of the registry''s row; sealed_note = why it was dismissed.';

CREATE TABLE access_request (
  district_code text NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  subject_kind text NOT NULL,
  child_id uuid,
  school_id uuid,
  received_on date NOT NULL,
  asked_by text NOT NULL,
  asked_name text NOT NULL,
  asked_at timestamptz NOT NULL,
  sealed bytea NOT NULL,
  state text NOT NULL,
  approval_id uuid,
  approved_name text,
  made_at timestamptz,
  made_name text,
  json_file text,
  pdf_file text,
  fingerprint text,
  records int,
  CONSTRAINT access_request_pk PRIMARY KEY (district_code, id),
  CONSTRAINT access_request_child_fk FOREIGN KEY (district_code, child_id) REFERENCES child (district_code, id),
  CONSTRAINT access_request_school_fk FOREIGN KEY (district_code, school_id) REFERENCES school (district_code, id),
  CONSTRAINT access_request_subject_ck CHECK ((subject_kind = 'child' AND child_id IS NOT NULL AND school_id IS NULL) OR (subject_kind = 'school' AND school_id IS NOT NULL AND child_id IS NULL)),
  CONSTRAINT access_request_state_ck CHECK (state IN ('asked', 'made'))
);
SELECT platform.distribute('access_request');
CREATE INDEX access_request_at_ix ON access_request (district_code, asked_at);
CREATE INDEX access_request_child_ix ON access_request (district_code, child_id);
COMMENT ON TABLE access_request IS 'A guardian''s request for what the platform holds of his child (个人信息保护法 45), or an order to hand over a school''s records; sealed = who asked, how, and for what. The copy is made once after a second person''s approval and kept sealed; fingerprint = SHA-256 of its JSON.';

CREATE TABLE district_figure (
  district_code text NOT NULL,
  school_year int NOT NULL,
  level text NOT NULL,
  version int NOT NULL,
  as_of date NOT NULL,
  known_at timestamptz NOT NULL,
  formula text NOT NULL,
  counts jsonb NOT NULL,
  closed_at timestamptz NOT NULL,
  closed_name text NOT NULL,
  current boolean NOT NULL,
  CONSTRAINT district_figure_pk PRIMARY KEY (district_code, school_year, level, version),
  CONSTRAINT district_figure_level_ck CHECK (level IN ('all', 'primary', 'junior'))
);
SELECT platform.distribute('district_figure');
CREATE INDEX district_figure_current_ix ON district_figure (school_year, level) WHERE current;
COMMENT ON TABLE district_figure IS 'The closed figures of a district that it hands to city and province: counts only, no names. Versions stay; the newest is current. A unit above reads those of the districts under its code (app.above).';

ALTER TABLE registry_check ENABLE ROW LEVEL SECURITY;
ALTER TABLE registry_check FORCE ROW LEVEL SECURITY;
CREATE POLICY registry_check_district ON registry_check USING (district_code = current_setting('app.district', true)) WITH CHECK (district_code = current_setting('app.district', true));
ALTER TABLE registry_difference ENABLE ROW LEVEL SECURITY;
ALTER TABLE registry_difference FORCE ROW LEVEL SECURITY;
CREATE POLICY registry_difference_reach ON registry_difference USING (district_code = current_setting('app.district', true) AND (NULLIF(current_setting('app.all', true), '') = '1' OR reach && NULLIF(current_setting('app.reach', true), '')::text[])) WITH CHECK (district_code = current_setting('app.district', true));
ALTER TABLE access_request ENABLE ROW LEVEL SECURITY;
ALTER TABLE access_request FORCE ROW LEVEL SECURITY;
CREATE POLICY access_request_whole ON access_request USING (district_code = current_setting('app.district', true) AND NULLIF(current_setting('app.all', true), '') = '1') WITH CHECK (district_code = current_setting('app.district', true));
ALTER TABLE district_figure ENABLE ROW LEVEL SECURITY;
ALTER TABLE district_figure FORCE ROW LEVEL SECURITY;
CREATE POLICY district_figure_above ON district_figure USING (district_code = current_setting('app.district', true) OR left(district_code, length(NULLIF(current_setting('app.above', true), ''))) = NULLIF(current_setting('app.above', true), '')) WITH CHECK (district_code = current_setting('app.district', true));

GRANT SELECT, INSERT ON registry_check, registry_difference, access_request, district_figure TO baoxue_app, baoxue_loader;
GRANT UPDATE (check_id, child_id, state, taken_act, decided_at, decided_name, sealed_note, proposals) ON registry_difference TO baoxue_app, baoxue_loader;
GRANT UPDATE (state, approval_id, approved_name, made_at, made_name, json_file, pdf_file, fingerprint, records, child_id) ON access_request TO baoxue_app, baoxue_loader;
GRANT UPDATE (current) ON district_figure TO baoxue_app, baoxue_loader;
