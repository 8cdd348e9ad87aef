-- Papers and pictures: scans, photographs, forms, kept by fingerprint.

CREATE TABLE paper (
  district_code text NOT NULL,
  id uuid NOT NULL,
  kind text NOT NULL,
  closed boolean NOT NULL,
  child_id uuid,
  subject_kind text,
  subject_id uuid,
  content_type text NOT NULL,
  bytes integer NOT NULL,
  fingerprint bytea NOT NULL,
  stored_name text NOT NULL,
  sealed bytea NOT NULL,
  taken_at timestamptz,
  by_id text NOT NULL,
  by_name text NOT NULL,
  known_at timestamptz NOT NULL,
  void_at timestamptz,
  void_by text,
  void_name text,
  void_reason text,
  beside text[] NOT NULL,
  reach text[] NOT NULL,
  CONSTRAINT paper_pk PRIMARY KEY (district_code, id),
  CONSTRAINT paper_child_fk FOREIGN KEY (district_code, child_id) REFERENCES child (district_code, id),
  CONSTRAINT paper_content_ck CHECK (content_type IN ('image/jpeg', 'image/png', 'application/pdf')),
  CONSTRAINT paper_subject_ck CHECK ((subject_kind IS NULL) = (subject_id IS NULL)),
  CONSTRAINT paper_void_ck CHECK ((void_at IS NULL) = (void_reason IS NULL))
);
SELECT platform.distribute('paper');
CREATE INDEX paper_subject_ix ON paper (district_code, subject_kind, subject_id);
CREATE INDEX paper_child_ix ON paper (district_code, child_id);
COMMENT ON TABLE paper IS 'A picture or scan in the sealed file store. closed = health papers: a closed compartment, read only after app.closed is set; their reach holds schools and classes only. beside = units beyond the reach of the child.';

ALTER TABLE paper ENABLE ROW LEVEL SECURITY;
ALTER TABLE paper FORCE ROW LEVEL SECURITY;
CREATE POLICY paper_reach ON paper USING (district_code = current_setting('app.district', true) AND CASE WHEN closed AND current_setting('app.closed', true) IS DISTINCT FROM '1' THEN false WHEN NULLIF(current_setting('app.all', true), '') = '1' THEN true ELSE reach && NULLIF(current_setting('app.reach', true), '')::text[] END) WITH CHECK (district_code = current_setting('app.district', true));

GRANT SELECT, INSERT ON paper TO baoxue_app, baoxue_loader;
GRANT UPDATE (child_id, subject_kind, subject_id, void_at, void_by, void_name, void_reason, beside, reach) ON paper TO baoxue_app, baoxue_loader;
