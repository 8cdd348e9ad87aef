-- When two persons are merged, what was recorded of the merged one follows to the kept one, and comes back when the merge is taken back.

GRANT UPDATE (child_id) ON absence, leave, attendance_correction, visit, visit_signature, visit_plan_item TO baoxue_app, baoxue_loader;
GRANT UPDATE (child_id, subject_id, live_key) ON duty TO baoxue_app, baoxue_loader;
