-- The first school day of a term: every pupil present, or reason and whereabouts (开学首日到校核对).

CREATE TABLE first_day_entry (
  district_code text NOT NULL,
  id uuid NOT NULL,
  child_id uuid NOT NULL,
  school_id uuid NOT NULL,
  class_id uuid NOT NULL,
  day date NOT NULL,
  why text NOT NULL,
  whereabouts text NOT NULL,
  sealed_words bytea NOT NULL,
  entered_by text NOT NULL,
  entered_name text NOT NULL,
  entered_at timestamptz NOT NULL,
  known tstzrange NOT NULL,
  reach text[] NOT NULL,
  CONSTRAINT first_day_entry_pk PRIMARY KEY (district_code, id),
  CONSTRAINT first_day_entry_child_fk FOREIGN KEY (district_code, child_id) REFERENCES child (district_code, id),
  CONSTRAINT first_day_entry_class_fk FOREIGN KEY (district_code, class_id) REFERENCES school_class (district_code, id),
  CONSTRAINT first_day_entry_why_ck CHECK (why IN ('illness', 'personal', 'official', 'bereavement', 'onTheWay', 'transfer', 'suspension', 'leftSchool', 'notReached', 'other')),
  CONSTRAINT first_day_entry_whereabouts_ck CHECK (whereabouts IN ('home', 'district', 'city', 'province', 'otherProvince', 'abroad', 'working', 'institution', 'hospital', 'custody', 'unknown')),
  CONSTRAINT first_day_entry_once_ex EXCLUDE USING gist (child_id WITH =, district_code WITH =, day WITH =, known WITH &&)
);
SELECT platform.distribute('first_day_entry');
CREATE INDEX first_day_entry_child_ix ON first_day_entry (district_code, child_id, day);
CREATE INDEX first_day_entry_day_ix ON first_day_entry (district_code, day) WHERE upper_inf(known);
COMMENT ON TABLE first_day_entry IS 'Why a pupil was not at school on the first school day of a term and where he is; superseded, never overwritten. sealed_words = the free words of both. Who was present is told by the roll call of the day.';

CREATE TABLE first_day_class (
  district_code text NOT NULL,
  id uuid NOT NULL,
  school_id uuid NOT NULL,
  class_id uuid NOT NULL,
  day date NOT NULL,
  on_roll int NOT NULL,
  present int NOT NULL,
  accounted int NOT NULL,
  done_by text NOT NULL,
  done_name text NOT NULL,
  done_at timestamptz NOT NULL,
  known tstzrange NOT NULL,
  reach text[] NOT NULL,
  CONSTRAINT first_day_class_pk PRIMARY KEY (district_code, id),
  CONSTRAINT first_day_class_school_fk FOREIGN KEY (district_code, school_id) REFERENCES school (district_code, id),
  CONSTRAINT first_day_class_class_fk FOREIGN KEY (district_code, class_id) REFERENCES school_class (district_code, id)
);
SELECT platform.distribute('first_day_class');
CREATE UNIQUE INDEX first_day_class_once_uq ON first_day_class (district_code, class_id, day) WHERE upper_inf(known);
CREATE INDEX first_day_class_school_ix ON first_day_class (district_code, school_id, day);
COMMENT ON TABLE first_day_class IS 'A class whose list of the first day is complete: everybody present, or with reason and whereabouts. Ended when a correction opens it again.';

CREATE TABLE first_day_list (
  district_code text NOT NULL,
  id uuid NOT NULL,
  school_id uuid NOT NULL,
  day date NOT NULL,
  version int NOT NULL,
  counts jsonb NOT NULL,
  sealed bytea NOT NULL,
  signed_by text NOT NULL,
  signed_name text NOT NULL,
  signed_at timestamptz NOT NULL,
  known_at timestamptz NOT NULL,
  reach text[] NOT NULL,
  CONSTRAINT first_day_list_pk PRIMARY KEY (district_code, id),
  CONSTRAINT first_day_list_version_uq UNIQUE (district_code, school_id, day, version),
  CONSTRAINT first_day_list_school_fk FOREIGN KEY (district_code, school_id) REFERENCES school (district_code, id)
);
SELECT platform.distribute('first_day_list');
COMMENT ON TABLE first_day_list IS 'The list of a school as its principal signed it, frozen version by version. sealed = its classes with the names, reasons and whereabouts of who was missing, and the reason for what was not done.';

CREATE TABLE first_day_told (
  district_code text NOT NULL,
  school_id uuid NOT NULL,
  class_id uuid NOT NULL,
  day date NOT NULL,
  told_at timestamptz NOT NULL,
  CONSTRAINT first_day_told_pk PRIMARY KEY (district_code, class_id, day),
  CONSTRAINT first_day_told_school_fk FOREIGN KEY (district_code, school_id) REFERENCES school (district_code, id)
);
SELECT platform.distribute('first_day_told');
CREATE INDEX first_day_told_day_ix ON first_day_told (district_code, day);
COMMENT ON TABLE first_day_told IS 'The classes whose list of the first day was told of as owed, each once a term.';

ALTER TABLE first_day_entry ENABLE ROW LEVEL SECURITY;
ALTER TABLE first_day_entry FORCE ROW LEVEL SECURITY;
CREATE POLICY first_day_entry_reach ON first_day_entry USING (district_code = current_setting('app.district', true) AND CASE WHEN NULLIF(current_setting('app.all', true), '') = '1' THEN true ELSE reach && NULLIF(current_setting('app.reach', true), '')::text[] END) WITH CHECK (district_code = current_setting('app.district', true));
ALTER TABLE first_day_class ENABLE ROW LEVEL SECURITY;
ALTER TABLE first_day_class FORCE ROW LEVEL SECURITY;
CREATE POLICY first_day_class_reach ON first_day_class USING (district_code = current_setting('app.district', true) AND CASE WHEN NULLIF(current_setting('app.all', true), '') = '1' THEN true ELSE reach && NULLIF(current_setting('app.reach', true), '')::text[] END) WITH CHECK (district_code = current_setting('app.district', true));
ALTER TABLE first_day_list ENABLE ROW LEVEL SECURITY;
ALTER TABLE first_day_list FORCE ROW LEVEL SECURITY;
CREATE POLICY first_day_list_reach ON first_day_list USING (district_code = current_setting('app.district', true) AND CASE WHEN NULLIF(current_setting('app.all', true), '') = '1' THEN true ELSE reach && NULLIF(current_setting('app.reach', true), '')::text[] END) WITH CHECK (district_code = current_setting('app.district', true));
ALTER TABLE first_day_told ENABLE ROW LEVEL SECURITY;
ALTER TABLE first_day_told FORCE ROW LEVEL SECURITY;
CREATE POLICY first_day_told_district ON first_day_told USING (district_code = current_setting('app.district', true)) WITH CHECK (district_code = current_setting('app.district', true));

GRANT SELECT, INSERT ON first_day_entry, first_day_class, first_day_list, first_day_told TO baoxue_app, baoxue_loader;
GRANT UPDATE (child_id, known, reach) ON first_day_entry TO baoxue_app, baoxue_loader;
GRANT UPDATE (known) ON first_day_class TO baoxue_app, baoxue_loader;
