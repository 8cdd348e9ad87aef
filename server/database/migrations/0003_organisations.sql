-- Streets, communities, schools, classes, catchments.

CREATE TABLE place (
  district_code text NOT NULL,
  code text NOT NULL,
  kind text NOT NULL,
  parent_code text,
  name text COLLATE "zh-Hans-CN-x-icu" NOT NULL,
  contact text,
  from_date date NOT NULL,
  to_date date,
  CONSTRAINT place_pk PRIMARY KEY (district_code, code),
  CONSTRAINT place_kind_ck CHECK (kind IN ('subdistrict', 'community')),
  CONSTRAINT place_district_fk FOREIGN KEY (district_code) REFERENCES district (district_code)
);
SELECT platform.distribute('place');
CREATE INDEX place_parent_ix ON place (district_code, parent_code);
COMMENT ON TABLE place IS 'Streets (9 digits) and communities (12 digits) of the district, editable with validity dates (NBS 2023-06-30 edition).';

CREATE TABLE school (
  district_code text NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  code text NOT NULL,
  name text COLLATE "zh-Hans-CN-x-icu" NOT NULL,
  stage text NOT NULL,
  subdistrict_code text,
  contact text,
  from_date date NOT NULL,
  to_date date,
  row_print bytea,
  CONSTRAINT school_pk PRIMARY KEY (district_code, id),
  CONSTRAINT school_code_uq UNIQUE (district_code, code),
  CONSTRAINT school_district_fk FOREIGN KEY (district_code) REFERENCES district (district_code)
);
SELECT platform.distribute('school');

CREATE TABLE school_class (
  district_code text NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  school_id uuid NOT NULL,
  school_year int NOT NULL,
  grade int NOT NULL,
  class_no text NOT NULL,
  name text NOT NULL,
  CONSTRAINT school_class_pk PRIMARY KEY (district_code, id),
  CONSTRAINT school_class_uq UNIQUE (district_code, school_id, school_year, grade, class_no),
  CONSTRAINT school_class_school_fk FOREIGN KEY (district_code, school_id) REFERENCES school (district_code, id)
);
SELECT platform.distribute('school_class');

CREATE TABLE catchment (
  district_code text NOT NULL,
  school_id uuid NOT NULL,
  community_code text NOT NULL,
  from_date date NOT NULL,
  to_date date,
  CONSTRAINT catchment_pk PRIMARY KEY (district_code, school_id, community_code, from_date),
  CONSTRAINT catchment_school_fk FOREIGN KEY (district_code, school_id) REFERENCES school (district_code, id),
  CONSTRAINT catchment_place_fk FOREIGN KEY (district_code, community_code) REFERENCES place (district_code, code)
);
SELECT platform.distribute('catchment');
CREATE INDEX catchment_community_ix ON catchment (district_code, community_code);

ALTER TABLE place ENABLE ROW LEVEL SECURITY;
ALTER TABLE place FORCE ROW LEVEL SECURITY;
CREATE POLICY place_district ON place USING (district_code = current_setting('app.district', true)) WITH CHECK (district_code = current_setting('app.district', true));
ALTER TABLE school ENABLE ROW LEVEL SECURITY;
ALTER TABLE school FORCE ROW LEVEL SECURITY;
CREATE POLICY school_district ON school USING (district_code = current_setting('app.district', true)) WITH CHECK (district_code = current_setting('app.district', true));
ALTER TABLE school_class ENABLE ROW LEVEL SECURITY;
ALTER TABLE school_class FORCE ROW LEVEL SECURITY;
CREATE POLICY school_class_district ON school_class USING (district_code = current_setting('app.district', true)) WITH CHECK (district_code = current_setting('app.district', true));
ALTER TABLE catchment ENABLE ROW LEVEL SECURITY;
ALTER TABLE catchment FORCE ROW LEVEL SECURITY;
CREATE POLICY catchment_district ON catchment USING (district_code = current_setting('app.district', true)) WITH CHECK (district_code = current_setting('app.district', true));

GRANT SELECT, INSERT, UPDATE ON place, school, school_class, catchment TO baoxue_app, baoxue_loader;
