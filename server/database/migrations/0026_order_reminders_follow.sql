-- The order of what is kept in a case is certain within one instant; a person's own hours and robot for messages; duties follow a pupil to another school.

ALTER TABLE case_decision ADD COLUMN number int;
ALTER TABLE case_decision ADD CONSTRAINT case_decision_number_uq UNIQUE (district_code, case_id, number);
COMMENT ON COLUMN case_decision.number IS 'Place within its case, from 1 on; null: kept before places were given, and earlier than all that have one.';
ALTER TABLE case_plan ADD COLUMN number int;
ALTER TABLE case_plan ADD CONSTRAINT case_plan_number_uq UNIQUE (district_code, case_id, number);
ALTER TABLE case_finding ADD COLUMN number int;
ALTER TABLE case_finding ADD CONSTRAINT case_finding_number_uq UNIQUE (district_code, case_id, number);
ALTER TABLE dropout_report ADD COLUMN number int;
ALTER TABLE dropout_report ADD CONSTRAINT dropout_report_number_uq UNIQUE (district_code, case_id, number);
ALTER TABLE case_emergency ADD COLUMN number int;
ALTER TABLE case_emergency ADD CONSTRAINT case_emergency_number_uq UNIQUE (district_code, case_id, number);
ALTER TABLE case_referral ADD COLUMN place int;
ALTER TABLE case_referral ADD CONSTRAINT case_referral_place_uq UNIQUE (district_code, case_id, place);

CREATE TABLE message_preference (
  district_code text NOT NULL,
  staff_id uuid NOT NULL,
  quiet_from int,
  quiet_to int,
  channels text[] NOT NULL DEFAULT '{email,webhook}',
  robot_kind text,
  sealed_robot bytea,
  set_at timestamptz NOT NULL,
  CONSTRAINT message_preference_pk PRIMARY KEY (district_code, staff_id),
  CONSTRAINT message_preference_staff_fk FOREIGN KEY (district_code, staff_id) REFERENCES staff (district_code, id),
  CONSTRAINT message_preference_hours_ck CHECK ((quiet_from IS NULL) = (quiet_to IS NULL) AND quiet_from BETWEEN 0 AND 23 AND quiet_to BETWEEN 0 AND 23),
  CONSTRAINT message_preference_channels_ck CHECK (channels <@ ARRAY['email', 'webhook']),
  CONSTRAINT message_preference_robot_ck CHECK ((robot_kind IS NULL) = (sealed_robot IS NULL) AND (robot_kind IS NULL OR robot_kind IN ('wecom', 'dingtalk')))
);
SELECT platform.distribute('message_preference');
COMMENT ON TABLE message_preference IS 'How a person wants to be told: hours of his own beside those of the bureau, the ways for what is not urgent, and his own robot (address and secret sealed). Urgent messages go out by every way, at any hour.';
ALTER TABLE message_preference ENABLE ROW LEVEL SECURITY;
ALTER TABLE message_preference FORCE ROW LEVEL SECURITY;
CREATE POLICY message_preference_district ON message_preference USING (district_code = current_setting('app.district', true)) WITH CHECK (district_code = current_setting('app.district', true));
GRANT SELECT, INSERT ON message_preference TO baoxue_app, baoxue_loader;
GRANT UPDATE (quiet_from, quiet_to, channels, robot_kind, sealed_robot, set_at) ON message_preference TO baoxue_app, baoxue_loader;
ALTER TABLE message_delivery DROP CONSTRAINT message_delivery_channel_ck;
ALTER TABLE message_delivery ADD CONSTRAINT message_delivery_channel_ck CHECK (channel IN ('email', 'webhook', 'ownWebhook'));

GRANT UPDATE (school_id, class_id, owner_role, owner_unit_kind, owner_unit, ladder) ON duty TO baoxue_app, baoxue_loader;
