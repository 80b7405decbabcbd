-- Work that arrived and that its sender may not do any more: kept for the administrator, whose word decides.
CREATE TABLE set_aside (
    operation   UUID NOT NULL PRIMARY KEY REFERENCES operation (id),
    office      UUID NOT NULL REFERENCES office (id),
    person_name TEXT NOT NULL,
    -- Reason as JSON.
    reason      TEXT NOT NULL,
    number      TEXT COLLATE "C" NOT NULL,
    received_at BIGINT NOT NULL,
    -- All three, or none while it waits.
    decided_at  BIGINT,
    decided_by  TEXT,
    taken       BOOLEAN
);
CREATE INDEX set_aside_of_office ON set_aside (office, received_at);
