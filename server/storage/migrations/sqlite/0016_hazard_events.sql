-- A hazard is folded from its events. By which version of the fold it was made; an older one is folded anew by
-- `xunan rebuild`, and until then whenever it is read.
ALTER TABLE hazard ADD COLUMN projection_version INTEGER NOT NULL DEFAULT 0;
ALTER TABLE hazard RENAME COLUMN stage TO status;
-- When it came to the present status.
ALTER TABLE hazard RENAME COLUMN stage_since TO status_since;

CREATE TABLE hazard_event_now (
    hazard      BLOB NOT NULL REFERENCES hazard (id),
    position    INTEGER NOT NULL,
    event       BLOB NOT NULL,
    kind        TEXT NOT NULL,
    -- NULL: whoever may log in to the machine.
    person      BLOB,
    at          INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    counted     INTEGER NOT NULL,
    body        TEXT NOT NULL,
    PRIMARY KEY (hazard, position),
    UNIQUE (hazard, event)
) STRICT, WITHOUT ROWID;
INSERT INTO hazard_event_now (hazard, position, event, kind, person, at, received_at, counted, body)
SELECT hazard, position, event, deed, person, at, received_at, counted, body FROM hazard_event;
DROP TABLE hazard_event;
ALTER TABLE hazard_event_now RENAME TO hazard_event;
CREATE TRIGGER hazard_event_stays BEFORE UPDATE ON hazard_event
BEGIN SELECT RAISE(ABORT, 'a hazard''s log is appended to only'); END;
CREATE TRIGGER hazard_event_remains BEFORE DELETE ON hazard_event
BEGIN SELECT RAISE(ABORT, 'a hazard''s log is appended to only'); END;
