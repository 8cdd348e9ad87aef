-- Documents issued, served and voided (文书).

CREATE TABLE document_template (
  district_code text NOT NULL,
  kind text NOT NULL,
  version int NOT NULL,
  content jsonb NOT NULL,
  reason text NOT NULL,
  set_by text NOT NULL,
  set_name text NOT NULL,
  known_at timestamptz NOT NULL,
  CONSTRAINT document_template_pk PRIMARY KEY (district_code, kind, version),
  CONSTRAINT document_template_version_ck CHECK (version > 0)
);
SELECT platform.distribute('document_template');
COMMENT ON TABLE document_template IS 'The words of a kind of document as a bureau adjusted them, every version; version 0 is the shipped one and stands in domain/notices/templates.ts.';

CREATE TABLE document_scheme (
  district_code text NOT NULL,
  id uuid NOT NULL,
  kind text NOT NULL,
  unit_kind text NOT NULL,
  unit_id text NOT NULL,
  scheme text NOT NULL,
  set_by text NOT NULL,
  set_name text NOT NULL,
  known_at timestamptz NOT NULL,
  CONSTRAINT document_scheme_pk PRIMARY KEY (district_code, id)
);
SELECT platform.distribute('document_scheme');
CREATE INDEX document_scheme_unit_ix ON document_scheme (district_code, unit_kind, unit_id, kind, known_at);
COMMENT ON TABLE document_scheme IS 'The words before 〔2026〕3号 (机关代字) that a unit uses for a kind of document; the latest holds.';

CREATE TABLE document_counter (
  district_code text NOT NULL,
  unit_kind text NOT NULL,
  unit_id text NOT NULL,
  scheme text NOT NULL,
  year int NOT NULL,
  last int NOT NULL,
  CONSTRAINT document_counter_pk PRIMARY KEY (district_code, unit_kind, unit_id, scheme, year)
);
SELECT platform.distribute('document_counter');
COMMENT ON TABLE document_counter IS 'The last number given under a scheme of a unit in a year; allotted in the issuing transaction, so without gaps.';

CREATE TABLE document_job (
  district_code text NOT NULL,
  id uuid NOT NULL,
  kind text NOT NULL,
  unit_kind text NOT NULL,
  unit_id text NOT NULL,
  state text NOT NULL,
  total int NOT NULL,
  done int NOT NULL DEFAULT 0,
  skipped jsonb NOT NULL DEFAULT '[]',
  problem text,
  stored_name text,
  pages int,
  sealed bytea NOT NULL,
  started_by text NOT NULL,
  started_name text NOT NULL,
  created_at timestamptz NOT NULL,
  finished_at timestamptz,
  reach text[] NOT NULL,
  CONSTRAINT document_job_pk PRIMARY KEY (district_code, id),
  CONSTRAINT document_job_state_ck CHECK (state IN ('waiting', 'running', 'done', 'failed', 'cancelled'))
);
SELECT platform.distribute('document_job');
CREATE INDEX document_job_created_ix ON document_job (district_code, created_at);
COMMENT ON TABLE document_job IS 'A bulk issue: who is to get what (sealed), how far it is, and the PDF of all. skipped = children who got none, with the reason.';

CREATE TABLE issued_document (
  district_code text NOT NULL,
  id uuid NOT NULL,
  kind text NOT NULL,
  child_id uuid NOT NULL,
  child_name text NOT NULL,
  case_id uuid,
  unit_kind text NOT NULL,
  unit_id text NOT NULL,
  unit_name text NOT NULL,
  scheme text,
  year int NOT NULL,
  number int,
  number_words text,
  template_version int NOT NULL,
  deadline jsonb,
  needs_service boolean NOT NULL,
  sealed bytea NOT NULL,
  stored_name text NOT NULL,
  fingerprint bytea NOT NULL,
  bytes int NOT NULL,
  pages int NOT NULL,
  issued_by text NOT NULL,
  issued_name text NOT NULL,
  signer_name text NOT NULL,
  issued_day date NOT NULL,
  known_at timestamptz NOT NULL,
  job_id uuid,
  served_day date,
  due_date date,
  voided_at timestamptz,
  voided_by text,
  voided_name text,
  void_reason text,
  units text[] NOT NULL,
  reach text[] NOT NULL,
  CONSTRAINT issued_document_pk PRIMARY KEY (district_code, id),
  CONSTRAINT issued_document_number_uq UNIQUE (district_code, unit_kind, unit_id, scheme, year, number),
  CONSTRAINT issued_document_child_fk FOREIGN KEY (district_code, child_id) REFERENCES child (district_code, id),
  CONSTRAINT issued_document_job_fk FOREIGN KEY (district_code, job_id) REFERENCES document_job (district_code, id),
  CONSTRAINT issued_document_numbered_ck CHECK ((scheme IS NULL) = (number IS NULL)),
  CONSTRAINT issued_document_void_ck CHECK ((voided_at IS NULL) = (void_reason IS NULL))
);
SELECT platform.distribute('issued_document');
CREATE INDEX issued_document_day_ix ON issued_document (district_code, issued_day, id);
CREATE INDEX issued_document_child_ix ON issued_document (district_code, child_id);
CREATE INDEX issued_document_case_ix ON issued_document (district_code, case_id) WHERE case_id IS NOT NULL;
CREATE INDEX issued_document_job_ix ON issued_document (district_code, job_id) WHERE job_id IS NOT NULL;
COMMENT ON TABLE issued_document IS 'A document exactly as issued: its file in the store with SHA-256, and what was laid out (sealed). Of a row only service and voiding are added; units = tokens that stay in its reach when the child moves.';

