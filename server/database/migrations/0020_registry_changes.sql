-- Registry changes (学籍异动): what is asked, for whom it waits, each step as an event; attending places beside the roll; the log of home teaching; years promoted.

CREATE TABLE registry_change (
  district_code text NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  child_id uuid NOT NULL,
  name text NOT NULL,
  kind text NOT NULL,
  state text NOT NULL,
  school_id uuid,
  class_id uuid,
  grade int,
  to_school_id uuid,
  to_class_id uuid,
  to_grade int,
  from_day date NOT NULL,
  ends_on date,
  asked_on date NOT NULL,
  asked_at timestamptz NOT NULL,
  asked_by text NOT NULL,
  asked_name text NOT NULL,
  state_since date NOT NULL,
  due_date date,
  done_on date,
  first_id uuid,
  told_ending boolean NOT NULL,
  told_lapsed boolean NOT NULL,
  sealed bytea NOT NULL,
  changed_at timestamptz NOT NULL,
  units text[] NOT NULL,
  reach text[] NOT NULL,
  CONSTRAINT registry_change_pk PRIMARY KEY (district_code, id),
  CONSTRAINT registry_change_child_fk FOREIGN KEY (district_code, child_id) REFERENCES child (district_code, id),
  CONSTRAINT registry_change_school_fk FOREIGN KEY (district_code, school_id) REFERENCES school (district_code, id),
  CONSTRAINT registry_change_to_school_fk FOREIGN KEY (district_code, to_school_id) REFERENCES school (district_code, id),
  CONSTRAINT registry_change_kind_ck CHECK (kind IN ('entry', 'transferInside', 'transferInProvince', 'transferInOther', 'transferOutProvince', 'transferOutOther', 'suspension', 'renewal', 'resumption', 'deferral', 'attending', 'repeat', 'skip', 'classChange', 'death', 'emigration', 'specialised', 'inclusive', 'homeTeaching', 'placement')),
  CONSTRAINT registry_change_state_ck CHECK (state IN ('school', 'receiving', 'sending', 'bureau', 'elsewhere', 'arrival', 'late', 'done', 'refused', 'withdrawn', 'corrected'))
);
SELECT platform.distribute('registry_change');
CREATE UNIQUE INDEX registry_change_open_uq ON registry_change (district_code, child_id) WHERE state IN ('school', 'receiving', 'sending', 'bureau', 'elsewhere', 'arrival', 'late');
CREATE INDEX registry_change_child_ix ON registry_change (district_code, child_id);
CREATE INDEX registry_change_asked_ix ON registry_change (district_code, asked_at DESC, id);
CREATE INDEX registry_change_due_ix ON registry_change (district_code, due_date) WHERE state IN ('school', 'receiving', 'sending', 'bureau', 'elsewhere', 'arrival');
CREATE INDEX registry_change_ends_ix ON registry_change (district_code, ends_on) WHERE state = 'done' AND kind IN ('suspension', 'renewal');
COMMENT ON TABLE registry_change IS 'A registry change of a child: the school of the roll (sending), the receiving school, and for whom it waits. One open change for each child. sealed = reasons, the school elsewhere, the guardian''s words. units = both schools beside the reach of the child. first_id = the suspension that a renewal continues.';

CREATE TABLE registry_change_event (
  district_code text NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  change_id uuid NOT NULL,
  child_id uuid NOT NULL,
  number int NOT NULL,
  what text NOT NULL,
  state text NOT NULL,
  day date NOT NULL,
  at timestamptz NOT NULL,
  words text NOT NULL,
  sealed bytea,
  actor_id text NOT NULL,
  actor_name text NOT NULL,
  actor_role text NOT NULL,
  due_date date,
  reach text[] NOT NULL,
  CONSTRAINT registry_change_event_pk PRIMARY KEY (district_code, id),
  CONSTRAINT registry_change_event_change_fk FOREIGN KEY (district_code, change_id) REFERENCES registry_change (district_code, id),
  CONSTRAINT registry_change_event_child_fk FOREIGN KEY (district_code, child_id) REFERENCES child (district_code, id),
  CONSTRAINT registry_change_event_number_uq UNIQUE (district_code, change_id, number)
);
SELECT platform.distribute('registry_change_event');
COMMENT ON TABLE registry_change_event IS 'The steps of a registry change: who approved, refused, confirmed, when; words hold nothing personal, what was said is sealed.';

CREATE TABLE attending_place (
  district_code text NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  child_id uuid NOT NULL,
  kind text NOT NULL,
  school_id uuid,
  class_id uuid,
  quota int,
  change_id uuid NOT NULL,
  sealed bytea NOT NULL,
  during daterange NOT NULL,
  from_date date NOT NULL,
  to_date date,
  known tstzrange NOT NULL,
  reach text[] NOT NULL,
  CONSTRAINT attending_place_pk PRIMARY KEY (district_code, id),
  CONSTRAINT attending_place_child_fk FOREIGN KEY (district_code, child_id) REFERENCES child (district_code, id),
  CONSTRAINT attending_place_school_fk FOREIGN KEY (district_code, school_id) REFERENCES school (district_code, id),
  CONSTRAINT attending_place_change_fk FOREIGN KEY (district_code, change_id) REFERENCES registry_change (district_code, id),
  CONSTRAINT attending_place_one_ex EXCLUDE USING gist (child_id WITH =, district_code WITH =, during WITH &&, known WITH &&),
  CONSTRAINT attending_place_kind_ck CHECK (kind IN ('otherSchool', 'specialSchool', 'correctionSchool', 'hospital', 'home', 'regularClass')),
  CONSTRAINT attending_place_quota_ck CHECK (quota IS NULL OR quota BETWEEN 1 AND 40)
);
SELECT platform.distribute('attending_place');
CREATE INDEX attending_place_child_ix ON attending_place (district_code, child_id) WHERE upper_inf(known);
COMMENT ON TABLE attending_place IS 'Where a pupil attends besides the roll (就读地): one at a time, by a registry change with its proof. quota = lessons of home teaching a month. sealed = the place in words.';

