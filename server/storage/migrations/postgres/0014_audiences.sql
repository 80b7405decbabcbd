-- What phones have to learn of: each record's newest change, once for each audience that may see it, so that a phone reads
-- what concerns it as one range of an index, however large the office.
DROP TABLE change;
CREATE TABLE change_audience (
    office   UUID NOT NULL,
    kind     TEXT COLLATE "C" NOT NULL,
    -- Empty for the directory.
    id       TEXT COLLATE "C" NOT NULL,
    -- Some of the office's people, as domain::audience writes it: a letter and what it is about.
    audience TEXT COLLATE "C" NOT NULL,
    -- The same in all of a record's rows, but for those that are gone.
    seq      BIGINT NOT NULL,
    -- When the record ceased to be live by itself: a hazard was closed, an inspection submitted. NULL: it is live.
    ended_at BIGINT,
    -- This audience saw it until this change, and does not any more.
    gone     BOOLEAN NOT NULL,
    PRIMARY KEY (office, kind, id, audience)
);
CREATE INDEX change_by_audience ON change_audience (office, audience, seq) INCLUDE (ended_at, gone, kind, id);

-- Where the changes stood on a day: what is older may be forgotten once no phone can come back for it.
CREATE TABLE change_mark (
    office UUID NOT NULL,
    day    TEXT COLLATE "C" NOT NULL,
    seq    BIGINT NOT NULL,
    PRIMARY KEY (office, day)
);
