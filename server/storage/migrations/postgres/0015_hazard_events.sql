-- A hazard is folded from its events. By which version of the fold it was made; an older one is folded anew by
-- `xunan rebuild`, and until then whenever it is read.
ALTER TABLE hazard ADD COLUMN projection_version BIGINT NOT NULL DEFAULT 0;
ALTER TABLE hazard RENAME COLUMN stage TO status;
-- When it came to the present status.
ALTER TABLE hazard RENAME COLUMN stage_since TO status_since;
ALTER TABLE hazard_event RENAME COLUMN deed TO kind;
-- NULL: whoever may log in to the machine.
ALTER TABLE hazard_event ALTER COLUMN person DROP NOT NULL;
