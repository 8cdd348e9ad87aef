-- A row of a sheet is seen by the units to which it belongs, and no longer by every unit of who handed it in.
GRANT UPDATE (reach) ON change_sheet TO baoxue_app, baoxue_loader;
GRANT UPDATE (reach) ON change_sheet_row TO baoxue_app, baoxue_loader;
COMMENT ON COLUMN change_sheet_row.reach IS 'The units of its giver to which the row belongs; of a giver with several, a row of which that is not known is his own (person); empty: the bureau alone.';
COMMENT ON COLUMN change_sheet.reach IS 'Everybody who sees one of its rows.';
COMMENT ON TABLE change_sheet IS 'A sheet handed in by those who do the work of its kind; seen by whoever sees one of its rows, and by the bureau.';

-- Sheets of earlier versions: those of the bureau named who gave them and were seen by nobody for it; of those of several units the cells are
-- sealed, so that each row is its giver's. As the loader, since policies hold for the owner too.
SET LOCAL ROLE baoxue_loader;
UPDATE change_sheet_row SET reach = '{}' WHERE reach[1] LIKE 'person:%';
UPDATE change_sheet SET reach = '{}' WHERE reach[1] LIKE 'person:%';
UPDATE change_sheet_row AS r SET reach = ARRAY['person:' || s.by_id] FROM change_sheet s WHERE s.district_code = r.district_code AND s.id = r.sheet_id AND cardinality(r.reach) > 1;
UPDATE change_sheet SET reach = ARRAY['person:' || by_id] WHERE cardinality(reach) > 1;
RESET ROLE;
