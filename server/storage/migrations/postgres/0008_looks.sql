-- Which records show a photo, since when the office has known.
CREATE TABLE photo_use (
    office UUID NOT NULL REFERENCES office (id),
    hash   TEXT COLLATE "C" NOT NULL,
    -- 'hazard' or 'inspection'
    record TEXT COLLATE "C" NOT NULL,
    id     UUID NOT NULL,
    at     BIGINT NOT NULL,
    PRIMARY KEY (office, hash, record, id)
);

-- The file that the camera made, by its hash.
ALTER TABLE photo ADD COLUMN original TEXT COLLATE "C";
UPDATE photo SET original = body::json->>'original';
CREATE INDEX photo_by_original ON photo (office, original) WHERE original IS NOT NULL;

-- What can be made again from the photos themselves stands below, and in no backup.

-- What a photo looks like; none where nobody here can tell, as of HEIC.
CREATE TABLE photo_look (
    office UUID NOT NULL REFERENCES office (id),
    -- The hash's first 63 bits.
    photo  BIGINT NOT NULL,
    hash   TEXT COLLATE "C" NOT NULL,
    look   BYTEA,
    PRIMARY KEY (office, photo)
);
CREATE INDEX photo_look_hash ON photo_look (office, hash);

-- Under which its views are found, with their coarse bits.
CREATE TABLE photo_key (
    key    INTEGER NOT NULL,
    photo  BIGINT NOT NULL,
    coarse BIGINT NOT NULL,
    PRIMARY KEY (key, photo, coarse)
);

-- Nearly the same: bits of 256 that differ.
CREATE TABLE photo_alike (
    office UUID NOT NULL REFERENCES office (id),
    hash   TEXT COLLATE "C" NOT NULL,
    other  TEXT COLLATE "C" NOT NULL,
    bits   BIGINT NOT NULL,
    PRIMARY KEY (office, hash, other)
);
CREATE INDEX photo_alike_other ON photo_alike (office, other);
