-- What a desk counts and what the job of each minute looks for is found by an index of what is open alone.
CREATE INDEX course_leaver_ix ON course (district_code, from_date) WHERE upper_inf(known) AND to_date IS NULL AND state = 'leaver';
CREATE INDEX registry_change_arrival_ix ON registry_change (district_code, asked_at) WHERE state IN ('arrival', 'late');
CREATE INDEX period_report_signed_ix ON period_report (district_code, from_date) WHERE state = 'signed';
CREATE INDEX risk_sign_unacted_ix ON risk_sign (district_code, child_id) WHERE state = 'open' AND strength >= 2 AND acted_at IS NULL;
CREATE INDEX duty_joint_ix ON duty (district_code, due_at) WHERE state = 'open' AND rule = 'noShow';
