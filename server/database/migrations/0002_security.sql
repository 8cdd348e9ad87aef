-- Who may come in, what they did: accounts, sessions, tokens, approvals, the audit trail.

CREATE TABLE district (
  district_code text NOT NULL,
  name text NOT NULL,
  city text NOT NULL,
  province text NOT NULL,
  created_at timestamptz NOT NULL,
  CONSTRAINT district_pk PRIMARY KEY (district_code)
);
SELECT platform.reference('district');
COMMENT ON TABLE district IS 'The districts that this installation serves (GB/T 2260).';
GRANT SELECT ON district TO baoxue_app, baoxue_loader;

CREATE TABLE staff (
  district_code text NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  name text NOT NULL,
  sealed_phone bytea,
  note text,
  created_at timestamptz NOT NULL,
  CONSTRAINT staff_pk PRIMARY KEY (district_code, id),
  CONSTRAINT staff_district_fk FOREIGN KEY (district_code) REFERENCES district (district_code)
);
SELECT platform.distribute('staff');

CREATE TABLE post (
  district_code text NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  staff_id uuid NOT NULL,
  role text NOT NULL,
  unit_kind text NOT NULL,
  unit_id text NOT NULL,
  from_date date NOT NULL,
  to_date date,
  approved_by text NOT NULL,
  approved_at timestamptz NOT NULL,
  CONSTRAINT post_pk PRIMARY KEY (district_code, id),
  CONSTRAINT post_staff_fk FOREIGN KEY (district_code, staff_id) REFERENCES staff (district_code, id),
  CONSTRAINT post_dates_ck CHECK (to_date IS NULL OR to_date >= from_date)
);
SELECT platform.distribute('post');
CREATE INDEX post_staff_ix ON post (district_code, staff_id);
CREATE INDEX post_unit_ix ON post (district_code, unit_kind, unit_id);
COMMENT ON TABLE post IS 'A person in a role at a unit for a time, with the approver of the standing approval (product, section 1).';

CREATE TABLE account (
  district_code text NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  staff_id uuid NOT NULL,
  login text NOT NULL,
  password_hash text NOT NULL,
  password_set_at timestamptz NOT NULL,
  must_change_password boolean NOT NULL DEFAULT false,
  old_hashes text[] NOT NULL DEFAULT '{}',
  sealed_totp bytea,
  totp_confirmed_at timestamptz,
  totp_last_step bigint,
  failed_count int NOT NULL DEFAULT 0,
  locked_until timestamptz,
  disabled_at timestamptz,
  created_at timestamptz NOT NULL,
  CONSTRAINT account_pk PRIMARY KEY (district_code, id),
  CONSTRAINT account_login_uq UNIQUE (district_code, login),
  CONSTRAINT account_staff_fk FOREIGN KEY (district_code, staff_id) REFERENCES staff (district_code, id)
);
SELECT platform.distribute('account');

CREATE TABLE login_name (
  login text NOT NULL,
  district_code text NOT NULL,
  account_id uuid NOT NULL,
  CONSTRAINT login_name_pk PRIMARY KEY (login)
);
SELECT platform.local('login_name');

CREATE TABLE session (
  token_hash bytea NOT NULL,
  district_code text NOT NULL,
  account_id uuid NOT NULL,
  created_at timestamptz NOT NULL,
  seen_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  second_factor boolean NOT NULL,
  device text NOT NULL,
  CONSTRAINT session_pk PRIMARY KEY (token_hash)
);
SELECT platform.local('session');
CREATE INDEX session_account_ix ON session (district_code, account_id);

CREATE TABLE api_token (
  token_hash bytea NOT NULL,
  id uuid NOT NULL,
  district_code text NOT NULL,
  name text NOT NULL,
  permissions text[] NOT NULL,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  revoked_at timestamptz,
  used_at timestamptz,
  CONSTRAINT api_token_pk PRIMARY KEY (token_hash)
);
SELECT platform.local('api_token');

CREATE TABLE audit_entry (
  district_code text NOT NULL,
  sequence bigint NOT NULL,
  known_at timestamptz NOT NULL,
  actor_id text NOT NULL,
  actor_name text NOT NULL,
  verb text NOT NULL,
  subject_kind text,
  subject_id text,
  reason text,
  outcome text NOT NULL,
  detail jsonb NOT NULL,
  previous_hash bytea NOT NULL,
  hash bytea NOT NULL,
  CONSTRAINT audit_entry_pk PRIMARY KEY (district_code, sequence),
  CONSTRAINT audit_entry_district_fk FOREIGN KEY (district_code) REFERENCES district (district_code)
);
SELECT platform.distribute('audit_entry');
CREATE INDEX audit_entry_subject_ix ON audit_entry (district_code, subject_id);
CREATE INDEX audit_entry_actor_ix ON audit_entry (district_code, actor_id, sequence);
COMMENT ON TABLE audit_entry IS 'Append-only, hash-chained per district; the hash is an HMAC with a key outside the database.';

