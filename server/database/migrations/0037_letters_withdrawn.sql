-- A letter whose document was made void is no longer waited for: the day, and whose act it was; the letter and its number stay.
ALTER TABLE case_referral ADD COLUMN withdrawn_on date;
ALTER TABLE case_referral ADD COLUMN withdrawn_at timestamptz;
ALTER TABLE case_referral ADD COLUMN withdrawn_name text;
COMMENT ON COLUMN case_referral.withdrawn_on IS 'The day on which the document of the letter was made void: from then on no answer is waited for; null while the letter stands.';
COMMENT ON COLUMN case_referral.withdrawn_at IS 'The moment at which that was entered.';
COMMENT ON COLUMN case_referral.withdrawn_name IS 'Who made it void.';
DROP INDEX case_referral_open_ix;
CREATE INDEX case_referral_open_ix ON case_referral (district_code, due_at) WHERE replied_on IS NULL AND withdrawn_on IS NULL;
GRANT UPDATE (withdrawn_on, withdrawn_at, withdrawn_name) ON case_referral TO baoxue_app, baoxue_loader;
