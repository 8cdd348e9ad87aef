-- Scans of work records; the school's own plan and help to pupils in several difficulties as kinds of them.

ALTER TABLE work_record DROP CONSTRAINT work_record_kind_ck;
ALTER TABLE work_record ADD CONSTRAINT work_record_kind_ck CHECK (kind IN ('plan', 'letter', 'aid', 'pairing', 'activity', 'inspection'));
ALTER TABLE work_record DROP CONSTRAINT work_record_state_ck;
ALTER TABLE work_record ADD CONSTRAINT work_record_state_ck CHECK (state IN ('stands', 'withdrawn', 'open', 'mended', 'settled', 'helped', 'ended'));
COMMENT ON TABLE work_record IS 'The school''s own plan, responsibility letters signed, aid given, help to pupils in several difficulties, activities held, inspections with what they found (D4.5, D4.9, D4.12, D4.14). A correction, an answer or a withdrawal is a new version; words sealed. state: stands, withdrawn; of an inspection with findings open, mended by the school, settled after the recheck; of help to a pupil helped, ended.';

CREATE TABLE work_record_paper (
  district_code text NOT NULL,
  id uuid NOT NULL,
  record_id uuid NOT NULL,
  school_id uuid NOT NULL,
  paper_id uuid NOT NULL,
  belongs_to text NOT NULL,
  entry_number integer NOT NULL,
  number integer NOT NULL,
  reach text[] NOT NULL,
  CONSTRAINT work_record_paper_pk PRIMARY KEY (district_code, id),
  CONSTRAINT work_record_paper_uq UNIQUE (district_code, record_id, paper_id),
  CONSTRAINT work_record_paper_record_fk FOREIGN KEY (district_code, record_id) REFERENCES work_record (district_code, id),
  CONSTRAINT work_record_paper_paper_fk FOREIGN KEY (district_code, paper_id) REFERENCES paper (district_code, id),
  CONSTRAINT work_record_paper_place_ck CHECK (belongs_to IN ('record', 'mended', 'rechecked', 'help'))
);
SELECT platform.distribute('work_record_paper');
CREATE INDEX work_record_paper_school_ix ON work_record_paper (district_code, school_id);
CREATE INDEX work_record_paper_paper_ix ON work_record_paper (district_code, paper_id);
COMMENT ON TABLE work_record_paper IS 'The scans of a version of a work record; a version without one that the version before had has taken it away. entry_number = which entry about the help given, from 0 on; 0 elsewhere. number = order within its place.';

ALTER TABLE work_record_paper ENABLE ROW LEVEL SECURITY;
ALTER TABLE work_record_paper FORCE ROW LEVEL SECURITY;
CREATE POLICY work_record_paper_reach ON work_record_paper USING (district_code = current_setting('app.district', true) AND CASE WHEN NULLIF(current_setting('app.all', true), '') = '1' THEN true ELSE reach && NULLIF(current_setting('app.reach', true), '')::text[] END) WITH CHECK (district_code = current_setting('app.district', true));
GRANT SELECT, INSERT ON work_record_paper TO baoxue_app, baoxue_loader;
