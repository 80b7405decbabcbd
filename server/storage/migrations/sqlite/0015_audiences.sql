-- What phones have to learn of: each record's newest change, once for each audience that may see it, so that a phone reads
-- what concerns it as one range of an index, however large the office.
DROP TABLE change;
CREATE TABLE change_audience (
    office   BLOB NOT NULL,
    kind     TEXT NOT NULL,
    -- Empty for the directory.
    id       TEXT NOT NULL,
    -- Some of the office's people, as domain::audience writes it: a letter and what it is about.
    audience TEXT NOT NULL,
    -- The same in all of a record's rows, but for those that are gone.
    seq      INTEGER NOT NULL,
    -- When the record ceased to be live by itself: a hazard was closed, an inspection submitted. NULL: it is live.
    ended_at INTEGER,
    -- This audience saw it until this change, and does not any more.
    gone     INTEGER NOT NULL,
    PRIMARY KEY (office, kind, id, audience)
) STRICT, WITHOUT ROWID;
CREATE INDEX change_by_audience ON change_audience (office, audience, seq, ended_at, gone);

-- Where the changes stood on a day: what is older may be forgotten once no phone can come back for it.
CREATE TABLE change_mark (
    office BLOB NOT NULL,
    day    TEXT NOT NULL,
    seq    INTEGER NOT NULL,
    PRIMARY KEY (office, day)
) STRICT, WITHOUT ROWID;
