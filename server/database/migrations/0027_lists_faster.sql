-- Staged rows are read anew from the kept file after any stop, so they need no write-ahead log: a crash of the database empties them.
-- A table that is spread over a cluster keeps its log.
DO $$
BEGIN
  IF NOT platform.on_citus() THEN
    ALTER TABLE import_row SET UNLOGGED;
  END IF;
END $$;

-- Most spells are open; only those that ended are looked up by their last day.
DROP INDEX course_end_ix;
CREATE INDEX course_end_ix ON course (district_code, to_date) WHERE upper_inf(known) AND to_date IS NOT NULL;

-- Proves for all rows of a table that are known from one moment on that each of its foreign keys points to a row, as the keys' own triggers do row by row.
CREATE FUNCTION platform.check_references(rel regclass, district text, since timestamptz) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  key record;
  missing bigint;
BEGIN
  FOR key IN
    SELECT c.conname, c.confrelid::regclass AS parent,
      string_agg(format('p.%I = e.%I', there.attname, here.attname), ' AND ' ORDER BY u.place) AS same,
      string_agg(format('e.%I IS NOT NULL', here.attname), ' AND ' ORDER BY u.place) AS filled
    FROM pg_constraint c
    CROSS JOIN LATERAL unnest(c.conkey, c.confkey) WITH ORDINALITY AS u(here, there, place)
    JOIN pg_attribute here ON here.attrelid = c.conrelid AND here.attnum = u.here
    JOIN pg_attribute there ON there.attrelid = c.confrelid AND there.attnum = u.there
    WHERE c.conrelid = rel AND c.contype = 'f'
    GROUP BY c.conname, c.confrelid
  LOOP
    EXECUTE format('SELECT count(*) FROM %s e WHERE e.district_code = $1 AND lower(e.known) = $2 AND %s AND NOT EXISTS (SELECT 1 FROM %s p WHERE %s)', rel, key.filled, key.parent, key.same)
      INTO missing USING district, since;
    IF missing > 0 THEN
      RAISE foreign_key_violation USING MESSAGE = format('%s rows of %s point to no row of %s', missing, rel, key.parent), CONSTRAINT = key.conname;
    END IF;
  END LOOP;
END $$;
REVOKE EXECUTE ON FUNCTION platform.check_references(regclass, text, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION platform.check_references(regclass, text, timestamptz) TO baoxue_loader;
