-- The office and its places.
--
-- How all tables are written. Ids are blobs of 16 bytes, times integer milliseconds UTC, days text (YYYY-MM-DD), truths 0
-- or 1; words for kinds and states are those that `domain` writes. `body` is the record as JSON; the columns beside it are
-- what is filtered, sorted or guarded, written in the same statement as the body. PostgreSQL's tables have the same names,
-- columns and keys. Every table is STRICT: a column holds values of its own type alone, as it does there. A table whose rows
-- are found by their key is WITHOUT ROWID: they lie in its order, without a second index.

-- 街道办事处: an office of a sub-district. Nearly every row of the other tables belongs to one; an installation may have
-- several, and none sees what is another's.
CREATE TABLE office (
    id            BLOB NOT NULL PRIMARY KEY,
    name          TEXT NOT NULL,
    -- A demonstration says so on every screen.
    demo          INTEGER NOT NULL DEFAULT 0,
    -- 检查间隔: VisitIntervals as JSON. NULL: the defaults.
    intervals     TEXT,
    -- 单位设置: OfficeSettings as JSON. NULL: as every office has them.
    settings      TEXT,
    -- Whether those who see the whole office must sign in at the desk with a second factor.
    second_factor INTEGER NOT NULL DEFAULT 0,
    -- 变更纪元: which life of its changes this is. Drawn anew when a backup is restored, since the changes' numbers are then given
    -- once more: what a phone was told under another epoch does not count.
    epoch         INTEGER NOT NULL DEFAULT 0
) STRICT;

-- 村(社区).
CREATE TABLE community (
    id     BLOB NOT NULL PRIMARY KEY,
    office BLOB NOT NULL REFERENCES office (id),
    name   TEXT NOT NULL
) STRICT;
CREATE INDEX community_by_name ON community (office, name);

-- 网格: where one inspector walks.
CREATE TABLE grid (
    id        BLOB NOT NULL PRIMARY KEY,
    office    BLOB NOT NULL REFERENCES office (id),
    community BLOB NOT NULL REFERENCES community (id),
    name      TEXT NOT NULL
) STRICT;
CREATE INDEX grid_by_name ON grid (office, community, name);

-- 部门: a part of the office that answers for sites and hazards.
CREATE TABLE department (
    id      BLOB NOT NULL PRIMARY KEY,
    office  BLOB NOT NULL REFERENCES office (id),
    name    TEXT NOT NULL,
    -- The sectors that it supervises, as a JSON array of their words.
    sectors TEXT NOT NULL
) STRICT;
CREATE INDEX department_of_office ON department (office);

-- Communities, grids and departments that were merged into others or closed: nothing lives there any more. What ended there
-- still names them, so their names stay readable.
CREATE TABLE former_place (
    office  BLOB NOT NULL REFERENCES office (id),
    -- 'community', 'grid' or 'department'.
    kind    TEXT NOT NULL,
    -- The one that it had in its own table.
    id      BLOB NOT NULL,
    name    TEXT NOT NULL,
    -- Where everything went that lived there. NULL: nothing did.
    into_id BLOB,
    at      INTEGER NOT NULL,
    -- The name of whoever did it, as it was then.
    by_name TEXT NOT NULL,
    PRIMARY KEY (office, id)
) STRICT, WITHOUT ROWID;
