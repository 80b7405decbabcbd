-- What devices sent, and what they have to learn of.

-- 操作: every one that was received, as it came. Its id is the key of idempotence, the rest the office's proof.
CREATE TABLE operation (
    id          UUID NOT NULL PRIMARY KEY,
    office      UUID NOT NULL REFERENCES office (id),
    person      UUID NOT NULL,
    device      UUID NOT NULL,
    -- Of which version the payload is.
    schema      INTEGER NOT NULL,
    -- By the device's clock.
    at          BIGINT NOT NULL,
    received_at BIGINT NOT NULL,
    -- SHA-256 of what was sent, hexadecimal: the receipt names it, and the same id with another content is refused.
    hash        TEXT COLLATE "C" NOT NULL,
    -- Outcome as JSON, as it was first answered: whoever sends it again is told the same.
    outcome     TEXT NOT NULL,
    -- As it came, fields included that this version does not know.
    raw         TEXT NOT NULL,
    -- Who brought it in as a file. NULL: its maker sent it.
    brought_by  UUID
);

-- 搁置: work that arrived and that its sender may not do any more, kept for the administrator, whose word decides.
CREATE TABLE quarantine (
    operation   UUID NOT NULL PRIMARY KEY REFERENCES operation (id),
    office      UUID NOT NULL REFERENCES office (id),
    -- The sender's name as it was then.
    person_name TEXT NOT NULL,
    -- Why: Reason as JSON.
    reason      TEXT NOT NULL,
    -- Of the receipt that the phone has.
    number      TEXT COLLATE "C" NOT NULL,
    received_at BIGINT NOT NULL,
    -- When and by whom it was decided, and whether the work was taken: all three, or none while it waits.
    decided_at  BIGINT,
    decided_by  TEXT,
    taken       BOOLEAN
);
CREATE INDEX quarantine_of_office ON quarantine (office, received_at);

-- 变更: what phones have to learn of. Each record's newest change, once, with the place, or the person, that says who sees the
-- record: a phone reads what concerns it as one range of an index, however large the office.
CREATE TABLE change (
    office     UUID NOT NULL,
    -- The change's number.
    seq        BIGINT NOT NULL,
    -- RecordKind.
    kind       TEXT COLLATE "C" NOT NULL,
    -- The record's: the sixteen bytes of an id, a form's name and version, nothing for the directory.
    id         BYTEA NOT NULL,
    -- 知会范围: who sees it, besides those who see the whole office. NULL, all of them: it lies nowhere, and everybody sees it,
    -- unless it is one person's own.
    grid       UUID,
    site       UUID,
    department UUID,
    sector     TEXT COLLATE "C",
    -- The one person who sees it, whatever others see: it lies nowhere, and those who see the whole office do not see it.
    person     UUID,
    -- When the record ceased to be live by itself: a hazard was closed, a visit submitted. NULL: it is live.
    ended_at   BIGINT,
    PRIMARY KEY (office, seq)
);
CREATE UNIQUE INDEX change_of_record ON change (office, kind, id);
CREATE INDEX change_of_everybody ON change (office, seq) WHERE grid IS NULL AND person IS NULL;
CREATE INDEX change_of_grid ON change (grid, office, seq) WHERE grid IS NOT NULL;
CREATE INDEX change_of_site ON change (site, office, seq) WHERE site IS NOT NULL;
CREATE INDEX change_of_department ON change (department, office, seq) WHERE department IS NOT NULL;
CREATE INDEX change_of_sector ON change (sector, office, seq) WHERE sector IS NOT NULL;
CREATE INDEX change_of_person ON change (person, office, seq) WHERE person IS NOT NULL;

-- Who saw a record until this change, and does not any more. The record's own row goes on, if anybody sees it.
CREATE TABLE change_gone (
    office     UUID NOT NULL,
    -- As `domain::audience` writes it: a letter and what it is about.
    audience   TEXT COLLATE "C" NOT NULL,
    seq        BIGINT NOT NULL,
    kind       TEXT COLLATE "C" NOT NULL,
    id         BYTEA NOT NULL,
    PRIMARY KEY (office, audience, seq)
);
-- In the order in which they may be forgotten.
CREATE INDEX change_gone_by_seq ON change_gone (office, seq);

-- Where the changes stood on a day: what is older may be forgotten once no phone can come back for it.
CREATE TABLE change_mark (
    office UUID NOT NULL,
    day    TEXT COLLATE "C" NOT NULL,
    seq    BIGINT NOT NULL,
    PRIMARY KEY (office, day)
);

-- 当日限额: what a person has sent on a day of the office. Here and not in memory, because several servers count together.
-- In no backup: it matters for a day.
CREATE TABLE quota (
    person      UUID NOT NULL REFERENCES person (id),
    day         TEXT COLLATE "C" NOT NULL,
    operations  BIGINT NOT NULL,
    -- Of the operations.
    bytes       BIGINT NOT NULL,
    -- Told of, and what their bytes will come to.
    photos      BIGINT NOT NULL,
    photo_bytes BIGINT NOT NULL,
    -- Of photos.
    pieces      BIGINT NOT NULL,
    -- Operations that wait for the administrator.
    quarantine  BIGINT NOT NULL,
    PRIMARY KEY (person, day)
);
CREATE INDEX quota_by_day ON quota (day);
