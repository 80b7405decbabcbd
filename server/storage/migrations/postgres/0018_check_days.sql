-- 改期: a check that was missed gets another day than its plan has. The last day, such as 2026-11-24; NULL: the plan's, for those that
-- were sent before this was kept.
ALTER TABLE spot_check ADD COLUMN until TEXT COLLATE "C";
