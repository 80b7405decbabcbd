-- Queries that both databases understand say TRUE where these indexes said 1, and SQLite uses a partial index only for a
-- condition that it finds in the query word for word.
DROP INDEX hazard_open_by_due;
CREATE INDEX hazard_open_by_due ON hazard (office, due) WHERE open = TRUE;
