-- What a file handed in is called may name a child: the names are sealed. Names that earlier versions wrote are sealed at the start that follows (server/database/seal-names.ts).

ALTER TABLE import_file ADD COLUMN sealed_name bytea;
ALTER TABLE import_file ALTER COLUMN file_name DROP NOT NULL;
COMMENT ON COLUMN import_file.file_name IS 'As it was before sealed_name was there; emptied at the first start after, not written any more.';
ALTER TABLE change_sheet ADD COLUMN sealed_name bytea;
ALTER TABLE change_sheet ALTER COLUMN file_name DROP NOT NULL;
COMMENT ON COLUMN change_sheet.file_name IS 'As it was before sealed_name was there; emptied at the first start after, not written any more.';
ALTER TABLE registry_check ADD COLUMN sealed_name bytea;
ALTER TABLE registry_check ALTER COLUMN file_name DROP NOT NULL;
COMMENT ON COLUMN registry_check.file_name IS 'As it was before sealed_name was there; emptied at the first start after, not written any more.';
COMMENT ON COLUMN comparison_run.inputs IS 'The lists that the run read, each by the id of its import, with its fingerprint, rows and day.';
