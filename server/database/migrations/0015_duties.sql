-- What is owed by whom until when; messages and how they go out.

CREATE TABLE duty (
  district_code text NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  rule text NOT NULL,
  rule_version text NOT NULL,
  subject_kind text NOT NULL,
  subject_id text NOT NULL,
  occasion text NOT NULL,
  live_key text NOT NULL,
  child_id uuid,
  case_id uuid,
  school_id uuid,
  class_id uuid,
  owner_role text NOT NULL,
  owner_unit_kind text NOT NULL,
  owner_unit text NOT NULL,
  owner_staff uuid,
  ladder text[] NOT NULL,
  level int NOT NULL,
  top_role text NOT NULL,
  urgent boolean NOT NULL,
  why text NOT NULL,
  started_by text NOT NULL,
  started_at timestamptz NOT NULL,
  due_at timestamptz NOT NULL,
  climbs_at timestamptz,
  climbed_at timestamptz[] NOT NULL DEFAULT '{}',
  state text NOT NULL DEFAULT 'open',
  settled_at timestamptz,
  settled_by text,
  settled_name text,
  settled_event text,
  settled_reason text,
  reach text[] NOT NULL,
  CONSTRAINT duty_pk PRIMARY KEY (district_code, id),
  CONSTRAINT duty_once_uq UNIQUE (district_code, rule, subject_id, occasion),
  CONSTRAINT duty_child_fk FOREIGN KEY (district_code, child_id) REFERENCES child (district_code, id),
  CONSTRAINT duty_state_ck CHECK (state IN ('open', 'settled', 'waived')),
  CONSTRAINT duty_settled_ck CHECK ((state = 'open') = (settled_at IS NULL)),
  CONSTRAINT duty_level_ck CHECK (level >= 0 AND level < cardinality(ladder))
) WITH (fillfactor = 50);
SELECT platform.distribute('duty');
CREATE UNIQUE INDEX duty_live_uq ON duty (district_code, rule, live_key) WHERE state = 'open';
CREATE INDEX duty_owner_ix ON duty (district_code, owner_unit, owner_role, due_at) WHERE state = 'open';
CREATE INDEX duty_staff_ix ON duty (district_code, owner_staff) WHERE state = 'open' AND owner_staff IS NOT NULL;
CREATE INDEX duty_school_ix ON duty (district_code, school_id, due_at) WHERE state = 'open';
-- What climbs is past due, so that no index holds level or climbs_at: a climb is then written in place (HOT; hence the fill factor),
-- which is what lets 200,000 climb in seconds.
CREATE INDEX duty_open_ix ON duty (district_code, due_at) WHERE state = 'open';
CREATE INDEX duty_urgent_ix ON duty (district_code, due_at) WHERE state = 'open' AND urgent;
CREATE INDEX duty_child_ix ON duty (district_code, child_id) WHERE child_id IS NOT NULL;
CREATE INDEX duty_due_ix ON duty (district_code, due_at);
COMMENT ON TABLE duty IS 'One thing owed: rule and version, start event, owner, due moment, level it has climbed to, settling event. occasion tells two starts of one rule and subject apart; live_key lets only one be open where the rule says so.';

CREATE TABLE duty_event (
  district_code text NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  duty_id uuid NOT NULL,
  known_at timestamptz NOT NULL,
  actor_id text NOT NULL,
  actor_name text NOT NULL,
  what text NOT NULL,
  words text NOT NULL,
  reach text[] NOT NULL,
  CONSTRAINT duty_event_pk PRIMARY KEY (district_code, id),
  CONSTRAINT duty_event_duty_fk FOREIGN KEY (district_code, duty_id) REFERENCES duty (district_code, id),
  CONSTRAINT duty_event_what_ck CHECK (what IN ('waived', 'handedOver'))
);
SELECT platform.distribute('duty_event');
CREATE INDEX duty_event_duty_ix ON duty_event (district_code, duty_id, known_at);

