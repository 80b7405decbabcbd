-- The desk's figures and counts are read from these alone: at two hundred thousand hazards the rows themselves are too wide
-- to be walked for a number.
DROP INDEX hazard_open_by_due;
CREATE INDEX hazard_open ON hazard (office, open, due, found_at, id, stage, stage_since, level, sector, extension_asked,
    site, grid, department) WHERE open = TRUE;
DROP INDEX hazard_by_found;
CREATE INDEX hazard_by_found ON hazard (office, found_at, id, open, due, stage, level, sector, checklist, item,
    site, grid, department);
DROP INDEX hazard_by_closed;
CREATE INDEX hazard_by_closed ON hazard (office, closed_at, stage, sector, site, grid, department)
    WHERE closed_at IS NOT NULL;
DROP INDEX inspection_by_time;
CREATE INDEX inspection_by_time ON inspection (office, submitted_at DESC, id);
