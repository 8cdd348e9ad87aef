-- What a comparison counted, cell by cell; since when the history of a finding is kept, and what stood before a change of it.
CREATE TABLE comparison_cells (
  district_code text NOT NULL,
  run_id uuid NOT NULL,
  cut text NOT NULL,
  homes jsonb NOT NULL,
  schools jsonb NOT NULL,
  CONSTRAINT comparison_cells_pk PRIMARY KEY (district_code, run_id, cut),
  CONSTRAINT comparison_cells_run_fk FOREIGN KEY (district_code, run_id) REFERENCES comparison_run (district_code, id)
);
SELECT platform.distribute('comparison_cells');
COMMENT ON TABLE comparison_cells IS 'What a comparison counted: cut = empty for all children, else a key group; homes = street|level|household state|counted as, schools = school|level|counted as, each with its number of children. Written with the run, never changed. Runs from before this table have none.';
ALTER TABLE comparison_cells ENABLE ROW LEVEL SECURITY;
ALTER TABLE comparison_cells FORCE ROW LEVEL SECURITY;
CREATE POLICY comparison_cells_reach ON comparison_cells USING (district_code = current_setting('app.district', true)) WITH CHECK (district_code = current_setting('app.district', true));
GRANT SELECT, INSERT ON comparison_cells TO baoxue_app, baoxue_loader;

-- Findings that stand already get the moment of this migration; of later ones everything is kept from their beginning (null).
ALTER TABLE finding ADD COLUMN kept_since timestamptz DEFAULT now();
ALTER TABLE finding ALTER COLUMN kept_since DROP DEFAULT;
ALTER TABLE finding_event ADD COLUMN stood_before jsonb;
