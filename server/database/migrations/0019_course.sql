-- The course of a pupil (学业轨迹): where each child stands in schooling on any day, as known at any moment. Figures are read from here.

CREATE TABLE course (
  district_code text NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  child_id uuid NOT NULL,
  state text NOT NULL,
  school_id uuid NOT NULL,
  class_id uuid,
  grade int NOT NULL,
  cause text NOT NULL,
  change_id uuid,
  case_id uuid,
  note text,
  during daterange NOT NULL,
  from_date date NOT NULL,
  to_date date,
  known tstzrange NOT NULL,
  reach text[] NOT NULL,
  CONSTRAINT course_pk PRIMARY KEY (district_code, id),
  CONSTRAINT course_child_fk FOREIGN KEY (district_code, child_id) REFERENCES child (district_code, id),
  CONSTRAINT course_school_fk FOREIGN KEY (district_code, school_id) REFERENCES school (district_code, id),
  CONSTRAINT course_once_ex EXCLUDE USING gist (child_id WITH =, district_code WITH =, during WITH &&, known WITH &&),
  CONSTRAINT course_state_ck CHECK (state IN ('inSchool', 'transferring', 'suspended', 'dropout', 'gone', 'out', 'dead', 'abroad', 'graduated', 'leaver')),
  CONSTRAINT course_days_ck CHECK (to_date IS NULL OR to_date > from_date)
);
SELECT platform.distribute('course');
CREATE INDEX course_child_ix ON course (district_code, child_id, from_date);
CREATE INDEX course_school_ix ON course (district_code, school_id, grade) WHERE upper_inf(known);
CREATE INDEX course_suspended_ix ON course (district_code, child_id, from_date) WHERE upper_inf(known) AND state = 'suspended';
CREATE INDEX course_day_ix ON course (district_code, from_date) WHERE upper_inf(known);
COMMENT ON TABLE course IS 'One spell of each child for any day as known at any moment. States outside school keep the school, class and grade that the child left. cause = why the spell began; each counts in one component (domain/statistics/components.ts). As of a day: from_date <= day AND (to_date IS NULL OR to_date > day); as known at a moment: known @> moment, now: upper_inf(known).';
COMMENT ON COLUMN course.note IS 'A word about the spell without anything personal.';

ALTER TABLE course ENABLE ROW LEVEL SECURITY;
ALTER TABLE course FORCE ROW LEVEL SECURITY;
CREATE POLICY course_reach ON course USING (district_code = current_setting('app.district', true) AND CASE WHEN NULLIF(current_setting('app.all', true), '') = '1' THEN true ELSE reach && NULLIF(current_setting('app.reach', true), '')::text[] END) WITH CHECK (district_code = current_setting('app.district', true));

GRANT SELECT, INSERT ON course TO baoxue_app, baoxue_loader;
GRANT UPDATE (known, child_id, reach) ON course TO baoxue_app, baoxue_loader;
GRANT MAINTAIN ON course TO baoxue_loader;

-- An installation that is upgraded: who is on a roll is listed from the day of the roll, who has an open confirmed case is a dropout since
-- its confirmation; known from now on. As the loader, since policies hold for the owner too.
SET LOCAL ROLE baoxue_loader;
INSERT INTO course (district_code, child_id, state, school_id, class_id, grade, cause, during, from_date, to_date, known, reach)
SELECT e.district_code, e.child_id, 'inSchool', e.school_id, e.class_id, e.grade, 'listed', daterange(e.from_date, coalesce(k.confirmed_on, e.to_date)), e.from_date, coalesce(k.confirmed_on, e.to_date), tstzrange(now(), NULL), e.reach
FROM enrolment e LEFT JOIN return_case k ON k.district_code = e.district_code AND k.child_id = e.child_id AND k.kind = 'dropout' AND k.state IN ('confirmed', 'persuading', 'closing') AND k.confirmed_on IS NOT NULL AND k.returned_on IS NULL
WHERE upper_inf(e.known) AND e.from_date <= (now() AT TIME ZONE 'Asia/Shanghai')::date AND (e.to_date IS NULL OR e.to_date > (now() AT TIME ZONE 'Asia/Shanghai')::date) AND (k.confirmed_on IS NULL OR k.confirmed_on > e.from_date);
INSERT INTO course (district_code, child_id, state, school_id, class_id, grade, cause, case_id, during, from_date, to_date, known, reach)
SELECT e.district_code, e.child_id, 'dropout', e.school_id, e.class_id, e.grade, 'dropout', k.id, daterange(greatest(k.confirmed_on, e.from_date), e.to_date), greatest(k.confirmed_on, e.from_date), e.to_date, tstzrange(now(), NULL), e.reach
FROM enrolment e JOIN return_case k ON k.district_code = e.district_code AND k.child_id = e.child_id AND k.kind = 'dropout' AND k.state IN ('confirmed', 'persuading', 'closing') AND k.confirmed_on IS NOT NULL AND k.returned_on IS NULL
WHERE upper_inf(e.known) AND e.from_date <= (now() AT TIME ZONE 'Asia/Shanghai')::date AND (e.to_date IS NULL OR e.to_date > (now() AT TIME ZONE 'Asia/Shanghai')::date);
RESET ROLE;
