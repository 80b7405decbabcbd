-- What devices sent, and what they have to learn of.

-- 操作: every one that was received, as it came. Its id is the key of idempotence, the rest the office's proof.
CREATE TABLE operation (
    id          BLOB NOT NULL PRIMARY KEY,
    office      BLOB NOT NULL REFERENCES office (id),
    person      BLOB NOT NULL,
    device      BLOB NOT NULL,
    -- Of which version the payload is.
    schema      INTEGER NOT NULL,
    -- By the device's clock.
    at          INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    -- SHA-256 of what was sent, hexadecimal: the receipt names it, and the same id with another content is refused.
    hash        TEXT NOT NULL,
    -- Outcome as JSON, as it was first answered: whoever sends it again is told the same.
    outcome     TEXT NOT NULL,
    -- As it came, fields included that this version does not know.
    raw         TEXT NOT NULL,
    -- Who brought it in as a file. NULL: its maker sent it.
    brought_by  BLOB
) STRICT;

-- 搁置: work that arrived and that its sender may not do any more, kept for the administrator, whose word decides.
CREATE TABLE quarantine (
    operation   BLOB NOT NULL PRIMARY KEY REFERENCES operation (id),
    office      BLOB NOT NULL REFERENCES office (id),
    -- The sender's name as it was then.
    person_name TEXT NOT NULL,
    -- Why: Reason as JSON.
    reason      TEXT NOT NULL,
    -- Of the receipt that the phone has.
    number      TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    -- When and by whom it was decided, and whether the work was taken: all three, or none while it waits.
    decided_at  INTEGER,
    decided_by  TEXT,
    taken       INTEGER
) STRICT;
CREATE INDEX quarantine_of_office ON quarantine (office, received_at);

-- 变更: what phones have to learn of. Each record's newest change, once, with the place, or the person, that says who sees the
-- record: a phone reads what concerns it as one range of an index, however large the office.
CREATE TABLE change (
    office     BLOB NOT NULL,
    -- The change's number.
    seq        INTEGER NOT NULL,
    -- RecordKind.
    kind       TEXT NOT NULL,
    -- The record's: the sixteen bytes of an id, a form's name and version, nothing for the directory.
    id         BLOB NOT NULL,
    -- 知会范围: who sees it, besides those who see the whole office. NULL, all of them: it lies nowhere, and everybody sees it,
    -- unless it is one person's own.
    grid       BLOB,
    site       BLOB,
    department BLOB,
    sector     TEXT,
    -- The one person who sees it, whatever others see: it lies nowhere, and those who see the whole office do not see it.
    person     BLOB,
    -- When the record ceased to be live by itself: a hazard was closed, a visit submitted. NULL: it is live.
    ended_at   INTEGER,
    PRIMARY KEY (office, seq)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX change_of_record ON change (office, kind, id);
CREATE INDEX change_of_everybody ON change (office, seq) WHERE grid IS NULL AND person IS NULL;
CREATE INDEX change_of_grid ON change (grid, office, seq) WHERE grid IS NOT NULL;
CREATE INDEX change_of_site ON change (site, office, seq) WHERE site IS NOT NULL;
CREATE INDEX change_of_department ON change (department, office, seq) WHERE department IS NOT NULL;
CREATE INDEX change_of_sector ON change (sector, office, seq) WHERE sector IS NOT NULL;
CREATE INDEX change_of_person ON change (person, office, seq) WHERE person IS NOT NULL;

-- Who saw a record until this change, and does not any more. The record's own row goes on, if anybody sees it.
CREATE TABLE change_gone (
    office     BLOB NOT NULL,
    -- As `domain::audience` writes it: a letter and what it is about.
    audience   TEXT NOT NULL,
    seq        INTEGER NOT NULL,
    kind       TEXT NOT NULL,
    id         BLOB NOT NULL,
    PRIMARY KEY (office, audience, seq)
) STRICT, WITHOUT ROWID;
-- In the order in which they may be forgotten.
CREATE INDEX change_gone_by_seq ON change_gone (office, seq);

-- Where the changes stood on a day: what is older may be forgotten once no phone can come back for it.
CREATE TABLE change_mark (
    office BLOB NOT NULL,
    day    TEXT NOT NULL,
    seq    INTEGER NOT NULL,
    PRIMARY KEY (office, day)
) STRICT, WITHOUT ROWID;

-- 当日限额: what a person has sent on a day of the office. Here and not in memory, because several servers count together.
-- In no backup: it matters for a day.
CREATE TABLE quota (
    person      BLOB NOT NULL REFERENCES person (id),
    day         TEXT NOT NULL,
    operations  INTEGER NOT NULL,
    -- Of the operations.
    bytes       INTEGER NOT NULL,
    -- Told of, and what their bytes will come to.
    photos      INTEGER NOT NULL,
    photo_bytes INTEGER NOT NULL,
    -- Of photos.
    pieces      INTEGER NOT NULL,
    -- Operations that wait for the administrator.
    quarantine  INTEGER NOT NULL,
    PRIMARY KEY (person, day)
) STRICT, WITHOUT ROWID;
CREATE INDEX quota_by_day ON quota (day);
