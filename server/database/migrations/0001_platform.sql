-- The ground every later migration stands on. Runs on plain PostgreSQL 18 and on Citus 14.

CREATE EXTENSION IF NOT EXISTS btree_gist;

CREATE SCHEMA platform;

GRANT USAGE ON SCHEMA platform TO baoxue_app, baoxue_loader;

-- The loader passes row-level security: bulk load, backup, restore. The application's role is granted table by table.
ALTER DEFAULT PRIVILEGES GRANT SELECT, INSERT ON TABLES TO baoxue_loader;
ALTER DEFAULT PRIVILEGES GRANT USAGE, SELECT, UPDATE ON SEQUENCES TO baoxue_loader;
ALTER DEFAULT PRIVILEGES GRANT USAGE ON SCHEMAS TO baoxue_app, baoxue_loader;

CREATE TABLE platform.migration (
  version integer NOT NULL,
  name text NOT NULL,
  checksum text NOT NULL,
  applied_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT migration_pk PRIMARY KEY (version)
);
COMMENT ON TABLE platform.migration IS 'The migrations this database has had, with the SHA-256 of each file.';

-- Which kind a table is, said right after its CREATE TABLE. On plain PostgreSQL all three do nothing.
CREATE FUNCTION platform.on_citus() RETURNS boolean LANGUAGE sql STABLE
  AS $$ SELECT EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'citus') $$;

CREATE FUNCTION platform.distribute(rel regclass, colocate_with text DEFAULT 'default') RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF platform.on_citus() THEN
    PERFORM set_config('citus.multi_shard_modify_mode', 'sequential', true);
    EXECUTE format('SELECT create_distributed_table(%L, ''district_code'', colocate_with => %L)', rel, colocate_with);
  END IF;
END $$;

CREATE FUNCTION platform.reference(rel regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF platform.on_citus() THEN
    PERFORM set_config('citus.multi_shard_modify_mode', 'sequential', true);
    EXECUTE format('SELECT create_reference_table(%L)', rel);
  END IF;
END $$;

CREATE FUNCTION platform.local(rel regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  NULL;
END $$;

REVOKE EXECUTE ON FUNCTION platform.distribute(regclass, text) FROM PUBLIC;
REVOKE EXECUTE ON FUNCTION platform.reference(regclass) FROM PUBLIC;
REVOKE EXECUTE ON FUNCTION platform.local(regclass) FROM PUBLIC;

-- Sets whose rows the transaction sees: once, as its own statement, right after BEGIN. SET LOCAL and not set_config(),
-- because only SET LOCAL reaches the workers of a cluster. reach is an array in PostgreSQL's text form: '{token,token}'.
CREATE FUNCTION platform.enter_scope(district text, actor text, all_access text, reach text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('SET LOCAL app.district = %L', coalesce(district, ''));
  EXECUTE format('SET LOCAL app.actor = %L', coalesce(actor, ''));
  EXECUTE format('SET LOCAL app."all" = %L', coalesce(all_access, ''));
  EXECUTE format('SET LOCAL app.reach = %L', coalesce(reach, ''));
END $$;
