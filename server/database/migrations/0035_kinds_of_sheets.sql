-- Besides registry changes, roll calls and the placements of leavers are handed in by sheet.
ALTER TABLE change_sheet ADD COLUMN kind text NOT NULL DEFAULT 'changes';
ALTER TABLE change_sheet ADD CONSTRAINT change_sheet_kind_ck CHECK (kind IN ('changes', 'placements', 'rollCalls'));
COMMENT ON COLUMN change_sheet.kind IS 'What its rows ask for: registry changes, placements of leavers into junior schools, or marks of a roll call.';
COMMENT ON TABLE change_sheet IS 'A sheet handed in by those who do the work of its kind; the school that handed it in and the bureau see it.';
ALTER TABLE change_sheet_row DROP CONSTRAINT change_sheet_row_state_ck;
ALTER TABLE change_sheet_row ADD CONSTRAINT change_sheet_row_state_ck CHECK (state IN ('ready', 'held', 'asked', 'dropped', 'same'));
COMMENT ON TABLE change_sheet_row IS 'A row of a sheet: ready to be carried out, held with its reason, carried out (asked; change_id where a change was made), dropped, or the same as what stands; sealed = its cells.';
CREATE INDEX change_sheet_kind_ix ON change_sheet (district_code, kind, at DESC, id);
