-- What is inspected, with what, and what was found.

CREATE TABLE site (
    id          UUID NOT NULL PRIMARY KEY,
    office      UUID NOT NULL REFERENCES office (id),
    community   UUID NOT NULL REFERENCES community (id),
    grid        UUID NOT NULL REFERENCES grid (id),
    department  UUID REFERENCES department (id),
    code        TEXT COLLATE "C" NOT NULL,
    name        TEXT COLLATE "C" NOT NULL,
    pinyin      TEXT COLLATE "C" NOT NULL,
    address     TEXT COLLATE "C" NOT NULL,
    sector      TEXT COLLATE "C" NOT NULL,
    risk        TEXT COLLATE "C" NOT NULL,
    has_contact BOOLEAN NOT NULL,
    has_leader  BOOLEAN NOT NULL,
    retired     BOOLEAN NOT NULL,
    -- Moved by inspections only; the body's is the one of the last edit.
    last_visit  BIGINT,
    body        TEXT NOT NULL,
    UNIQUE (office, code)
);
CREATE INDEX site_by_grid ON site (office, grid);

CREATE TABLE checklist (
    office  UUID NOT NULL REFERENCES office (id),
    id      TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    sector  TEXT COLLATE "C" NOT NULL,
    body    TEXT NOT NULL,
    PRIMARY KEY (office, id, version)
);

-- The hazard as its log folds up to now, without the log itself: lists and pulls read it as it is, and a later version's
-- rules never judge old entries anew.
CREATE TABLE hazard (
    id              UUID NOT NULL PRIMARY KEY,
    office          UUID NOT NULL REFERENCES office (id),
    number          TEXT COLLATE "C",
    site            UUID NOT NULL REFERENCES site (id),
    grid            UUID NOT NULL,
    department      UUID,
    sector          TEXT COLLATE "C" NOT NULL,
    level           TEXT COLLATE "C" NOT NULL,
    stage           TEXT COLLATE "C" NOT NULL,
    open            BOOLEAN NOT NULL,
    extension_asked BOOLEAN NOT NULL,
    -- When it came to the present stage.
    stage_since     BIGINT NOT NULL,
    due             TEXT COLLATE "C",
    found_at        BIGINT NOT NULL,
    found_by        UUID NOT NULL,
    found_by_name   TEXT NOT NULL,
    closed_at       BIGINT,
    what            TEXT NOT NULL,
    inspection      UUID,
    checklist       TEXT COLLATE "C",
    item            TEXT,
    body            TEXT NOT NULL,
    UNIQUE (office, number)
);
CREATE INDEX hazard_open_by_due ON hazard (office, due) WHERE open = TRUE;
CREATE INDEX hazard_by_site ON hazard (site, found_at);
CREATE INDEX hazard_by_found ON hazard (office, found_at);
CREATE INDEX hazard_by_closed ON hazard (office, closed_at) WHERE closed_at IS NOT NULL;

-- The log: appended to, never changed.
CREATE TABLE hazard_event (
    hazard      UUID NOT NULL REFERENCES hazard (id),
    position    BIGINT NOT NULL,
    event       UUID NOT NULL,
    deed        TEXT COLLATE "C" NOT NULL,
    person      UUID NOT NULL,
    at          BIGINT NOT NULL,
    received_at BIGINT NOT NULL,
    counted     BOOLEAN NOT NULL,
    body        TEXT NOT NULL,
    PRIMARY KEY (hazard, position),
    UNIQUE (hazard, event)
);

CREATE TABLE inspection (
    id             UUID NOT NULL PRIMARY KEY,
    office         UUID NOT NULL REFERENCES office (id),
    number         TEXT COLLATE "C" NOT NULL,
    site           UUID NOT NULL REFERENCES site (id),
    kind           TEXT COLLATE "C" NOT NULL,
    checklist      TEXT COLLATE "C" NOT NULL,
    version        BIGINT NOT NULL,
    inspector      UUID NOT NULL,
    inspector_name TEXT NOT NULL,
    submitted_at   BIGINT NOT NULL,
    received_at    BIGINT NOT NULL,
    -- InspectionSummary as JSON, so that lists need not read the answers.
    summary        TEXT NOT NULL,
    body           TEXT NOT NULL,
    UNIQUE (office, number),
    FOREIGN KEY (office, checklist, version) REFERENCES checklist (office, id, version)
);
CREATE INDEX inspection_by_time ON inspection (office, submitted_at);
CREATE INDEX inspection_by_site ON inspection (site, submitted_at);

CREATE TABLE photo (
    office      UUID NOT NULL REFERENCES office (id),
    hash        TEXT COLLATE "C" NOT NULL,
    received_at BIGINT,
    body        TEXT NOT NULL,
    PRIMARY KEY (office, hash)
);
CREATE INDEX photo_missing ON photo (office) WHERE received_at IS NULL;

-- Sites whose records name the photo; a record may come before the photo's facts.
CREATE TABLE photo_site (
    office UUID NOT NULL,
    hash   TEXT COLLATE "C" NOT NULL,
    site   UUID NOT NULL REFERENCES site (id),
    PRIMARY KEY (office, hash, site)
);

-- What was received stays as it was received.
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '%', TG_ARGV[0]; END $$;
CREATE TRIGGER hazard_event_stays BEFORE UPDATE OR DELETE ON hazard_event
    FOR EACH ROW EXECUTE FUNCTION refuse('a hazard''s log is appended to only');
CREATE TRIGGER inspection_is_sealed BEFORE UPDATE ON inspection
    FOR EACH ROW EXECUTE FUNCTION refuse('an inspection is sealed');
