-- Long work: the application asks for a job in the same transaction as its write; the queue itself belongs to the owner.

GRANT USAGE ON SCHEMA platform TO baoxue_closed;

CREATE FUNCTION platform.enqueue(task text, payload json, key text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM graphile_worker.add_job(task, payload, job_key => key, max_attempts => 5);
END $$;
REVOKE EXECUTE ON FUNCTION platform.enqueue(text, json, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION platform.enqueue(text, json, text) TO baoxue_app, baoxue_loader;
COMMENT ON FUNCTION platform.enqueue(text, json, text) IS 'Adds a job of graphile-worker in the caller''s transaction; one job per key.';