CREATE TABLE service_receipt (
  district_code text NOT NULL,
  id uuid NOT NULL,
  document_id uuid NOT NULL,
  child_id uuid NOT NULL,
  mode text NOT NULL,
  outcome text NOT NULL,
  day date NOT NULL,
  served_day date,
  paper_ids uuid[] NOT NULL,
  sealed bytea NOT NULL,
  recorded_by text NOT NULL,
  recorded_name text NOT NULL,
  known_at timestamptz NOT NULL,
  reach text[] NOT NULL,
  CONSTRAINT service_receipt_pk PRIMARY KEY (district_code, id),
  CONSTRAINT service_receipt_document_fk FOREIGN KEY (district_code, document_id) REFERENCES issued_document (district_code, id),
  CONSTRAINT service_receipt_mode_ck CHECK (mode IN ('inPerson', 'left', 'post', 'electronic', 'public')),
  CONSTRAINT service_receipt_outcome_ck CHECK (outcome IN ('served', 'failed')),
  CONSTRAINT service_receipt_served_ck CHECK ((outcome = 'served') = (served_day IS NOT NULL))
);
SELECT platform.distribute('service_receipt');
CREATE INDEX service_receipt_document_ix ON service_receipt (district_code, document_id, known_at);
CREATE UNIQUE INDEX service_receipt_served_uq ON service_receipt (district_code, document_id) WHERE outcome = 'served';
COMMENT ON TABLE service_receipt IS 'How a document was served (送达回证), or an attempt that failed. The deadline runs from served_day. Recipient, witnesses and signature are sealed.';

ALTER TABLE document_template ENABLE ROW LEVEL SECURITY;
ALTER TABLE document_template FORCE ROW LEVEL SECURITY;
CREATE POLICY document_template_reach ON document_template USING (district_code = current_setting('app.district', true)) WITH CHECK (district_code = current_setting('app.district', true));
ALTER TABLE document_scheme ENABLE ROW LEVEL SECURITY;
ALTER TABLE document_scheme FORCE ROW LEVEL SECURITY;
CREATE POLICY document_scheme_reach ON document_scheme USING (district_code = current_setting('app.district', true)) WITH CHECK (district_code = current_setting('app.district', true));
ALTER TABLE document_counter ENABLE ROW LEVEL SECURITY;
ALTER TABLE document_counter FORCE ROW LEVEL SECURITY;
CREATE POLICY document_counter_reach ON document_counter USING (district_code = current_setting('app.district', true)) WITH CHECK (district_code = current_setting('app.district', true));
ALTER TABLE document_job ENABLE ROW LEVEL SECURITY;
ALTER TABLE document_job FORCE ROW LEVEL SECURITY;
CREATE POLICY document_job_reach ON document_job USING (district_code = current_setting('app.district', true) AND CASE WHEN NULLIF(current_setting('app.all', true), '') = '1' THEN true ELSE reach && NULLIF(current_setting('app.reach', true), '')::text[] END) WITH CHECK (district_code = current_setting('app.district', true));
ALTER TABLE issued_document ENABLE ROW LEVEL SECURITY;
ALTER TABLE issued_document FORCE ROW LEVEL SECURITY;
CREATE POLICY issued_document_reach ON issued_document USING (district_code = current_setting('app.district', true) AND CASE WHEN NULLIF(current_setting('app.all', true), '') = '1' THEN true ELSE reach && NULLIF(current_setting('app.reach', true), '')::text[] END) WITH CHECK (district_code = current_setting('app.district', true));
ALTER TABLE service_receipt ENABLE ROW LEVEL SECURITY;
ALTER TABLE service_receipt FORCE ROW LEVEL SECURITY;
CREATE POLICY service_receipt_reach ON service_receipt USING (district_code = current_setting('app.district', true) AND CASE WHEN NULLIF(current_setting('app.all', true), '') = '1' THEN true ELSE reach && NULLIF(current_setting('app.reach', true), '')::text[] END) WITH CHECK (district_code = current_setting('app.district', true));

GRANT SELECT, INSERT ON document_template, document_scheme, document_counter, document_job, issued_document, service_receipt TO baoxue_app, baoxue_loader;
GRANT UPDATE (last) ON document_counter TO baoxue_app, baoxue_loader;
GRANT UPDATE (state, done, skipped, problem, stored_name, pages, finished_at, sealed) ON document_job TO baoxue_app, baoxue_loader;
GRANT UPDATE (child_id, served_day, due_date, voided_at, voided_by, voided_name, void_reason, reach, sealed) ON issued_document TO baoxue_app, baoxue_loader;
GRANT UPDATE (child_id, reach, sealed) ON service_receipt TO baoxue_app, baoxue_loader;
