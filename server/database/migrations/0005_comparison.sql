-- Comparison runs, proposals, merges, findings (数据比对).

CREATE TABLE proposal (
  district_code text NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  left_child_id uuid NOT NULL,
  right_child_id uuid NOT NULL,
  kind text NOT NULL,
  score real NOT NULL,
  reasons jsonb NOT NULL,
  state text NOT NULL,
  proposed_at timestamptz NOT NULL,
  decided_by text,
  decided_name text,
  decided_at timestamptz,
  decision_reason text,
  known tstzrange NOT NULL,
  reach text[] NOT NULL,
  CONSTRAINT proposal_pk PRIMARY KEY (district_code, id),
  CONSTRAINT proposal_pair_uq UNIQUE (district_code, left_child_id, right_child_id),
  CONSTRAINT proposal_left_fk FOREIGN KEY (district_code, left_child_id) REFERENCES child (district_code, id),
  CONSTRAINT proposal_right_fk FOREIGN KEY (district_code, right_child_id) REFERENCES child (district_code, id),
  CONSTRAINT proposal_state_ck CHECK (state IN ('open', 'confirmed', 'rejected', 'withdrawn')),
  CONSTRAINT proposal_kind_ck CHECK (kind IN ('identityReview', 'other'))
);
SELECT platform.distribute('proposal');
CREATE INDEX proposal_state_ix ON proposal (district_code, state, kind);
CREATE INDEX proposal_right_ix ON proposal (district_code, right_child_id);
COMMENT ON TABLE proposal IS 'Two records that may be one child, with the reasons and weights; only a person decides. left = known to the register, right = known to a roster.';

CREATE TABLE merge (
  district_code text NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  kept_child_id uuid NOT NULL,
  merged_child_id uuid NOT NULL,
  proposal_id uuid,
  moved jsonb NOT NULL,
  reason text NOT NULL,
  by_id text NOT NULL,
  by_name text NOT NULL,
  known_at timestamptz NOT NULL,
  undone_at timestamptz,
  undone_by text,
  undone_name text,
  undone_reason text,
  reach text[] NOT NULL,
  CONSTRAINT merge_pk PRIMARY KEY (district_code, id),
  CONSTRAINT merge_kept_fk FOREIGN KEY (district_code, kept_child_id) REFERENCES child (district_code, id),
  CONSTRAINT merge_merged_fk FOREIGN KEY (district_code, merged_child_id) REFERENCES child (district_code, id)
);
SELECT platform.distribute('merge');
CREATE INDEX merge_kept_ix ON merge (district_code, kept_child_id);

CREATE TABLE comparison_run (
  district_code text NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  as_of date NOT NULL,
  known_at timestamptz NOT NULL,
  formula text NOT NULL,
  inputs jsonb NOT NULL,
  result jsonb NOT NULL,
  sealed_lists bytea NOT NULL,
  started_by text NOT NULL,
  started_name text NOT NULL,
  signed_by text,
  signed_name text,
  signed_at timestamptz,
  sign_note text,
  CONSTRAINT comparison_run_pk PRIMARY KEY (district_code, id)
);
SELECT platform.distribute('comparison_run');
CREATE INDEX comparison_run_known_ix ON comparison_run (district_code, known_at);
COMMENT ON TABLE comparison_run IS 'One comparison: its day, its inputs with fingerprints, its counts and lists (sealed), and the sign-off. Frozen once signed.';