CREATE TABLE remembered_answer (
  district_code text NOT NULL,
  actor_id text NOT NULL,
  endpoint text NOT NULL,
  request_id uuid NOT NULL,
  fingerprint bytea NOT NULL,
  sealed_answer bytea,
  at timestamptz NOT NULL,
  CONSTRAINT remembered_answer_pk PRIMARY KEY (district_code, actor_id, endpoint, request_id)
);
SELECT platform.distribute('remembered_answer');
CREATE INDEX remembered_answer_at_ix ON remembered_answer (district_code, at);

CREATE TABLE approval (
  district_code text NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  kind text NOT NULL,
  purpose text NOT NULL,
  scope jsonb NOT NULL,
  requested_by text NOT NULL,
  requested_name text NOT NULL,
  requested_at timestamptz NOT NULL,
  decided_by text,
  decided_name text,
  decided_at timestamptz,
  decision text,
  note text,
  expires_at timestamptz,
  used_at timestamptz,
  CONSTRAINT approval_pk PRIMARY KEY (district_code, id),
  CONSTRAINT approval_other_person_ck CHECK (decided_by IS NULL OR decided_by <> requested_by)
);
SELECT platform.distribute('approval');
COMMENT ON TABLE approval IS 'A second named person''s approval before identities open beyond a post (未成年人网络保护条例 36).';

CREATE TABLE setting (
  district_code text NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  key text NOT NULL,
  value jsonb NOT NULL,
  from_date date NOT NULL,
  set_by text NOT NULL,
  set_at timestamptz NOT NULL,
  reason text NOT NULL,
  CONSTRAINT setting_pk PRIMARY KEY (district_code, id)
);
SELECT platform.distribute('setting');
CREATE INDEX setting_key_ix ON setting (district_code, key, from_date, set_at);
COMMENT ON TABLE setting IS 'Thresholds, ages, targets, calendars: versions with the name and date of who set them; never updated.';

ALTER TABLE staff ENABLE ROW LEVEL SECURITY;
ALTER TABLE staff FORCE ROW LEVEL SECURITY;
CREATE POLICY staff_district ON staff USING (district_code = current_setting('app.district', true)) WITH CHECK (district_code = current_setting('app.district', true));
ALTER TABLE post ENABLE ROW LEVEL SECURITY;
ALTER TABLE post FORCE ROW LEVEL SECURITY;
CREATE POLICY post_district ON post USING (district_code = current_setting('app.district', true)) WITH CHECK (district_code = current_setting('app.district', true));
ALTER TABLE account ENABLE ROW LEVEL SECURITY;
ALTER TABLE account FORCE ROW LEVEL SECURITY;
CREATE POLICY account_district ON account USING (district_code = current_setting('app.district', true)) WITH CHECK (district_code = current_setting('app.district', true));
ALTER TABLE audit_entry ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_entry FORCE ROW LEVEL SECURITY;
CREATE POLICY audit_entry_district ON audit_entry USING (district_code = current_setting('app.district', true)) WITH CHECK (district_code = current_setting('app.district', true));
ALTER TABLE remembered_answer ENABLE ROW LEVEL SECURITY;
ALTER TABLE remembered_answer FORCE ROW LEVEL SECURITY;
CREATE POLICY remembered_answer_district ON remembered_answer USING (district_code = current_setting('app.district', true)) WITH CHECK (district_code = current_setting('app.district', true));
ALTER TABLE approval ENABLE ROW LEVEL SECURITY;
ALTER TABLE approval FORCE ROW LEVEL SECURITY;
CREATE POLICY approval_district ON approval USING (district_code = current_setting('app.district', true)) WITH CHECK (district_code = current_setting('app.district', true));
ALTER TABLE setting ENABLE ROW LEVEL SECURITY;
ALTER TABLE setting FORCE ROW LEVEL SECURITY;
CREATE POLICY setting_district ON setting USING (district_code = current_setting('app.district', true)) WITH CHECK (district_code = current_setting('app.district', true));

GRANT SELECT, INSERT, UPDATE ON staff, post, account, approval TO baoxue_app, baoxue_loader;
GRANT SELECT, INSERT, DELETE ON remembered_answer TO baoxue_app, baoxue_loader;
GRANT UPDATE (sealed_answer) ON remembered_answer TO baoxue_app, baoxue_loader;
GRANT SELECT, INSERT ON audit_entry, setting TO baoxue_app, baoxue_loader;
GRANT SELECT, INSERT, UPDATE, DELETE ON login_name, session TO baoxue_app, baoxue_loader;
GRANT SELECT, INSERT, UPDATE ON api_token TO baoxue_app, baoxue_loader;