CREATE TABLE message (
  district_code text NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  once_key text NOT NULL,
  to_role text,
  to_unit text,
  to_staff uuid,
  subject text NOT NULL,
  body text NOT NULL,
  path text NOT NULL,
  urgent boolean NOT NULL,
  made_at timestamptz NOT NULL,
  CONSTRAINT message_pk PRIMARY KEY (district_code, id),
  CONSTRAINT message_once_uq UNIQUE (district_code, once_key),
  CONSTRAINT message_to_ck CHECK ((to_staff IS NULL) = (to_role IS NOT NULL AND to_unit IS NOT NULL))
);
SELECT platform.distribute('message');
CREATE INDEX message_post_ix ON message (district_code, to_unit, to_role, made_at);
CREATE INDEX message_staff_ix ON message (district_code, to_staff, made_at) WHERE to_staff IS NOT NULL;
COMMENT ON TABLE message IS 'A message to a person or to whoever holds a post; it names no child in full and opens at its path.';

CREATE TABLE message_read (
  district_code text NOT NULL,
  message_id uuid NOT NULL,
  staff_id uuid NOT NULL,
  read_at timestamptz NOT NULL,
  CONSTRAINT message_read_pk PRIMARY KEY (district_code, message_id, staff_id),
  CONSTRAINT message_read_message_fk FOREIGN KEY (district_code, message_id) REFERENCES message (district_code, id)
);
SELECT platform.distribute('message_read');

CREATE TABLE message_address (
  district_code text NOT NULL,
  staff_id uuid NOT NULL,
  sealed_email bytea NOT NULL,
  set_at timestamptz NOT NULL,
  CONSTRAINT message_address_pk PRIMARY KEY (district_code, staff_id),
  CONSTRAINT message_address_staff_fk FOREIGN KEY (district_code, staff_id) REFERENCES staff (district_code, id)
);
SELECT platform.distribute('message_address');

CREATE TABLE message_channel (
  district_code text NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  kind text NOT NULL,
  label text NOT NULL,
  unit_kind text NOT NULL,
  unit_id text NOT NULL,
  sealed bytea NOT NULL,
  set_by text NOT NULL,
  set_at timestamptz NOT NULL,
  ended_at timestamptz,
  CONSTRAINT message_channel_pk PRIMARY KEY (district_code, id),
  CONSTRAINT message_channel_kind_ck CHECK (kind IN ('wecom', 'dingtalk')),
  CONSTRAINT message_channel_unit_ck CHECK (unit_kind IN ('district', 'school'))
);
SELECT platform.distribute('message_channel');
COMMENT ON TABLE message_channel IS 'A group robot (企业微信、钉钉) of the bureau or a school; its address and secret are sealed.';

CREATE TABLE message_delivery (
  district_code text NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  message_id uuid NOT NULL,
  channel text NOT NULL,
  target uuid NOT NULL,
  urgent boolean NOT NULL,
  state text NOT NULL,
  tries int NOT NULL,
  next_at timestamptz NOT NULL,
  sent_at timestamptz,
  fault text,
  CONSTRAINT message_delivery_pk PRIMARY KEY (district_code, id),
  CONSTRAINT message_delivery_once_uq UNIQUE (district_code, message_id, channel, target),
  CONSTRAINT message_delivery_message_fk FOREIGN KEY (district_code, message_id) REFERENCES message (district_code, id),
  CONSTRAINT message_delivery_channel_ck CHECK (channel IN ('email', 'webhook')),
  CONSTRAINT message_delivery_state_ck CHECK (state IN ('waiting', 'sent', 'failed'))
);
SELECT platform.distribute('message_delivery');
CREATE INDEX message_delivery_waiting_ix ON message_delivery (district_code, next_at) WHERE state = 'waiting';