CREATE TABLE home_lesson (
  district_code text NOT NULL,
  id uuid NOT NULL,
  child_id uuid NOT NULL,
  change_id uuid NOT NULL,
  day date NOT NULL,
  lessons int NOT NULL,
  sealed bytea NOT NULL,
  by_id text NOT NULL,
  by_name text NOT NULL,
  at timestamptz NOT NULL,
  reach text[] NOT NULL,
  CONSTRAINT home_lesson_pk PRIMARY KEY (district_code, id),
  CONSTRAINT home_lesson_child_fk FOREIGN KEY (district_code, child_id) REFERENCES child (district_code, id),
  CONSTRAINT home_lesson_change_fk FOREIGN KEY (district_code, change_id) REFERENCES registry_change (district_code, id),
  CONSTRAINT home_lesson_lessons_ck CHECK (lessons BETWEEN 1 AND 8)
);
SELECT platform.distribute('home_lesson');
CREATE INDEX home_lesson_day_ix ON home_lesson (district_code, change_id, day);
COMMENT ON TABLE home_lesson IS '送教上门: a day''s lessons; sealed = teachers, place, content, response, the guardian''s signature.';

CREATE TABLE year_promotion (
  district_code text NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  school_id uuid NOT NULL,
  school_year int NOT NULL,
  what text NOT NULL,
  day date NOT NULL,
  moved int NOT NULL,
  by_id text NOT NULL,
  by_name text NOT NULL,
  at timestamptz NOT NULL,
  reach text[] NOT NULL,
  CONSTRAINT year_promotion_pk PRIMARY KEY (district_code, id),
  CONSTRAINT year_promotion_school_fk FOREIGN KEY (district_code, school_id) REFERENCES school (district_code, id),
  CONSTRAINT year_promotion_once_uq UNIQUE (district_code, school_id, school_year, what),
  CONSTRAINT year_promotion_what_ck CHECK (what IN ('leaving', 'promotion'))
);
SELECT platform.distribute('year_promotion');
COMMENT ON TABLE year_promotion IS 'A year of a school closed (leaving: grade 6 and 9 of the year that ends) or opened (promotion into the year): each once for a school and year; its id is the change_id of the spells.';

ALTER TABLE registry_change ENABLE ROW LEVEL SECURITY;
ALTER TABLE registry_change FORCE ROW LEVEL SECURITY;
CREATE POLICY registry_change_reach ON registry_change USING (district_code = current_setting('app.district', true) AND CASE WHEN NULLIF(current_setting('app.all', true), '') = '1' THEN true ELSE reach && NULLIF(current_setting('app.reach', true), '')::text[] END) WITH CHECK (district_code = current_setting('app.district', true));
ALTER TABLE registry_change_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE registry_change_event FORCE ROW LEVEL SECURITY;
CREATE POLICY registry_change_event_reach ON registry_change_event USING (district_code = current_setting('app.district', true) AND CASE WHEN NULLIF(current_setting('app.all', true), '') = '1' THEN true ELSE reach && NULLIF(current_setting('app.reach', true), '')::text[] END) WITH CHECK (district_code = current_setting('app.district', true));
ALTER TABLE attending_place ENABLE ROW LEVEL SECURITY;
ALTER TABLE attending_place FORCE ROW LEVEL SECURITY;
CREATE POLICY attending_place_reach ON attending_place USING (district_code = current_setting('app.district', true) AND CASE WHEN NULLIF(current_setting('app.all', true), '') = '1' THEN true ELSE reach && NULLIF(current_setting('app.reach', true), '')::text[] END) WITH CHECK (district_code = current_setting('app.district', true));
ALTER TABLE home_lesson ENABLE ROW LEVEL SECURITY;
ALTER TABLE home_lesson FORCE ROW LEVEL SECURITY;
CREATE POLICY home_lesson_reach ON home_lesson USING (district_code = current_setting('app.district', true) AND CASE WHEN NULLIF(current_setting('app.all', true), '') = '1' THEN true ELSE reach && NULLIF(current_setting('app.reach', true), '')::text[] END) WITH CHECK (district_code = current_setting('app.district', true));
ALTER TABLE year_promotion ENABLE ROW LEVEL SECURITY;
ALTER TABLE year_promotion FORCE ROW LEVEL SECURITY;
CREATE POLICY year_promotion_reach ON year_promotion USING (district_code = current_setting('app.district', true) AND CASE WHEN NULLIF(current_setting('app.all', true), '') = '1' THEN true ELSE reach && NULLIF(current_setting('app.reach', true), '')::text[] END) WITH CHECK (district_code = current_setting('app.district', true));

GRANT SELECT, INSERT ON registry_change, registry_change_event, attending_place, home_lesson, year_promotion TO baoxue_app, baoxue_loader;
GRANT UPDATE (state, class_id, to_class_id, to_grade, from_day, ends_on, state_since, due_date, done_on, told_ending, told_lapsed, changed_at, units, child_id, reach) ON registry_change TO baoxue_app, baoxue_loader;
GRANT UPDATE (child_id, reach) ON registry_change_event, home_lesson TO baoxue_app, baoxue_loader;
GRANT UPDATE (known, child_id, reach) ON attending_place TO baoxue_app, baoxue_loader;
