-- What pupils got in examinations, handed in by their schools for the sign of falling marks.

CREATE TABLE pupil_score (
  district_code text NOT NULL,
  id uuid NOT NULL,
  child_id uuid NOT NULL,
  school_id uuid NOT NULL,
  school_year int NOT NULL,
  term int NOT NULL,
  exam text NOT NULL,
  sealed bytea NOT NULL,
  entered_by text NOT NULL,
  entered_name text NOT NULL,
  entered_at timestamptz NOT NULL,
  known tstzrange NOT NULL,
  reach text[] NOT NULL,
  CONSTRAINT pupil_score_pk PRIMARY KEY (district_code, id),
  CONSTRAINT pupil_score_child_fk FOREIGN KEY (district_code, child_id) REFERENCES child (district_code, id),
  CONSTRAINT pupil_score_school_fk FOREIGN KEY (district_code, school_id) REFERENCES school (district_code, id),
  CONSTRAINT pupil_score_term_ck CHECK (term IN (1, 2)),
  CONSTRAINT pupil_score_exam_ck CHECK (exam IN ('midterm', 'firstMock', 'secondMock', 'final')),
  CONSTRAINT pupil_score_once_ex EXCLUDE USING gist (child_id WITH =, district_code WITH =, school_year WITH =, term WITH =, exam WITH =, known WITH &&)
);
SELECT platform.distribute('pupil_score');
CREATE INDEX pupil_score_child_ix ON pupil_score (district_code, child_id);
CREATE INDEX pupil_score_year_ix ON pupil_score (district_code, school_year);
COMMENT ON TABLE pupil_score IS 'What a pupil got in an examination: sealed = the score of each subject and why it was changed. Superseded, never overwritten; removed when it is older than the school year before. A closed compartment, read only after app.closed is set; its reach holds schools and classes only.';

ALTER TABLE pupil_score ENABLE ROW LEVEL SECURITY;
ALTER TABLE pupil_score FORCE ROW LEVEL SECURITY;
CREATE POLICY pupil_score_reach ON pupil_score USING (district_code = current_setting('app.district', true) AND CASE WHEN current_setting('app.closed', true) IS DISTINCT FROM '1' THEN false WHEN NULLIF(current_setting('app.all', true), '') = '1' THEN true ELSE reach && NULLIF(current_setting('app.reach', true), '')::text[] END) WITH CHECK (district_code = current_setting('app.district', true));
GRANT SELECT, INSERT, DELETE ON pupil_score TO baoxue_app, baoxue_loader;
GRANT UPDATE (child_id, known, reach) ON pupil_score TO baoxue_app, baoxue_loader;

ALTER TABLE risk_sign ADD COLUMN sealed_words bytea;
COMMENT ON COLUMN risk_sign.sealed_words IS 'The reason with what only the own school and class may see; words says the rest to everybody. Empty once the sign is gone.';
ALTER TABLE risk_day ADD COLUMN score_rule text;
COMMENT ON COLUMN risk_day.score_rule IS 'The thresholds of falling marks and the term by which all signs of them were computed.';

ALTER TABLE change_sheet DROP CONSTRAINT change_sheet_kind_ck;
ALTER TABLE change_sheet ADD CONSTRAINT change_sheet_kind_ck CHECK (kind IN ('changes', 'placements', 'rollCalls', 'scores'));
COMMENT ON COLUMN change_sheet.kind IS 'What its rows ask for: registry changes, placements of leavers into junior schools, marks of a roll call, or scores of examinations.';
ALTER TABLE change_sheet ADD COLUMN emptied_at timestamptz;
COMMENT ON COLUMN change_sheet.emptied_at IS 'When the cells of its rows were taken out because they may be kept no longer.';
GRANT UPDATE (emptied_at) ON change_sheet TO baoxue_app, baoxue_loader;