CREATE TABLE calendar_link (
  token_hash bytea NOT NULL,
  district_code text NOT NULL,
  account_id uuid NOT NULL,
  created_at timestamptz NOT NULL,
  ended_at timestamptz,
  used_at timestamptz,
  CONSTRAINT calendar_link_pk PRIMARY KEY (token_hash)
);
SELECT platform.local('calendar_link');
CREATE INDEX calendar_link_account_ix ON calendar_link (district_code, account_id);

ALTER TABLE duty ENABLE ROW LEVEL SECURITY;
ALTER TABLE duty FORCE ROW LEVEL SECURITY;
CREATE POLICY duty_reach ON duty USING (district_code = current_setting('app.district', true) AND CASE WHEN NULLIF(current_setting('app.all', true), '') = '1' THEN true ELSE reach && NULLIF(current_setting('app.reach', true), '')::text[] END) WITH CHECK (district_code = current_setting('app.district', true));
ALTER TABLE duty_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE duty_event FORCE ROW LEVEL SECURITY;
CREATE POLICY duty_event_reach ON duty_event USING (district_code = current_setting('app.district', true) AND CASE WHEN NULLIF(current_setting('app.all', true), '') = '1' THEN true ELSE reach && NULLIF(current_setting('app.reach', true), '')::text[] END) WITH CHECK (district_code = current_setting('app.district', true));
ALTER TABLE message ENABLE ROW LEVEL SECURITY;
ALTER TABLE message FORCE ROW LEVEL SECURITY;
CREATE POLICY message_district ON message USING (district_code = current_setting('app.district', true)) WITH CHECK (district_code = current_setting('app.district', true));
ALTER TABLE message_read ENABLE ROW LEVEL SECURITY;
ALTER TABLE message_read FORCE ROW LEVEL SECURITY;
CREATE POLICY message_read_district ON message_read USING (district_code = current_setting('app.district', true)) WITH CHECK (district_code = current_setting('app.district', true));
ALTER TABLE message_address ENABLE ROW LEVEL SECURITY;
ALTER TABLE message_address FORCE ROW LEVEL SECURITY;
CREATE POLICY message_address_district ON message_address USING (district_code = current_setting('app.district', true)) WITH CHECK (district_code = current_setting('app.district', true));
ALTER TABLE message_channel ENABLE ROW LEVEL SECURITY;
ALTER TABLE message_channel FORCE ROW LEVEL SECURITY;
CREATE POLICY message_channel_district ON message_channel USING (district_code = current_setting('app.district', true)) WITH CHECK (district_code = current_setting('app.district', true));
ALTER TABLE message_delivery ENABLE ROW LEVEL SECURITY;
ALTER TABLE message_delivery FORCE ROW LEVEL SECURITY;
CREATE POLICY message_delivery_district ON message_delivery USING (district_code = current_setting('app.district', true)) WITH CHECK (district_code = current_setting('app.district', true));

GRANT SELECT, INSERT ON duty, duty_event, message, message_read, message_channel, message_delivery TO baoxue_app, baoxue_loader;
GRANT UPDATE (case_id, owner_staff, level, top_role, climbs_at, climbed_at, state, settled_at, settled_by, settled_name, settled_event, settled_reason, reach) ON duty TO baoxue_app, baoxue_loader;
GRANT UPDATE (reach) ON duty_event TO baoxue_app, baoxue_loader;
GRANT UPDATE (ended_at) ON message_channel TO baoxue_app, baoxue_loader;
GRANT UPDATE (state, tries, next_at, sent_at, fault) ON message_delivery TO baoxue_app, baoxue_loader;
GRANT SELECT, INSERT, DELETE ON message_address TO baoxue_app, baoxue_loader;
GRANT UPDATE (sealed_email, set_at) ON message_address TO baoxue_app, baoxue_loader;
GRANT SELECT, INSERT ON calendar_link TO baoxue_app, baoxue_loader;
GRANT UPDATE (ended_at, used_at) ON calendar_link TO baoxue_app, baoxue_loader;
