-- Photos and other attachments: what is known of them, who sees them, and what they look like. Their bytes are not in the
-- database. Each is called by its hash, the SHA-256 of its bytes, hexadecimal. Operations come in any order, so a record may
-- name a photo that nobody has told of yet: there are no references to `attachment`.

-- 附件: what the office goes by, a row for each.
CREATE TABLE attachment (
    office      UUID NOT NULL REFERENCES office (id),
    hash        TEXT COLLATE "C" NOT NULL,
    -- 'photo' or 'paper': what the office does with it.
    kind        TEXT COLLATE "C" NOT NULL,
    -- What the bytes are; nothing else was taken.
    media_type  TEXT COLLATE "C" NOT NULL,
    -- SHA-256 of the file that the camera made. Where two photos have the same, one picture was sent twice. NULL: unknown, or
    -- no photo.
    original    TEXT COLLATE "C",
    -- When the first bytes came that fit. NULL: they are awaited.
    received_at BIGINT,
    -- AttachmentFacts as JSON: as the first told who brought the bytes, and until then as the first told at all.
    body        TEXT NOT NULL,
    PRIMARY KEY (office, hash)
);
CREATE INDEX attachment_missing ON attachment (office) WHERE received_at IS NULL;
CREATE INDEX attachment_by_original ON attachment (office, original) WHERE original IS NOT NULL;

-- Who told of which attachment: each person by themselves, so that nobody can take its name away from whoever has its
-- bytes.
CREATE TABLE announcement (
    office      UUID NOT NULL REFERENCES office (id),
    hash        TEXT COLLATE "C" NOT NULL,
    person      UUID NOT NULL REFERENCES person (id),
    -- 'photo' or 'paper', as this person told it.
    kind        TEXT COLLATE "C" NOT NULL,
    -- When this person's bytes came. NULL: they are awaited.
    received_at BIGINT,
    -- AttachmentFacts as JSON, as this person told them.
    body        TEXT NOT NULL,
    PRIMARY KEY (office, hash, person)
);

-- Which records let a photo be seen: who sees one of them sees the photo. A record does so once its author's bytes have come,
-- or at once where the author could see the photo already; else whoever knows a hash could look at what is behind it.
CREATE TABLE photo_citation (
    office UUID NOT NULL REFERENCES office (id),
    hash   TEXT COLLATE "C" NOT NULL,
    -- 'hazard', 'visit' or 'site', and which.
    record TEXT COLLATE "C" NOT NULL,
    id     UUID NOT NULL,
    -- Who named the photo there.
    author UUID NOT NULL,
    -- The author could see it already.
    seen   BOOLEAN NOT NULL,
    PRIMARY KEY (office, hash, record, id, author)
);

-- Which records show a photo, whoever may see it there: a photo that proves two things is suspicious.
CREATE TABLE photo_use (
    office UUID NOT NULL REFERENCES office (id),
    hash   TEXT COLLATE "C" NOT NULL,
    -- 'hazard', 'visit' or 'site', and which.
    record TEXT COLLATE "C" NOT NULL,
    id     UUID NOT NULL,
    -- When the office received the record.
    at     BIGINT NOT NULL,
    PRIMARY KEY (office, hash, record, id)
);

-- 示例图: attachments that authors have added to forms, to show how something should look. Everybody of the office may see
-- them, since forms are everybody's; no record has to show one.
CREATE TABLE form_picture (
    office UUID NOT NULL REFERENCES office (id),
    hash   TEXT COLLATE "C" NOT NULL,
    -- When it was added first.
    at     BIGINT NOT NULL,
    PRIMARY KEY (office, hash)
);

-- Photos that come in pieces: until the whole photo is there, or nobody has sent more of it for days. In no backup: what is
-- not whole is sent again.
CREATE TABLE upload (
    id      UUID NOT NULL PRIMARY KEY,
    office  UUID NOT NULL REFERENCES office (id),
    person  UUID NOT NULL REFERENCES person (id),
    hash    TEXT COLLATE "C" NOT NULL,
    -- Of the whole photo.
    bytes   BIGINT NOT NULL,
    -- Bytes that are stored.
    reached BIGINT NOT NULL,
    -- Pieces in their order, as JSON. None once the photo is whole.
    parts   TEXT NOT NULL,
    -- `Upload-Metadata` as the sender gave it, told back unchanged.
    about   TEXT NOT NULL,
    expires BIGINT NOT NULL,
    UNIQUE (person, hash)
);
CREATE INDEX upload_by_expiry ON upload (expires);

-- What can be made again from the photos themselves stands below, and in no backup.

-- 照片指纹: what a photo looks like, to be compared with others. A row for each photo that was looked at.
CREATE TABLE photo_fingerprint (
    office UUID NOT NULL REFERENCES office (id),
    -- The hash's first 63 bits: a short name for `photo_key`.
    photo  BIGINT NOT NULL,
    hash   TEXT COLLATE "C" NOT NULL,
    -- NULL where the server does not read the picture, as HEIC, or it shows nothing: written down, so that nobody looks again.
    fingerprint BYTEA,
    -- It could not be unpacked: it shows nothing, and proves nothing.
    damaged     BOOLEAN NOT NULL,
    PRIMARY KEY (office, photo)
);
CREATE INDEX photo_fingerprint_hash ON photo_fingerprint (office, hash);

-- Under which keys what a photo looks like is found: of nearly the same pictures, some keys are equal or differ by one bit.
-- Of all offices; `photo_fingerprint` says whose a photo is.
CREATE TABLE photo_key (
    key    INTEGER NOT NULL,
    photo  BIGINT NOT NULL,
    -- Coarse bits of the view that has the key: most of what is unlike is passed over by them without reading it.
    coarse BIGINT NOT NULL,
    PRIMARY KEY (key, photo, coarse)
);

-- Pairs of photos that look nearly the same, as they were found when `hash` was looked at; they are read both ways.
CREATE TABLE photo_alike (
    office UUID NOT NULL REFERENCES office (id),
    hash   TEXT COLLATE "C" NOT NULL,
    other  TEXT COLLATE "C" NOT NULL,
    -- How many bits of 256 differ.
    bits   BIGINT NOT NULL,
    PRIMARY KEY (office, hash, other)
);
CREATE INDEX photo_alike_other ON photo_alike (office, other);