CREATE TABLE finding (
  district_code text NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  kind text NOT NULL,
  child_id uuid NOT NULL,
  first_run_id uuid NOT NULL,
  last_run_id uuid NOT NULL,
  state text NOT NULL,
  owner_kind text NOT NULL,
  owner_unit text NOT NULL,
  school_id uuid,
  subdistrict_code text,
  community_code text,
  due_date date NOT NULL,
  detail jsonb NOT NULL,
  category text,
  evidence text,
  sealed_papers bytea,
  explained_by text,
  explained_name text,
  explained_at timestamptz,
  checked_by text,
  checked_name text,
  checked_at timestamptz,
  opened_at timestamptz NOT NULL,
  closed_at timestamptz,
  reach text[] NOT NULL,
  CONSTRAINT finding_pk PRIMARY KEY (district_code, id),
  CONSTRAINT finding_child_fk FOREIGN KEY (district_code, child_id) REFERENCES child (district_code, id),
  CONSTRAINT finding_state_ck CHECK (state IN ('open', 'verifying', 'explained', 'accepted', 'settled')),
  CONSTRAINT finding_other_person_ck CHECK (checked_by IS NULL OR checked_by <> explained_by)
);
SELECT platform.distribute('finding');
CREATE UNIQUE INDEX finding_live_uq ON finding (district_code, kind, child_id) WHERE closed_at IS NULL;
CREATE INDEX finding_state_ix ON finding (district_code, state, due_date);
CREATE INDEX finding_child_ix ON finding (district_code, child_id);
CREATE INDEX finding_owner_ix ON finding (district_code, owner_kind, owner_unit) WHERE closed_at IS NULL;
COMMENT ON TABLE finding IS 'A child not accounted for, or a contradiction between lists: state, owner, due date, explanation with evidence, check by a second person.';

CREATE TABLE finding_event (
  district_code text NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  finding_id uuid NOT NULL,
  known_at timestamptz NOT NULL,
  actor_id text NOT NULL,
  actor_name text NOT NULL,
  what text NOT NULL,
  words text NOT NULL,
  reach text[] NOT NULL,
  CONSTRAINT finding_event_pk PRIMARY KEY (district_code, id),
  CONSTRAINT finding_event_finding_fk FOREIGN KEY (district_code, finding_id) REFERENCES finding (district_code, id)
);
SELECT platform.distribute('finding_event');
CREATE INDEX finding_event_finding_ix ON finding_event (district_code, finding_id, known_at);

ALTER TABLE proposal ENABLE ROW LEVEL SECURITY;
ALTER TABLE proposal FORCE ROW LEVEL SECURITY;
CREATE POLICY proposal_reach ON proposal USING (district_code = current_setting('app.district', true) AND (NULLIF(current_setting('app.all', true), '') = '1' OR reach && NULLIF(current_setting('app.reach', true), '')::text[])) WITH CHECK (district_code = current_setting('app.district', true));
ALTER TABLE merge ENABLE ROW LEVEL SECURITY;
ALTER TABLE merge FORCE ROW LEVEL SECURITY;
CREATE POLICY merge_reach ON merge USING (district_code = current_setting('app.district', true) AND (NULLIF(current_setting('app.all', true), '') = '1' OR reach && NULLIF(current_setting('app.reach', true), '')::text[])) WITH CHECK (district_code = current_setting('app.district', true));
ALTER TABLE comparison_run ENABLE ROW LEVEL SECURITY;
ALTER TABLE comparison_run FORCE ROW LEVEL SECURITY;
CREATE POLICY comparison_run_reach ON comparison_run USING (district_code = current_setting('app.district', true)) WITH CHECK (district_code = current_setting('app.district', true));
ALTER TABLE finding ENABLE ROW LEVEL SECURITY;
ALTER TABLE finding FORCE ROW LEVEL SECURITY;
CREATE POLICY finding_reach ON finding USING (district_code = current_setting('app.district', true) AND (NULLIF(current_setting('app.all', true), '') = '1' OR reach && NULLIF(current_setting('app.reach', true), '')::text[])) WITH CHECK (district_code = current_setting('app.district', true));
ALTER TABLE finding_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE finding_event FORCE ROW LEVEL SECURITY;
CREATE POLICY finding_event_reach ON finding_event USING (district_code = current_setting('app.district', true) AND (NULLIF(current_setting('app.all', true), '') = '1' OR reach && NULLIF(current_setting('app.reach', true), '')::text[])) WITH CHECK (district_code = current_setting('app.district', true));

GRANT SELECT, INSERT, UPDATE ON proposal, merge, finding TO baoxue_app, baoxue_loader;
GRANT SELECT, INSERT ON comparison_run, finding_event TO baoxue_app, baoxue_loader;
GRANT UPDATE (signed_by, signed_name, signed_at, sign_note) ON comparison_run TO baoxue_app, baoxue_loader;
GRANT UPDATE (reach) ON finding_event TO baoxue_app, baoxue_loader;
